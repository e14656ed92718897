"""What is written of a call while it lasts: its journal, its sound where that is wanted, the trainee's baseline."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from dialogue.events import Prosody
from ui import strings
from ui.calls.driver import Call
from ui.calls.recordings import sound_kept
from ui.records.archive import JournalFile
from ui.records.baseline import FollowingBaseline
from ui.records.retention import call_over


@contextlib.contextmanager
def journal_of(
    call: Call,
    write: Callable[[str], None] = lambda sentence: None,
    *,
    kept: Callable[[Path], None] = lambda path: None,
    baseline_kept: Callable[[Prosody], None] = lambda baseline: None,
) -> Iterator[Path]:
    """Where the call is kept: its journal is the first sink; at the end the rest is written, or it is said where it is.

    `write` is told of trouble with it at once; the dashboard shows the call's status. `kept` is told of the journal
    once all of the call is in it. A baseline that the call began with follows the trainee's calm turns; `baseline_kept`
    is told where it is remembered.
    """

    def tell(trouble: str) -> None:
        call.status = f"{call.status} {trouble}".strip() if trouble else strings.JOURNAL_WRITTEN
        if call.loop:  # before the call, the status is read out anyway
            with contextlib.suppress(OSError):
                write(trouble or strings.JOURNAL_WRITTEN)

    file = JournalFile.new(call.started, on_trouble=tell)
    call.sinks.insert(0, file)
    if call.started.baseline:
        call.sinks.append(FollowingBaseline(call.started.baseline, baseline_kept))
    try:
        with sound_kept(call, file.path, tell):
            yield file.path
    finally:
        try:
            file.close()
            kept(file.path)
        finally:
            call_over()
