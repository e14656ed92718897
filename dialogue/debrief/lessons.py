"""What to learn from a call: for each moment that cost something, why, and the better words for that very moment.

Pure functions over a list of events, whole or cut off.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dialogue.debrief.advice import HALF
from dialogue.debrief.betterwords import BetterWords, contexts
from dialogue.debrief.record import TurnScore, needs_met, turns
from dialogue.debrief.slots import question_of
from dialogue.events import CallEnded, Event, LedgerRow, MoodChanged, Outcome, Reply, TraineeAction, Utterance
from dialogue.persona import Pack
from dialogue.phases import awaited_needs
from dialogue.state import CallState
from dialogue.understanding.topics import understand

Kind = Literal["avoid", "missed", "better"]
"""Avoid: it did harm. Missed: something belonged there and did not come. Better: it did good, and only half of it, or
something beside it took much of that away."""
MISSED = frozenset({"no_acknowledgement", "beside_the_point", "no_progress", "dead_air", "slow_answer", "curveball"})
"""Kinds of cause that hurt by what was left out."""
LEAST_MOVED = 1.0
"""Anger points: what did less was no step forward."""
LEAST_HARM = 0.5
"""Anger points on the whole: a slip that did less needs no note."""
OWNED = frozenset({"promise_broken"})
"""No slip in a turn that helps: who takes a promise back did what a coach advises."""
LEAST_SLIP, ONLY_SLIP = 4.0, 2.0
"""Anger points: what a turn that did good on the whole lost at least by something in it that is worth a note; the
weightiest slip of a call with nothing else to learn from."""
_UNTIMELY = frozenset({"too_soon", "rush", "goodbye_too_soon"})
UNSETTLED: frozenset[Outcome] = frozenset({"resigned", "abandoned"})
"""Ends in which somebody left with the case open."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A moment that made it worse, left something out, or met something by half only."""

    t: float
    turn: int | None
    """None when it was no turn, but a silence, a hold, or the hanging up."""
    said: str
    kind: Kind
    delta: float
    """Anger points of the whole moment."""
    cause: str
    """The worst of its causes in the ledger; "unanswered" or "parted" where the ledger has none, because nothing
    moved."""
    why: str
    instead: str
    """"" when every fitting sentence has been given to a moment that weighed more."""
    awaited: tuple[str, ...] = ()
    """Behaviours and needs that would have met it, the best first, where the pack says which."""


@dataclass(frozen=True, slots=True)
class _Found:
    index: int
    """Of the event whose context the better words are for."""
    t: float
    turn: int | None
    kind: Kind
    delta: float
    cause: str
    slip: float = 0.0
    """Anger points that a turn lost which did good on the whole."""


def lessons(events: Sequence[Event], pack: Pack | None) -> tuple[Lesson, ...]:
    """The weightiest first: a call left with the case open, then what made it worse on the whole, what moved nothing
    though the customer had asked, and what did good by half. At most one a turn.

    A turn that did good on the whole is else none: a small slip in it needs no note, unless there is nothing else to
    learn from. Without the pack the words are general.
    """
    said = {turn.turn: turn.said for turn in turns(events)}
    words = BetterWords(pack)
    states = contexts(events, pack) if pack else []
    felt = _worth_a_note(tuple(_felt(events, pack, words)))
    hurt, noted = {one.turn for one in felt if one.kind != "better"}, {one.turn for one in felt}
    unanswered = (one for one in _unanswered(events, states) if one.turn not in noted)
    found = [*_parted(events, pack, hurt), *felt, *unanswered]
    found.sort(key=lambda one: (one.cause != "parted", -one.delta))
    told = []
    for one in found:  # the weightiest moment has the first choice of words
        state, text = states[one.index] if states else None, said.get(one.turn or 0, "")
        cause = words.read_as(one.cause, text)
        if state and cause.startswith("partly:"):
            instead = words.whole(cause.removeprefix("partly:"), state)
        elif state:
            kept, alone = _about(events, one, state)
            instead = words.instead(cause, state, text, kept, alone=alone)
        else:
            instead = words.plain(cause)
        why = words.reason(cause, question_of(state) if state else "") or HALF
        awaited = words.awaited(cause)
        told.append(Lesson(one.t, one.turn, text, one.kind, one.delta, one.cause, why, instead, awaited))
    return tuple(told)


