"""What is written during a call: its journal, its sound if recorded, and the trainee's baseline."""

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
    """Journal the call; yields the journal's path. The journal is the call's first sink.

    `write` gets trouble with it as a sentence, at once; the dashboard shows it as the call's status. `kept` gets the
    path once the whole call is on disk. A baseline that the call began with is updated from the trainee's calm turns;
    `baseline_kept` gets the new one when it has been stored.
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
