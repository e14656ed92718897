"""The calls on disk: one folder, one private journal a call; nothing that was said is lost when writing fails."""

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


def calls_folder() -> Path:
    """Where journals are kept; COOLHEAD_DATA moves it."""
    root = os.environ.get("COOLHEAD_DATA") or platformdirs.user_data_dir("coolhead")
    return Path(root) / "calls"


def journals() -> list[Path]:
    """The files in the calls folder that look like journals; those of calls that were never picked up are empty.

    Raises Problem when the folder is none, or may not be read. One that is not there yet holds none.
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
    """The newest call. Raises Problem when there is none."""
    for path in sorted(journals(), key=lambda path: path.stem, reverse=True):
        if _begins_a_call(path):
            return path
    raise Problem("There is no call yet to look at; take one with `coolhead call`.")


def _begins_a_call(path: Path) -> bool:
    """Whether its first line is a call's."""
    try:
        with path.open("rb") as file:
            return isinstance(journal.decode(file.readline()), CallStarted)
    except (OSError, journal.JournalProblem):
        return False


def notes_path(journal_path: Path) -> Path:
    """Where the trainee's notes on that call are."""
    return journal_path.with_suffix(".notes.txt")


def as_heard_path(journal_path: Path) -> Path:
    """The record as it was before the trainee corrected what was misheard."""
    return journal_path.with_suffix(".as-heard")


def sound_path(journal_path: Path) -> Path:
    """The folder with the sound of that call, where it was recorded."""
    return journal_path.with_suffix(".sound")


def belonging(journal_path: Path) -> tuple[Path, ...]:
    """What there is of a call: what is kept beside its journal, and the journal last."""
    beside = (sound_path(journal_path), notes_path(journal_path), as_heard_path(journal_path))
    return (*(path for path in beside if path.exists()), journal_path)


def read_notes(journal_path: Path) -> str:
    """The trainee's notes on that call; "" when there are none that can be read."""
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
    """The file that begins with `started`; None when it is not in the folder of calls."""
    first = journal.encode(started).encode()
    for path in sorted(calls_folder().glob(f"*{started.pack}*.jsonl"), reverse=True):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if file.readline().rstrip(b"\r\n") == first:
                return path
    return None


def lines_of(data: bytes) -> list[str]:
    """A journal's lines. Only a line feed ends one: what a trainee pasted may hold all else that `splitlines` knows.

    Bytes that are no character, as where the last line was cut off within one, make a line that cannot be decoded.
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
    """A sink that appends each event as one line. What cannot be written waits in memory and is tried again.

    What may yet be taken back stands behind all that, and is written over: who is killed has said it.
    `trouble` says in one sentence what is wrong, "" when all is on disk; `on_trouble` is called when that changes.
    """

    def __init__(self, path: Path, *, on_trouble: Callable[[str], None] = lambda sentence: None) -> None:
        self.path = path
        self.trouble = ""
        self._on_trouble = on_trouble
        self._unwritten: deque[str] = deque()
        self._kept_back: Sequence[Event] = ()
        self._descriptor: int | None = None
        self._size = 0
        """Bytes of the file that are there for good."""
        self._latest = 0.0
        """Call time of the newest event, s."""
        self._reason = ""
        """Why it could not be written."""

    @classmethod
    def new(cls, started: CallStarted, *, on_trouble: Callable[[str], None] = lambda sentence: None) -> "JournalFile":
        """A journal in the calls folder, or in the temporary folder (and says so) where that cannot be written."""
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

    def keep_back(self, facts: Sequence[Event]) -> None:
        """What was kept back before is written over by these, or by the next event.

        The disk is not waited for: an answer is, and who is killed leaves what the kernel was given. A power cut in
        the second or so until the turn is told may take it.
        """
        self._kept_back = facts
        if facts:
            self._write(sync=False)

    def close(self) -> None:
        """Try once more to write what is left. Raises Problem when something could not be written."""
        self._write(sync=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._unwritten:
            raise Problem(self._left_over())

    def _left_over(self) -> str:
        """Write to the temporary folder what this file could not take; what became of it, in one sentence."""
        lines = len(self._unwritten)
        last = f"The last {lines} lines of this call" if lines > 1 else "The last line of this call"
        with contextlib.suppress(OSError):
            os.truncate(self.path, self._size)  # a whole journal again, to which the rest can be added
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
                self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
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
            if self.trouble.startswith("The journal"):
                self._tell("")

    def _put(self, line: str) -> int:
        """How many bytes it has. Raises OSError when only a part of it was written."""
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
    """A new journal: another call may begin in the same second, here or in another program. Raises OSError."""
    while True:
        path = folder / f"{stem}.jsonl"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            stem += "-again"
        else:
            return path
