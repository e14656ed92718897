"""Better words for a moment that hurt: put together from what the customer had told, what was still open, and what the
trainee said. Never the same words twice in one debrief. Pure.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from string import Formatter
from typing import get_args

from dialogue.advice import ADVICE, ANSWERS
from dialogue.events import CallStarted, Event, WorldEvent
from dialogue.language import TIME, normal, quote, turned_round
from dialogue.mood.effects import EFFECTS
from dialogue.persona import Need, Pack
from dialogue.phases import next_need
from dialogue.session import Session
from dialogue.situations import heard_line
from dialogue.state import CallState

FEWEST_MIRRORED, MOST_MIRRORED = 4, 16
"""Words of a piece of their story that can be given back in a sentence."""
FEWEST_KEPT = 5
"""Words of a turn from which it is worth saying again with something before it."""
_WORLD = get_args(WorldEvent)
_ACKS = (
    "So {mirror}. I can see why you're upset.",
    "I hear you: {mirror}. That's a lot.",
    "If I heard you right, {mirror}. That must have been hard on you.",
    "You told me that {mirror}. That would get to anyone.",
    "{mirror}, and now this conversation on top. I understand that you're upset.",
)
_PLAIN_ACKS = (
    "I can hear how much this weighs on you.",
    "That is a lot to deal with in one day.",
    "You've had more than enough of this.",
    "I'd be at the end of my patience too.",
)
_INVITATIONS = (
    "Please tell me what happened, from the beginning.",
    "Tell me the rest of it, I'm listening.",
    "What has been the worst of it for you?",
    "Take me through it, and I'll take notes.",
)
"""What comes next while they have not been heard; the first only where little has been told."""
_UNANSWERED = frozenset({"beside_the_point", "no_acknowledgement", "no_progress", "dont_know"})
"""Causes for which what the customer put to the test comes first."""
_TELLS = re.compile(
    r"(?:You|You've|You're|Your|Our|The|This|At|On|For|In|It|Since|Every)\b.*?(?:\b(?:is|are|was|were|had|have|has|did|does"
    r"|do|went|came|fell|broke|lost|built|sat|told|paid|took|kept|left|sent|stood|rang|swore|vanished|finished|looked|cost"
    r"|costs|said|says|showed|plays|walks|drops|stopped|goes|interpret|followed|waited|found)\b|n't\b|'(?:ve|re)\b)"
)
"""What tells of something that happened to them."""
_JABS = re.compile(
    r"\b(?:you|you'\S+|nobody|somebody|someone|i'd|sorry|please|happy|would|i (?:will|won't|say|do|did go|couldn't)"
    r"|it's (?:like|my))(?!\S)|\?|\[|['\u2019]\w+ \w+['\u2019](?!\w)",
    re.I,
)
"""What is said at the trainee, or cannot be turned round."""
_PIECES = re.compile(
    r", (?!(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)\b)(?:and |but )?|; | and (?=at |i )"
)
_STARTS = re.compile(r"^(?:right|look|listen|well|see|so|and|but|because|okay|oh|no|yes|honestly)\b[, ]*", re.I)


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

    def reason(self, cause: str) -> str:
        """What the cause does to a customer; "" for one that does no harm."""
        kind, _, name = cause.partition(":")
        if cause in ADVICE:
            return ADVICE[cause].why
        if self._pack is None or kind not in ("curveball", "trap"):
            return ""
        taught = {part.id: part.teaches for part in self._pack.curveballs}
        taught |= {part.id: part.teaches for part in self._pack.traps}
        return taught.get(name, "")

    def instead(self, cause: str, state: CallState, said: str) -> str:
        """Words for the moment in which `said` had that cause, `state` being the call just before; never given before.

        "" when everything fitting has been given.
        """
        fixed = _facts(state, said) | {"mirror": next(self._mirrors(state), "")}
        for form in sorted(self._forms(cause, state.story.facing), key=self._given.__contains__):
            wanted = {name for _, name, _, _ in Formatter().parse(form) if name}
            following = next((name for name in ("next", "step", "ask") if name in wanted), "")
            for ack in self._acks(state) if "ack" in wanted else ("",):
                for words in _following(state, following) if following else ("",):
                    slots = {**fixed, "ack": ack, "next": words, "step": words, "ask": words}
                    text = form.format(**slots)
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
        text = ADVICE.get(cause, ANSWERS["own_up"]).instead
        fresh = text not in self._given and "{" not in text
        self._given.add(text)
        return text if fresh else ""

    def _forms(self, cause: str, facing: str = "") -> tuple[str, ...]:
        """In order of preference; `facing`: the curveball that the turn should have answered."""
        own = ADVICE[cause].forms if cause in ADVICE else ()
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
    heard, name = heard_line(state), state.pack.customer.name
    retort = state.memory.last_act in EFFECTS and EFFECTS[state.memory.last_act].kind == "harm"
    asked = [one for one in re.findall(r"[^.!?]+[.!?]?", heard) if one.rstrip().endswith("?") and not retort]
    names = "|".join(map(re.escape, name.split()))
    calm = re.sub(rf",? ?\b(?:(?:mr|mrs|ms|miss) )?(?:{names})\b,?", "", said, flags=re.I)
    own = said if len(said.split()) >= FEWEST_KEPT and "anything else" not in said.lower() else ""
    may = next(iter(state.pack.desk.authority), "").rstrip(".")
    return {
        "topic": need.title if need and on_the_table else "",
        "course": "first " + ", then ".join(one.title for one in open_needs[:3]) if need in open_needs[:-1] else "",
        "may": may[:1].lower() + may[1:],
        "name": name,
        "said": own,
        "calm": calm[:1].upper() + calm[1:],
        "asked": _asked(state.pack, said),
        "question": asked[-1].strip() if asked else "",
        "lost": quote(state.floor.unheard) if state.floor.talked_over else "",
        "promise": state.memory.promise,
    }


def _following(state: CallState, kind: str) -> Iterator[str]:
    """What would bring the call on from here, in the author's wordings: "step", "ask", or either for "next"."""
    story, pack = state.story, state.pack
    untold = story.told < len(pack.vent) and not (story.heard or story.acknowledged or story.met)
    if pack.hear_first and untold:
        yield from _INVITATIONS[story.told > 1 :] if kind != "step" else ()
        return
    following = next_need(story, pack)
    ready = [need for need in pack.settlement if need.id not in story.met and all(n in story.met for n in need.after)]
    if following and (kind == "next" or following.kind == {"ask": "learn", "step": "offer"}[kind]):
        for need in sorted(ready, key=lambda one: (one is not following, one.kind == "learn")):
            yield from _wordings(need, state)


def _wordings(need: Need, state: CallState) -> Iterator[str]:
    if need.kind == "learn":
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


def mirrored(line: str) -> Iterator[str]:
    """What of a customer's line can be given back to them, in the second person."""
    for sentence in re.split(r"(?<=[.!?]) +", line):
        for piece in _PIECES.split(sentence.rstrip(".! ")):
            bare = _STARTS.sub("", piece).strip()
            turned = turned_round(bare)
            turned = turned[:1].upper() + turned[1:]
            fits = FEWEST_MIRRORED <= len(turned.split()) <= MOST_MIRRORED
            if fits and not _JABS.search(bare) and _TELLS.match(turned):
                yield turned


def _within(form: str, mirror: str) -> str:
    """With a capital only where a sentence begins."""
    return form.format(mirror=mirror if form.startswith("{") else mirror[:1].lower() + mirror[1:])


def _fit(wording: str, state: CallState) -> float:
    """How much of what the customer has said the question takes up; the fuller one first."""
    heard = set(normal(" ".join(state.memory.said)).replace("?", "").split())
    words = normal(wording).replace("?", "").split()
    return sum(word in heard and len(word) > 3 for word in words) + 0.05 * len(words)
