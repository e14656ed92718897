"""Back to a moment of a call: what had happened when the customer had just chosen their line before a turn.

A retry is a journal that begins with the same world events and then goes on differently. The session is not copied or
patched: fed with the same events and the same seed it stands exactly where it stood, so a retried call replays like any
other.
"""

from collections.abc import Sequence

from dialogue.events import WORLD, Appraisal, Event, MoodChanged, Reply, Utterance, WorldEvent
from dialogue.journal import JournalProblem

LEAST_COST = 2.5
"""Anger points."""


def before(events: Sequence[Event], turn: int) -> tuple[WorldEvent, ...]:
    """The world's events, the first of them CallStarted, up to the customer's line that the trainee's `turn` (from 1)
    answered: the line is chosen and not yet heard.

    `events` is a whole journal, in order. Raises JournalProblem when the call has no such turn.
    """
    said = spoken(events, turn)
    cut = next((i for i in range(said - 1, -1, -1) if isinstance(events[i], Reply)), 0)
    return tuple(event for event in events[: cut + 1] if isinstance(event, WORLD))


def costliest(events: Sequence[Event]) -> int | None:
    """The turn that raised the customer's anger most; None when none did by as much as is worth another try."""
    costs = {
        event.turn: sum(row.delta for row in event.because if row.kind != "relaxation")
        for event in events
        if isinstance(event, MoodChanged) and event.turn is not None
    }
    worst = max(costs, key=lambda turn: costs[turn], default=None)
    return worst if worst is not None and costs[worst] >= LEAST_COST else None


def spoken(events: Sequence[Event], turn: int) -> int:
    """The index of the utterance that was that turn. Raises JournalProblem when there is none."""
    judged = next((i for i, event in enumerate(events) if isinstance(event, Appraisal) and event.turn == turn), None)
    if judged is None:
        turns = max((event.turn for event in events if isinstance(event, Appraisal)), default=0)
        has = f"its turns are 1 to {turns}" if turns else "nothing that you said in it was judged"
        raise JournalProblem(f"There is no turn {turn} in this call: {has}.")
    return next(i for i in range(judged, -1, -1) if isinstance(events[i], Utterance))
