"""The app's access to stored data, handed over by the command that starts it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.calls.live_call import LiveCall
from ui.debrief.progress import Progress
from ui.records.history import PastCall


@dataclass(frozen=True, slots=True)
class Disk:
    """The defaults store nothing and have no past calls."""

    past: Callable[[], Sequence[PastCall]] = tuple
    """Past calls, the newest first."""
    progress: Callable[[], Progress] = Progress
    """The progress over them."""
    remember: Callable[[dict[str, object]], None] = lambda changes: None
    """Stores the settings that the user chose, by name."""
    record: Callable[[LiveCall], None] = lambda call: None
    """Starts the journal of a call that is about to begin."""
    keep_notes: Callable[[LiveCall, str], None] = lambda call, notes: None
    """Stores all of the trainee's notes on a call; called whenever they change."""
