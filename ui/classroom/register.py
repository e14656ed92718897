"""The class on the trainer's disk: who is in it, and every journal byte for byte as the trainee's own.

classes/3f09ab/class.json               name, address, certificate, the trainer's account; for this user only
              /people/t-1b2c3d4e/name   under which they joined
                                /2026-11-22T10-00-00-flatpack-bookcase.jsonl
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from dialogue.files import finite
from ui import strings
from ui.classroom.protocol import Batch, call_id, person_id
from ui.classroom.untrusted import Malformed, event_of
from ui.records.archive import calls_folder
from ui.runtime.private_files import append_private, write_private
from ui.runtime.problems import Problem

MOST_LINES = 50_000
"""In one call: some hours."""
MOST_CALLS = 200
"""Of one person, so that nobody fills the trainer's disk."""


def classes_folder() -> Path:
    """Beside the calls; COOLHEAD_DATA moves both."""
    return calls_folder().parent / "classes"


@dataclass(frozen=True, slots=True)
class Entrance:
    """What somebody needs to connect to the class (again); stored as JSON."""

    class_id: str
    class_name: str
    host: str
    port: int
    certificate: str
    """PEM."""
    user: str
    password: str
    name: str = ""
    """Under which this person is in the class."""

    def keep(self, path: Path) -> None:
        """Store it, whole or not at all: half of it would block joining again. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(path, json.dumps(asdict(self), indent=2))

    @staticmethod
    def read(path: Path) -> "Entrance":
        """Raises Problem."""
        try:
            return _ENTRANCE.validate_json(finite(path).read_bytes())
        except (OSError, ValueError) as error:
            raise Problem(strings.CLASS_NO_ENTRANCE.format(path=path)) from error


_ENTRANCE = TypeAdapter(Entrance)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the class in `folder`, which a killed program releases, too. Raises Problem when another program
    has it. (Not on Windows.)"""
    with (folder / "held").open("w") as lock:
        with suppress(ImportError):
            import fcntl

            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Problem(strings.CLASS_HELD) from error
        yield


def newest(name: str) -> Path | None:
    """The file `name` of the class opened or joined last."""
    found = sorted(classes_folder().glob(f"*/{name}"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


class Register:
    """Stores people and journals of a class; the desk is its only writer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines: dict[tuple[str, str], int] = {}

    def enter(self, person: str, name: str) -> None:
        """Store a new person. Raises OSError, and stores nothing, when the disk is full."""
        home = self._home(person)
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            (home / "name").write_text(name, encoding="utf-8")
        except OSError:
            shutil.rmtree(home, ignore_errors=True)
            raise

    def people(self) -> dict[str, str]:
        """Id -> name."""
        return {home.name: self.name(home.name) for home in sorted((self.folder / "people").glob("*"))}

    def name(self, person: str) -> str:
        try:
            return (self._home(person) / "name").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return person

    def journals(self, person: str) -> list[Path]:
        return sorted(self._home(person).glob("*.jsonl"))

    def have(self, person: str, call: str) -> int:
        """How many lines of the call are on disk. A last line torn by a power cut is removed; it is sent again."""
        key = person, call
        if key not in self._lines:
            path = self._path(person, call)
            data = path.read_bytes() if path.exists() else b""
            if data and not data.endswith(b"\n"):
                os.truncate(path, data.rfind(b"\n") + 1)
            self._lines[key] = data.count(b"\n")
        return self._lines[key]

    def take(self, person: str, call: str, batch: Batch) -> int:
        """Append the new lines of the batch; the number of lines afterwards. A batch after a gap is ignored; it is sent
        again. Raises Malformed, and OSError when the disk is full."""
        have = self.have(person, call)
        fresh = batch.lines[max(0, have + 1 - batch.first) :] if batch.first <= have + 1 else ()
        if not fresh:
            return have
        if have == 0 and len(self.journals(person)) >= MOST_CALLS:
            raise Malformed("there are too many calls of this person")
        if have + len(fresh) > MOST_LINES:
            raise Malformed("the call is too long")
        for number, line in enumerate(fresh, have + 1):
            event_of(line, number)
        path = self._path(person, call)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        append_private(path, b"".join(fresh))
        self._lines[person, call] = have + len(fresh)
        return have + len(fresh)

    def lines(self, person: str, call: str, first: int) -> Iterator[bytes]:
        """The lines of a call from number `first` on; none for an unknown call."""
        if self.have(person, call):
            with self._path(person, call).open("rb") as file:
                yield from (line for number, line in enumerate(file, 1) if number >= first)

    def _home(self, person: str) -> Path:
        return self.folder / "people" / person_id(person)

    def _path(self, person: str, call: str) -> Path:
        return self._home(person) / f"{call_id(call)}.jsonl"
