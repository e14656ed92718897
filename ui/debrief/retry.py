"""A moment of a call, taken up again: the call that it becomes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogue.debrief.retry import before
from dialogue.events import CallStarted, Event
from dialogue.journal import JournalProblem
from dialogue.persona import Pack, load
from ui import strings
from ui.calls.driver import Call
from ui.calls.switchboard import Wishes, connect
from ui.records.archive import journal_of_call
from ui.records.history import RETRY_OF, RETRY_TURN
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings

if TYPE_CHECKING:
    from voice.monitoring.tap import Tap


def taken_up(events: Sequence[Event], turn: int, settings: Settings, wishes: Wishes, tap: "Tap | None" = None) -> Call:
    """The call of that journal, ready to go on before `turn`, to be journaled as a call of its own. `tap` as in
    `switchboard.connect`.

    Raises Problem when the call has no such turn, or its scenario has changed since.
    """
    pack = unchanged_pack(events)
    try:
        started, *past = before(events, turn)
    except JournalProblem as problem:
        raise Problem(str(problem)) from None
    assert isinstance(started, CallStarted)
    stamp = {RETRY_TURN: str(turn)}
    if path := journal_of_call(started):
        stamp[RETRY_OF] = path.name
    started = replace(started, settings={**started.settings, **stamp})
    call = connect(pack, settings, wishes, past=(started, *past), tap=tap)
    call.status = f"{strings.RETRY_FROM.format(turn=turn)} {call.status}".strip()
    return call


def unchanged_pack(events: Sequence[Event]) -> Pack:
    """The scenario of that call. Raises Problem when it is another by now."""
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    if pack.sha256 != started.pack_sha256:
        raise Problem(
            f"The scenario {started.pack} has changed since this call, so neither its moments nor its judgement can be "
            "had again: take a new call."
        )
    return pack
