"""Better words for a moment that hurt: put together from what the customer had told, what was still open, and what the
trainee said. Never the same words twice in one debrief. Pure.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from string import Formatter
from typing import get_args

from dialogue.appraisal.situations import heard_line
from dialogue.content.exchange import content_words
from dialogue.debrief.advice import ADVICE, ANSWERS, OMISSIONS, OPENINGS, SHOWING
from dialogue.debrief.mirroring import mirrored
from dialogue.events import CallStarted, Event, WorldEvent
from dialogue.language import TIME, normal, quote
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Need, Pack
from dialogue.phases import next_need, settled, under_way
from dialogue.session import Session
from dialogue.state import CallState

FEWEST_KEPT = 5
"""Words of a turn from which it is worth saying again with something before it."""
_WORLD = get_args(WorldEvent)
_ADVICE = {**ADVICE, **OMISSIONS}
_ANY_MOMENT = frozenset(advice.instead for advice in (*_ADVICE.values(), ANSWERS["own_up"]))
"""Words for when nothing else is left to give."""
_ACKS = (
    "So {mirror}. I can see why you're upset.",
    "I hear you: {mirror}. That's a lot.",
    "If I heard you right, {mirror}. That must have been hard on you.",
    "You told me that {mirror}. That would get to anyone.",
    "{mirror}, and now this conversation on top. I understand that you're upset.",
)
_COOL = frozenset({"calm", "irritated"})
_PLAIN_ACKS = (
    "I can hear how much this weighs on you.",
    "That is a lot to deal with in one day.",
    "You've had more than enough of this.",
    "I'd be at the end of my patience too.",
)
_INVITATIONS = (
    "Please tell me more, I'm listening.",
    "Tell me the rest of it, I'm listening.",
    "What has been the worst of it for you?",
    "What else should I know about it?",
)
"""What comes next while they have not been heard; the first only where little has been told."""
_WORDS_NEEDED = ("{ack}", "{next}", "{mirror}")
"""Slots of a form whose cause lay in the words, and in no silence or hold."""
_REFUSES = re.compile(r"\b(?:nothing|not allowed|not possible|unable|policy|rules?|contract|terms)\b")
"""What tells a refusal from not knowing."""
_WIDE = frozenset({"happen", "doing"})
"""Words of a question that is about nothing in particular."""
_FEWEST_ASKED = 3
"""Words from which a question can be quoted by itself."""
_ASKED = re.compile(
    r"^(?:(?:and|but|so|or|well|right|look|now|then|listen|okay|quick question|may i ask|tell me)\b[,.]? )*"
    r"(?:who|what|when|where|why|which|how|whose|is|are|am|was|were|do|does|did|can|could|will|would|shall|should|may"
    r"|have|has|had|isn't|aren't|wasn't|don't|doesn't|didn't|can't|couldn't|won't|haven't|hasn't)\b(?! if not\b)"
)
"""What is put as a question, and not with its voice alone: "just like that?" is none that waits for an answer."""
_WANTS = ("open:", "ask_when:", "ask_figures:", "curveball:")
"""Acts whose last question is one, in whatever words."""
_OTHERS = re.compile(r"\b(?:he|him|his|she|her|they|them|their|the customer)\b")
_UNANSWERED = frozenset({"beside_the_point", "no_acknowledgement", "no_progress", "dont_know"})
"""Causes for which what the customer put to the test comes first."""


def contexts(events: Sequence[Event], pack: Pack) -> list[CallState | None]:
    """For each event the state of the call just before the world event that led to it; None before the call.

    The world's events are played again; nothing is read from the recorded answers.
    """
    session = Session(pack, cues=False)
    state: CallState | None = None
    found: list[CallState | None] = []
    for event in events:
        if isinstance(event, _WORLD) and (state is not None or isinstance(event, CallStarted)):
            state = copy.copy(session.state) if state is not None else None
            session.receive(event)
            state = state or copy.copy(session.state)
        found.append(state)
    return found


class BetterWords:
    """What to say instead, for one debrief: each sentence is given once."""

    def __init__(self, pack: Pack | None) -> None:
        """Without a pack only `reason` and `plain` have anything to say."""
        self._pack = pack
        self._given: set[str] = set()

    def read_as(self, cause: str, said: str) -> str:
        """The cause whose words fit: a dead end may be a gap in what the trainee knows, or a refusal."""
        return "policy" if cause == "dont_know" and _REFUSES.search(normal(said)) else cause

    def reason(self, cause: str) -> str:
        """What the cause does to a customer; "" for one that does no harm."""
        kind, _, name = cause.partition(":")
        if cause in _ADVICE:
            return _ADVICE[cause].why
        if self._pack is None or kind not in ("curveball", "trap"):
            return ""
        taught = {part.id: part.teaches for part in self._pack.curveballs}
        taught |= {part.id: part.teaches for part in self._pack.traps}
        return taught.get(name, "")

    def instead(self, cause: str, state: CallState, said: str, kept: Sequence[str] = (), *, alone: bool = True) -> str:
        """Words for the moment in which `said` had that cause, `state` being the call just before; never given before.

        `kept`: ids of the needs that the turn was about, which better words are about, too. `alone`: nothing else was
        wrong with it. "" when everything fitting has been given.
        """
        fixed = _facts(state, said) | {"mirror": next(self._mirrors(state), "")}
        fixed["good"] = fixed["said"] if kept and alone else ""
        for form in sorted(self._forms(cause, state), key=lambda form: (form in _ANY_MOMENT, form in self._given)):
            wanted = {name for _, name, _, _ in Formatter().parse(form) if name}
            following = next((name for name in ("next", "step", "ask") if name in wanted), "")
            named = bool({"topic", "open"} & wanted)
            for ack in self._acks(state) if "ack" in wanted else ("",):
                for words in _following(state, following, kept, alone=named) if following else ("",):
                    slots = {**fixed, "ack": ack, "next": words, "step": words, "ask": words}
                    text = form.format(**slots)
                    if words and "question" in wanted and not _answers(fixed["question"], words):
                        continue
                    if all(slots[name] for name in wanted) and not {text, ack, words} & self._given:
                        self._given |= {text, ack, words, form} - {""}
                        return text
        return ""

    def whole(self, need: str, state: CallState) -> str:
        """Words that meet in full what was met by half; never given before, "" when all have been."""
        text = next((one for one in _wordings(state.pack.need(need), state) if one not in self._given), "")
        self._given |= {text} - {""}
        return text

    def plain(self, cause: str) -> str:
        """The words that fit any moment; "" when they have been given."""
        text = _ADVICE.get(cause, ANSWERS["own_up"]).instead
        fresh = text not in self._given and "{" not in text
        self._given.add(text)
        return text if fresh else ""

    def _forms(self, cause: str, state: CallState) -> tuple[str, ...]:
        """In order of preference."""
        own = _ADVICE[cause].forms if cause in _ADVICE else ()
        if not state.story.told and own and any(slot in own[0] for slot in _WORDS_NEEDED):
            return (OPENINGS[state.pack.setting].format(company=state.pack.desk.company), *own)
        facing = state.story.facing  # the curveball that the turn should have answered
        put = (
            cause.removeprefix("curveball:")
            if cause.startswith("curveball:")
            else facing
            if cause in _UNANSWERED
            else ""
        )
        expects = next((ball.expects for ball in self._pack.curveballs if ball.id == put), ()) if self._pack else ()
        first = next((ANSWERS[name].forms for name in expects if name in ANSWERS), ())
        return (*first, *own, *ANSWERS["own_up"].forms)

    def _acks(self, state: CallState) -> Iterator[str]:
        if state.mood.band in _COOL and under_way(state.story, state.pack):
            return  # nobody wants to hear then how bad it was
        mirrors = list(self._mirrors(state))
        for form, mirror in zip(_ACKS, mirrors, strict=False):
            yield _within(form, mirror)
        for form in _ACKS:
            for mirror in mirrors:
                yield _within(form, mirror)
        yield from _PLAIN_ACKS

    def _mirrors(self, state: CallState) -> Iterator[str]:
        """Pieces of the story told so far, the latest first, each turned round: "my books" as "your books"."""
        told = state.pack.vent[: state.story.told]
        for pool in reversed(told):
            for line in (line for lines in pool.values() for line in lines if line in state.memory.said):
                pieces = sorted(mirrored(line), key=lambda piece: -len(piece.split()))
                yield from (piece for piece in pieces if not any(piece[1:] in text for text in self._given))


def _facts(state: CallState, said: str) -> dict[str, str]:
    """The slots that have one filling."""
    need = next_need(state.story, state.pack)
    open_needs = [one for one in state.pack.settlement if one.id not in state.story.met and one.kind == "offer"]
    on_the_table = need and need.kind == "offer" and (state.story.heard or need.id in state.story.partly)
    name = state.pack.customer.name
    names = "|".join(map(re.escape, name.split()))
    calm = re.sub(rf",? ?\b(?:(?:mr|mrs|ms|miss) )?(?:{names})\b,?", "", said, flags=re.I)
    own = said if len(said.split()) >= FEWEST_KEPT and "anything else" not in said.lower() else ""
    record = next((one.title for one in state.pack.desk.lookups), "").rstrip("?")
    return {
        "topic": need.title if need and on_the_table else "",
        "record": record[:1].lower() + record[1:],
        "course": "first " + ", then ".join(one.title for one in open_needs[:3]) if need in open_needs[:-1] else "",
        "may": next(_authority(state.pack), ""),
        "name": name,
        "said": own,
        "calm": calm[:1].upper() + calm[1:],
        "asked": _asked(state.pack, said),
        "open": need.title if need and need.kind in ("offer", "explain") else "",
        "closing": f"Is there anything else I can do for you, {name}?" if settled(state.story, state.pack) else "",
        "question": question_of(state),
        "lost": quote(state.floor.unheard) if state.floor.talked_over else "",
        "promise": state.memory.promise,
    }


def _authority(pack: Pack) -> Iterator[str]:
    """What the desk may decide, as it can be said to the customer: what speaks of them as of somebody else cannot."""
    yield from (one[:1].lower() + one[1:].rstrip(".") for one in pack.desk.authority if not _OTHERS.search(one))


def _answers(question: str, words: str) -> bool:
    """Whether the words are about what was asked; to a question as wide as "What now?" every step is an answer."""
    asked = content_words(question) - _WIDE
    return not asked or bool(asked & content_words(words))


def question_of(state: CallState) -> str:
    """What the customer has just asked, as far as it was heard; "" for nothing, or a retort that wants no answer."""
    memory, act = state.memory, state.memory.last_act
    if act in EFFECTS and EFFECTS[act].kind == "harm":
        return ""
    asked = [one.strip() for one in re.findall(r"[^.!?]+[.!?]?", heard_line(state)) if one.rstrip().endswith("?")]
    put = [one for one in asked if len(one.split()) >= _FEWEST_ASKED and _ASKED.match(normal(one))]
    wants = act.startswith(_WANTS) or bool(memory.wanted or memory.due or state.story.facing)
    waits = wants and memory.last_line.rstrip().endswith("?")
    return put[-1] if put else asked[-1] if asked and waits else ""


def _following(state: CallState, kind: str, kept: Sequence[str], *, alone: bool) -> Iterator[str]:
    """What would bring the call on from here, in the author's wordings: "step", "ask", or either for "next"; first of
    all for the needs in `kept`. `alone`: of the need that comes first, and of no other."""
    story, pack = state.story, state.pack
    for need in () if alone else map(pack.need, kept):
        if kind == "next" or (need.kind == "learn") == (kind == "ask"):
            yield from _wordings(need, state)
    untold = story.told < len(pack.vent) and not (story.heard or story.acknowledged or story.met)
    if pack.hear_first and untold:
        yield from _INVITATIONS[story.told > 1 :] if kind != "step" else ()
        return
    following = next_need(story, pack)
    ready = [need for need in pack.settlement if need.id not in story.met and all(n in story.met for n in need.after)]
    if following and (kind == "next" or (following.kind == "learn") == (kind == "ask")):
        others = sorted((one for one in ready if one is not following), key=lambda one: one.kind == "learn")
        for need in (following, *(() if alone else others)):
            if kind == "step" and need.kind not in ("offer", "explain"):
                continue
            yield from _wordings(need, state)


def _wordings(need: Need, state: CallState) -> Iterator[str]:
    if need.kind == "show":
        forms = (form for behaviour, form in SHOWING.items() if behaviour in need.behaviours)
        for form in forms:
            yield from (form.format(may=may) for may in _authority(state.pack)) if "{may}" in form else (form,)
    elif need.kind == "learn":
        facts = [state.pack.fact(name) for name in need.facts if name not in state.story.facts]
        questions = [word for fact in facts for word in fact.wordings if word.endswith("?")]
        yield from sorted(questions, key=lambda word: -_fit(word, state))
    elif need.timed:
        timed = [word for word in need.wordings if TIME.search(normal(word)) and not word.endswith("?")]
        yield from timed or need.wordings
    else:
        yield from need.wordings


def _asked(pack: Pack, said: str) -> str:
    """The title of what the trainee asked for, as "the order number"; "" for none that finishes "may I have"."""
    plain = normal(said)
    for fact in pack.facts:
        if not fact.hidden and any(any(word.rstrip("*") in plain for word in group) for group in fact.words):
            return fact.title if fact.title.split()[0] in {"the", "your", "address"} else ""
    return ""


def _within(form: str, mirror: str) -> str:
    """With a capital only where a sentence begins."""
    return form.format(mirror=mirror if form.startswith("{") else mirror[:1].lower() + mirror[1:])


def _fit(wording: str, state: CallState) -> float:
    """How much of what the customer has said the question takes up; the fuller one first."""
    heard = set(normal(" ".join(state.memory.said)).replace("?", "").split())
    words = normal(wording).replace("?", "").split()
    return sum(word in heard and len(word) > 3 for word in words) + 0.05 * len(words)
