"""Better words for a moment that hurt: put together from what the customer had told, what was still open, and what the
trainee said. Never the same words twice in one debrief. Pure.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from string import Formatter

from dialogue.content.exchange import content_words
from dialogue.debrief.advice import ADVICE, ANSWERS, OMISSIONS, OPENINGS
from dialogue.debrief.mirroring import mirrored, weighs
from dialogue.debrief.slots import KINDS, cooled, filled, following, is_about, question_of, ready, wordings
from dialogue.events import WORLD, CallStarted, Event
from dialogue.language import normal
from dialogue.mood.effects import OVER_PROMISE
from dialogue.persona import Pack
from dialogue.session import Session
from dialogue.state import CallState

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
_PLAIN_ACKS = (
    "No wonder you've had enough.",
    "That is a lot to deal with in one day.",
    "You've had more than enough of this.",
    "I'd be at the end of my patience too.",
)
_WORDS_NEEDED = ("{ack}", "{next}", "{mirror}")
"""Slots of a form whose cause lay in the words, and in no silence or hold."""
_REFUSES = re.compile(r"\b(?:nothing|not allowed|not possible|unable|policy|rules?|contract|terms)\b")
"""What tells a refusal from not knowing."""
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
        if isinstance(event, WORLD) and (state is not None or isinstance(event, CallStarted)):
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
        """The cause whose words fit: a dead end may be a gap in what the trainee knows, or a refusal; and a rule may
        refuse nothing."""
        if cause not in ("dont_know", "policy"):
            return cause
        if _REFUSES.search(normal(said)):
            return "policy"
        return "rule" if cause == "policy" else cause

    def reason(self, cause: str, question: str = "") -> str:
        """What the cause does to a customer, who had asked the `question`; "" for one that does no harm."""
        kind, _, name = cause.partition(":")
        if cause in _ADVICE:
            advice = _ADVICE[cause]
            return advice.unanswered.format(question=question) if question and advice.unanswered else advice.why
        if self._pack is None or kind not in ("curveball", "trap", OVER_PROMISE):
            return ""
        taught = {part.id: part.teaches for part in self._pack.curveballs}
        taught |= {part.id: part.teaches for part in self._pack.traps}
        return taught.get(name, "")

    def awaited(self, cause: str) -> tuple[str, ...]:
        """What a curveball waits for, the best first; none for any other cause."""
        kind, _, name = cause.partition(":")
        balls = self._pack.curveballs if self._pack and kind == "curveball" else ()
        return next((ball.expects for ball in balls if ball.id == name), ())

    def instead(self, cause: str, state: CallState, said: str, kept: Sequence[str] = (), *, alone: bool = True) -> str:
        """Words for the moment in which `said` had that cause, `state` being the call just before; never given before.

        `kept`: ids of the needs that the turn was about, which better words are about, too. `alone`: nothing else was
        wrong with it. "" when everything fitting has been given.
        """
        fixed = filled(state, said) | {"mirror": next(self._mirrors(state), "")}
        fixed["good"] = fixed["said"] if kept and alone else ""
        fixed["calm"] = fixed["calm"] if kept else ""
        question = question_of(state)
        for form in sorted(self._forms(cause, state), key=lambda form: (form in _ANY_MOMENT, form in self._given)):
            wanted = {name for _, name, _, _ in Formatter().parse(form) if name}
            kind = next((name for name in KINDS if name in wanted), "")
            named = bool({"topic", "open"} & wanted)
            for ack in self._acks(state) if "ack" in wanted else ("",):
                for words in following(state, kind, kept, alone=named) if kind else ("",):
                    slots = {**fixed, "ack": ack, **dict.fromkeys(KINDS, words)}
                    text = form.format(**slots)
                    if "answer" in wanted and not (question and is_about(question, words)):
                        continue
                    if all(slots[name] for name in wanted) and not {text, ack, words} & self._given:
                        self._given |= {text, ack, words, form} - {""}
                        return text
        return ""

    def whole(self, need: str, state: CallState) -> str:
        """Words that meet in full what was met by half; never given before, "" when all have been."""
        text = next((one for one in wordings(state.pack.need(need), state) if one not in self._given), "")
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
        if not state.case.told and own and any(slot in own[0] for slot in _WORDS_NEEDED):
            return (OPENINGS[state.pack.setting].format(company=state.pack.desk.company), *own)
        facing = state.case.facing  # the curveball that the turn should have answered
        put = facing if cause in _UNANSWERED else cause.partition("curveball:")[2]
        first = next((forms for name in self.awaited(f"curveball:{put}") if (forms := self._answer(name, state))), ())
        return (*first, *own, *ANSWERS["own_up"].forms)

    def _answer(self, name: str, state: CallState) -> tuple[str, ...]:
        """Forms for what a curveball expects: a behaviour, or a need that can be met now, in the author's wordings."""
        if name in ANSWERS:
            return ANSWERS[name].forms
        need = next((need for need in ready(state) if need.id == name and need.kind != "show"), None)
        return tuple(wordings(need, state)) if need else ()

    def _acks(self, state: CallState) -> Iterator[str]:
        if cooled(state):
            return
        mirrors = list(self._mirrors(state))
        for form, mirror in zip(_ACKS, mirrors, strict=False):
            yield _within(form, mirror)
        for form in _ACKS:
            for mirror in mirrors:
                yield _within(form, mirror)
        yield from _PLAIN_ACKS

    def _mirrors(self, state: CallState) -> Iterator[str]:
        """Pieces of what they have told so far, the latest first, each turned round: "my books" as "your books"."""
        pack = state.pack
        told = [line for pool in reversed(pack.vent[: state.case.told]) for lines in pool.values() for line in lines]
        answers = [line for fact in pack.facts for lines in fact.answers.values() for line in lines]
        heard = [line for line in (*told, *answers) if line in state.memory.said]
        story = content_words(pack.story)
        for line in sorted(heard, key=lambda line: line not in state.memory.last_line):
            pieces = [one for one in mirrored(line) if weighs(one, story, answer=line in answers)]
            pieces.sort(key=lambda piece: (-len(content_words(piece) & story), -len(piece.split())))
            yield from (piece for piece in pieces if not any(piece[1:] in text for text in self._given))


def _within(form: str, mirror: str) -> str:
    """With a capital only where a sentence begins."""
    return form.format(mirror=mirror if form.startswith("{") else mirror[:1].lower() + mirror[1:])
