"""The app's access to stored data, handed over by the command that starts it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from dialogue.events import Prosody
from ui import strings
from ui.calls.live_call import LiveCall
from ui.debrief.progress import Progress
from ui.records.history import PastCall
from ui.runtime.problems import Problem


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


class CarefulDisk:
    """The disk on the app's loop: what takes long is read in a thread, and what fails is told and not raised."""

    def __init__(self, disk: Disk, tell: Callable[[str], None]) -> None:
        """`tell` gets one sentence per trouble."""
        self._disk, self._tell = disk, tell
        self._not_kept = ""
        """Why something could not be saved the last time."""

    async def past(self) -> Sequence[PastCall]:
        """Past calls, the newest first; none when they cannot be read."""
        try:
            return await asyncio.to_thread(self._disk.past)
        except Problem as problem:
            self._tell(str(problem))
            return ()

    async def progress(self) -> Progress | None:
        """None when the calls cannot be read."""
        try:
            return await asyncio.to_thread(self._disk.progress)
        except Problem as problem:
            self._tell(str(problem))
            return None

    def record(self, call: LiveCall) -> None:
        """Start its journal."""
        self._disk.record(call)

    def remember(self, changes: dict[str, object]) -> None:
        """Store the settings that the user chose, by name."""
        plain = {name: asdict(value) if isinstance(value, Prosody) else value for name, value in changes.items()}
        self._keep(partial(self._disk.remember, plain), strings.CHOICES_NOT_KEPT)

    def keep_notes(self, call: LiveCall, notes: str) -> None:
        """Store all of the trainee's notes on a call."""
        self._keep(partial(self._disk.keep_notes, call, notes), strings.NOTES_NOT_KEPT)

    def _keep(self, write: Callable[[], None], not_kept: str) -> None:
        """A failure is told once, not at every later attempt: notes are saved at every key press."""
        try:
            write()
        except OSError as problem:
            sentence = not_kept.format(reason=problem.strerror)
            if sentence != self._not_kept:
                self._tell(sentence)
            self._not_kept = sentence
        else:
            self._not_kept = ""
