"""What the app asks of the disk, as the command that starts it hands it over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.calls.live_call import LiveCall
from ui.debrief.progress import Progress
from ui.records.history import PastCall


@dataclass(frozen=True, slots=True)
class Disk:
    """The defaults remember nothing and know no past."""

    past: Callable[[], Sequence[PastCall]] = tuple
    """The calls taken so far, the newest first."""
    progress: Callable[[], Progress] = Progress
    """What they show."""
    remember: Callable[[dict[str, object]], None] = lambda changes: None
    """Told which settings the user chose, by name."""
    record: Callable[[LiveCall], None] = lambda call: None
    """Told of a call that is about to be taken: from here on it is kept."""
    keep_notes: Callable[[LiveCall, str], None] = lambda call, notes: None
    """Told the trainee's notes on a call, whole, whenever they change."""
