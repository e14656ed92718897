"""Both futures of a moment: what the call came to then, and what it came to when the moment was tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dialogue.events import CallEnded, CallStarted, Event, MoodChanged, Outcome
from dialogue.scoring import TurnScore, turns
from ui import strings
from ui.archive import calls_folder, read_journal
from ui.problems import Problem
from ui.wording import change

RETRY_OF = "retry_of"
"""In `CallStarted.settings`: the file name of the journal whose moment is tried again."""
RETRY_TURN = "retry_turn"
"""And the turn from which it goes another way, from 1."""


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


def then_and_now(events: Sequence[Event]) -> tuple[str, ...]:
    """For a retried call: its title, then both futures in words. Nothing for any other call, or when the first call
    is not there any more."""
    started = events[0] if events else None
    if not isinstance(started, CallStarted) or RETRY_OF not in started.settings:
        return ()
    try:
        turn = int(started.settings[RETRY_TURN])
        first = read_journal(calls_folder() / Path(started.settings[RETRY_OF]).name)
    except (Problem, KeyError, ValueError):
        return ()
    told = [strings.RETRY_TITLE.format(turn=turn)]
    for when, call in ((strings.RETRY_THEN, first), (strings.RETRY_NOW, events)):
        told += _in_words(when, future(call, turn))
    return tuple(told)


def _in_words(when: str, came: Future) -> list[str]:
    outcome = strings.OUTCOMES[came.outcome] if came.outcome else strings.RETRY_OPEN
    end = strings.RETRY_END.format(
        when=when, outcome=outcome, anger=came.anger, turns=strings.counted(came.turns, "turn")
    )
    if came.turn is None:
        return [strings.RETRY_UNSAID.format(when=when), end]
    said = strings.RETRY_FUTURE.format(
        when=when, said=came.turn.said, change=change(came.turn.delta) or "±0", answer=came.turn.answered
    )
    return [said, end]