def _about(events: Sequence[Event], one: _Found, state: CallState) -> tuple[tuple[str, ...], bool]:
    """The ids of the needs that a turn which hurt was about, whatever became of them, and whether nothing else was
    wrong with it. None for a way out that came too soon: that is what was wrong."""
    turn = events[one.index]
    said = next((event for event in reversed(events[: one.index]) if isinstance(event, Utterance)), None)
    if not isinstance(turn, MoodChanged) or turn.turn is None or said is None:
        return (), True
    harms = {row.cause for row in turn.because if row.kind == "impulse" and row.delta > 0}
    if harms & _UNTIMELY:
        return (), False
    pack, meant = state.pack, understand(said.text, said.scores, state.pack, state.case.facts, awaited_needs(state))
    asked = [need.id for need in pack.settlement if need.kind == "learn" and set(need.facts).intersection(meant.asks)]
    open_still = [name for name in (*asked, *meant.offers) if name not in state.case.met]
    return tuple(dict.fromkeys(open_still)), len(harms) == 1


def _felt(events: Sequence[Event], pack: Pack | None, words: BetterWords) -> Iterator[_Found]:
    """What the ledger tells of."""
    open_half = {f"partly:{need.id}" for need in pack.settlement if need.id not in needs_met(events)} if pack else set()
    for index, event in enumerate(events):
        if isinstance(event, MoodChanged):
            felt = [row for row in event.because if row.kind != "relaxation"]
            hurt = max((row for row in felt if words.reason(row.cause)), key=lambda row: row.delta, default=None)
            half = next((row for row in felt if row.cause in open_half), None)
            delta = sum(row.delta for row in felt)
            meant = sum(row.delta for row in felt if row.kind == "impulse")  # whatever the top of the scale swallowed
            if hurt and hurt.delta > 0 and delta > 0 and meant >= LEAST_HARM:
                yield _Found(index, event.t, event.turn, _kind(hurt), delta, hurt.cause)
            elif hurt and hurt.delta >= (ONLY_SLIP if half is None else LEAST_SLIP) and hurt.cause not in OWNED:
                yield _Found(index, event.t, event.turn, "better", delta, hurt.cause, hurt.delta)
            elif half:
                yield _Found(index, event.t, event.turn, "better", delta, half.cause)


def _worth_a_note(felt: Sequence[_Found]) -> list[_Found]:
    """Without the small slips; where there is nothing else, with the weightiest of them."""
    told = [one for one in felt if not 0.0 < one.slip < LEAST_SLIP]
    return told or sorted(felt, key=lambda one: -one.slip)[:1]


def _kind(row: LedgerRow) -> Kind:
    return "missed" if row.cause.partition(":")[0] in MISSED else "avoid"


def _unanswered(events: Sequence[Event], states: Sequence[CallState | None]) -> Iterator[_Found]:
    """Turns that moved next to nothing, though the customer had asked for something that is open, or asked for it
    next: an answer that they did not take for one."""
    for turn, index in _judged(events):
        state = states[index] if states else None
        if state and question_of(state) and all(abs(row.delta) < LEAST_MOVED for row in turn.rows):
            after = next((event.act for event in events[index:] if isinstance(event, Reply)), "")
            if state.memory.last_act.kind == "open" or after.startswith("open:"):
                yield _Found(index, turn.t, turn.turn, "missed", turn.delta, "unanswered")


def _parted(events: Sequence[Event], pack: Pack | None, hurt: Container[int | None]) -> Iterator[_Found]:
    """The moment in which the trainee hung up with a required need open, or on a question, having spoken: it is no
    doing of the last turn. Who hung up after a turn that `hurt` has that to learn."""
    ended = next((event for event in events if isinstance(event, CallEnded)), None)
    hung_up = next(
        (index for index, one in enumerate(events) if isinstance(one, TraineeAction) and one.action == "hang_up"), None
    )
    last = next((turn for turn, _ in reversed(list(_judged(events)))), None)
    if pack and last and last.turn not in hurt and hung_up is not None and ended and ended.outcome in UNSETTLED:
        met = needs_met(events)
        asked = next((one.text.endswith("?") for one in reversed(events[:hung_up]) if isinstance(one, Reply)), False)
        if asked or any(need.required and need.id not in met for need in pack.settlement):
            yield _Found(hung_up, events[hung_up].t, None, "missed", 0.0, "parted")


def _judged(events: Sequence[Event]) -> Iterator[tuple[TurnScore, int]]:
    """The trainee's turns, each with the index of its event."""
    at = {event.turn: index for index, event in enumerate(events) if isinstance(event, MoodChanged) and event.turn}
    yield from ((turn, at[turn.turn]) for turn in turns(events))
