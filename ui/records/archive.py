"""The calls on disk: one folder, one private journal for each call; nothing is lost when writing fails."""

import contextlib
import os
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import platformdirs

from dialogue import journal
from dialogue.events import CallEnded, CallStarted, Event, Utterance
from dialogue.files import finite
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

AS_IT_IS: int = getattr(os, "O_BINARY", 0)
"""Windows otherwise writes a line feed as two bytes, and the next line would begin one byte too early."""


def calls_folder() -> Path:
    """Where journals are kept; COOLHEAD_DATA moves it."""
    root = os.environ.get("COOLHEAD_DATA") or platformdirs.user_data_dir("coolhead", appauthor=False)
    return Path(root) / "calls"


def journals() -> list[Path]:
    """The journals in the calls folder, except empty ones: those calls were never picked up.

    A missing folder holds none. Raises Problem when the folder cannot be read.
    """
    folder = calls_folder()
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if entry.name.endswith(".jsonl") and _has_lines(entry)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Problem(
            f"The calls in {folder} cannot be read ({error.strerror}): mend that, or name another folder in "
            "COOLHEAD_DATA."
        ) from error


def _has_lines(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file() and entry.stat().st_size > 0
    except OSError:
        return False


def latest_journal() -> Path:
    """The newest call that is over. Raises Problem when there is none."""
    for path in sorted(journals(), key=lambda path: path.stem, reverse=True):
        if _begins_a_call(path) and not going_on(path):
            return path
    raise Problem("There is no call yet to look at; take one with `coolhead call`.")


def going_on(path: Path) -> bool:
    """Whether a program is taking the call of that journal right now. (Windows has no such lock.)"""
    if not path.is_file():  # opening a pipe would wait
        return False
    with contextlib.suppress(ImportError, OSError), path.open("rb") as file:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _begins_a_call(path: Path) -> bool:
    """Whether the first line is a CallStarted."""
    try:
        with path.open("rb") as file:
            return isinstance(journal.decode(file.readline()), CallStarted)
    except (OSError, journal.JournalProblem):
        return False


def notes_path(journal_path: Path) -> Path:
    """The file with the trainee's notes on that call."""
    return journal_path.with_suffix(".notes.txt")


def as_heard_path(journal_path: Path) -> Path:
    """The journal as it was before the trainee corrected what was misheard."""
    return journal_path.with_suffix(".as-heard")


def sound_path(journal_path: Path) -> Path:
    """The folder with the sound of that call, if it was recorded."""
    return journal_path.with_suffix(".sound")


def belonging(journal_path: Path) -> tuple[Path, ...]:
    """All files and folders of a call, the journal last."""
    beside = (sound_path(journal_path), notes_path(journal_path), as_heard_path(journal_path))
    return (*(path for path in beside if path.exists()), journal_path)


def read_notes(journal_path: Path) -> str:
    """The trainee's notes on that call; "" without any, or when they cannot be read."""
    try:
        return finite(notes_path(journal_path)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def keep_notes(journal_path: Path, text: str) -> None:
    """Write the notes, readable by this user only. Raises OSError."""
    path = notes_path(journal_path)
    if text or path.exists():
        write_private(path, text)


def journal_of_call(started: CallStarted) -> Path | None:
    """The journal that begins with `started`; None when the calls folder has none."""
    first = journal.encode(started).encode()
    for path in sorted(calls_folder().glob(f"*{started.pack}*.jsonl"), reverse=True):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if file.readline().rstrip(b"\r\n") == first:
                return path
    return None


def lines_of(data: bytes) -> list[str]:
    """The lines of a journal. Only a line feed ends one: pasted text may hold the other line ends of `splitlines`.

    Bytes that are not UTF-8 (a last line cut off inside a character) are escaped, so that the line cannot be decoded.
    """
    return data.decode(errors="surrogateescape").removesuffix("\n").split("\n")


def read_journal(path: Path) -> list[Event]:
    """The events of a journal; a last line that was cut off is left out. Raises Problem when it cannot be read."""
    try:
        data = finite(path).read_bytes()
    except OSError as error:
        raise Problem(f"The journal {path} cannot be read: {error.strerror}.") from error
    try:
        return journal.read(map(journal.shown, lines_of(data)))
    except journal.JournalProblem as error:
        raise Problem(f"{path}: {error}") from error


class JournalFile:
    """A sink that appends each event as one line. Lines that cannot be written wait in memory and are tried again.

    Provisional events stand at the end of the file and are overwritten when they change, so that they survive a kill.
    `trouble` is one sentence, "" while everything is on disk; `on_trouble` is called when it changes.
    """

    def __init__(self, path: Path, *, on_trouble: Callable[[str], None] = lambda sentence: None) -> None:
        self.path = path
        self.trouble = ""
        self._on_trouble = on_trouble
        self._unwritten: deque[str] = deque()
        self._kept_back: Sequence[Event] = ()
        self._descriptor: int | None = None
        self._size = 0
        """Bytes of the file that are final; provisional events come after them."""
        self._latest = 0.0
        """Call time of the newest event, s."""
        self._reason = ""
        """Why the last write failed; "" when it did not."""

    @classmethod
    def new(cls, started: CallStarted, *, on_trouble: Callable[[str], None] = lambda sentence: None) -> "JournalFile":
        """A journal in the calls folder or, if that cannot be written, in the temporary folder, with `trouble`."""
        stem = f"{datetime.now():%Y-%m-%dT%H-%M-%S}-{started.pack}"
        folder = calls_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return cls(_made(folder, stem), on_trouble=on_trouble)
        except OSError as error:
            elsewhere = Path(tempfile.mkdtemp(prefix="coolhead-"))
            file = cls(elsewhere / f"{stem}.jsonl", on_trouble=on_trouble)
            file._tell(f"{folder} cannot be written ({error.strerror}): this call is kept in {file.path}.")
            return file

    def __call__(self, event: Event) -> None:
        """Append the event; never raises OSError."""
        self._latest = max(self._latest, event.t)
        self._unwritten.append(journal.encode(event) + "\n")
        self._write(sync=isinstance(event, (Utterance, CallEnded)))
        if isinstance(event, CallEnded):
            self._lock(False)

    def keep_back(self, facts: Sequence[Event]) -> None:
        """Store these provisional events in place of those stored before.

        Without fsync, since the customer's answer must not wait for the disk: the events survive a kill of the program,
        but a power cut within the second or so until they are final may take them.
        """
        self._kept_back = facts
        if facts:
            self._write(sync=False)

    def close(self) -> None:
        """Try once more to write what is left. Raises Problem when that fails."""
        self._write(sync=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._unwritten:
            raise Problem(self._left_over())

    def _left_over(self) -> str:
        """Write the lines that this file could not take to the temporary folder; one sentence says where they are."""
        lines = len(self._unwritten)
        last = f"The last {lines} lines of this call" if lines > 1 else "The last line of this call"
        with contextlib.suppress(OSError):
            os.truncate(self.path, self._size)  # drop half a line, so that the rest can be appended
        try:
            rest = Path(tempfile.mkdtemp(prefix="coolhead-")) / self.path.name
            write_private(rest, "".join(self._unwritten))
        except OSError as error:
            return (
                f"{last} could be written neither to {self.path} nor to the temporary folder ({error.strerror}), and "
                "cannot be had again; the call up to there is in the journal. Free some room before the next one."
            )
        return (
            f"{last} could not be written to {self.path} ({self._reason}) and can be had in {rest}: free some room, "
            f"then `cat {rest} >> {self.path}`."
        )

    def _write(self, *, sync: bool) -> None:
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | AS_IT_IS, 0o600)
                self._lock(True)
            os.lseek(self._descriptor, self._size, os.SEEK_SET)  # a full disk may have taken half a line
            while self._unwritten:
                self._size += self._put(self._unwritten[0])
                self._unwritten.popleft()
            for fact in self._kept_back:
                self._put(journal.encode(replace(fact, t=max(fact.t, self._latest))) + "\n")
            os.ftruncate(self._descriptor, os.lseek(self._descriptor, 0, os.SEEK_CUR))
            if sync:
                os.fsync(self._descriptor)
        except OSError as error:
            self._reason = error.strerror or str(error)
            self._tell(
                f"The journal {self.path} cannot be written ({self._reason}): free some room, and the rest of this "
                "call is written too."
            )
        else:
            if self._reason:
                self._reason = ""
                self._tell("")

    def _lock(self, on: bool) -> None:
        """While the call goes on, and no longer than this program lives: see `going_on`."""
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            if self._descriptor is not None:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if on else fcntl.LOCK_UN)

    def _put(self, line: str) -> int:
        """Write the line; its length in bytes. Raises OSError when only a part of it was written."""
        assert self._descriptor is not None
        data = line.encode()
        left = data
        while left:
            left = left[os.write(self._descriptor, left) :]
        return len(data)

    def _tell(self, sentence: str) -> None:
        if sentence != self.trouble:
            self.trouble = sentence
            self._on_trouble(sentence)


def _made(folder: Path, stem: str) -> Path:
    """A new, empty file: another call may have begun in the same second. Raises OSError."""
    while True:
        path = folder / f"{stem}.jsonl"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            stem += "-again"
        else:
            return path
