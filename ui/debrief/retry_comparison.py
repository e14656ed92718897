"""Both futures of a moment: what the call came to then, and what it came to when the moment was tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dialogue.debrief.record import TurnScore, turns
from dialogue.events import CallEnded, CallStarted, Event, MoodChanged, Outcome
from ui import strings
from ui.debrief.wording import change, signed
from ui.records.archive import calls_folder, read_journal
from ui.records.history import RETRY_OF, RETRY_TURN
from ui.runtime.problems import Problem


@dataclass(frozen=True, slots=True)
class Future:
    """What followed from one way of taking a turn."""

    turn: TurnScore | None
    """That turn, None when it was never said."""
    outcome: Outcome | None
    """None when the record stops before the call does."""
    anger: float
    """At the end, 0..100."""
    turns: int


def future(events: Sequence[Event], turn: int) -> Future:
    """What `turn` (from 1) and everything after it came to in this call."""
    said = turns(events)
    return Future(
        turn=next((each for each in said if each.turn == turn), None),
        outcome=next((event.outcome for event in events if isinstance(event, CallEnded)), None),
        anger=next((event.mood.anger for event in reversed(events) if isinstance(event, MoodChanged)), 0.0),
        turns=len(said),
    )


@dataclass(frozen=True, slots=True)
class Futures:
    """A moment taken twice."""

    turn: int
    """From 1."""
    first: Sequence[Event]
    """The call whose moment it was."""
    then: Future
    now: Future

    @property
    def title(self) -> str:
        return strings.RETRY_TITLE.format(turn=self.turn)

    @property
    def lines(self) -> tuple[str, ...]:
        """Both in words, one after the other."""
        return (*_in_words(strings.RETRY_THEN, self.then), *_in_words(strings.RETRY_NOW, self.now))

    @property
    def columns(self) -> tuple[tuple[str, str, str], ...]:
        """What, then, and now: side by side."""
        rows = zip(strings.RETRY_ROWS, _cells(self.then), _cells(self.now), strict=True)
        return (("", strings.RETRY_THEN, strings.RETRY_NOW), *rows)


def futures(events: Sequence[Event]) -> Futures | None:
    """Of a retried call. None for any other, or when the first call is not there any more."""
    started = events[0] if events else None
    if not isinstance(started, CallStarted) or RETRY_OF not in started.settings:
        return None
    try:
        turn = int(started.settings[RETRY_TURN])
        first = read_journal(calls_folder() / Path(started.settings[RETRY_OF]).name)
    except (Problem, KeyError, ValueError):
        return None
    return Futures(turn, first, future(first, turn), future(events, turn))


def _cells(came: Future) -> tuple[str, ...]:
    turn = came.turn
    said = strings.RETRY_QUOTE.format(text=turn.said) if turn else strings.RETRY_SILENT
    answer = strings.RETRY_QUOTE.format(text=turn.answered) if turn and turn.answered else strings.RETRY_SILENT
    return (
        said,
        change(turn.delta) or "±0" if turn else "",
        answer,
        strings.sentence(strings.OUTCOMES[came.outcome] if came.outcome else strings.RETRY_OPEN),
        f"{came.anger:.0f}",
        str(came.turns),
    )


def _in_words(when: str, came: Future) -> list[str]:
    outcome = strings.OUTCOMES[came.outcome] if came.outcome else strings.RETRY_OPEN
    end = strings.RETRY_END.format(
        when=when, outcome=outcome, anger=came.anger, turns=strings.counted(came.turns, "turn")
    )
    if came.turn is None:
        return [strings.RETRY_UNSAID.format(when=when), end]
    said = strings.RETRY_FUTURE.format(
        when=when, said=came.turn.said, change=signed(came.turn.delta) or "±0", answer=came.turn.answered
    )
    return [said, end]
