"""What the text model makes of texts, kept on this machine: vectors, in a file for each model. The texts are not.

For rehearsals, where the same sentences come again and again, and for the wordings of a pack that is called once more.
A row is found by the hash of its text and holds a hash of all of it, so that a damaged one is read anew. What cannot be
read or written is done without. `coolhead forget` deletes all of it.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    """Shape (n,), or (rows, n) when it is put: a row after the other then."""

MOST_BYTES = 100_000_000
"""Of a file: 60,000 sentences. Rehearsing all our packs takes half of them, a live call's wordings 400."""
_WAIT_SECONDS = 2.0
"""For another process that is writing; reading a pack's wordings without any of this takes as long."""
_DAY_SECONDS = 86_400
_HASH_BYTES = hashlib.sha256().digest_size
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)
"""Not a file of ours, or not any more. All else is for the moment: locked, full, deleted by another process."""

_T = TypeVar("_T")


class VectorStore:
    """Vectors of float32 by text, of one kind, by one model: in memory and in a file. Not thread-safe."""

    def __init__(self, folder: Path | None, kind: str, model: str) -> None:
        """`folder`: where the file is kept, None for memory only. `model`: all that what is kept depends on but the
        text; whatever another one made of this kind is dropped."""
        self._known: dict[str, Vector] = {}
        self._new: dict[bytes, bytes] = {}
        self._old: list[bytes] = []
        self._today = int(time.time()) // _DAY_SECONDS
        self._path = (folder or Path()) / f"{kind}-{hashlib.sha256(model.encode()).hexdigest()[:16]}.sqlite"
        self._file: sqlite3.Connection | None = None
        if folder is not None:
            with suppress(OSError, sqlite3.Error):
                _clear(folder, kind, self._path)
                self._file = _connected(self._path)
            self._try(_table)

    def get(self, text: str) -> "Vector | None":
        """The vector, in one dimension, or None."""
        import numpy as np

        found = self._known.get(text)
        if found is None and self._file is not None:
            key = _hash(text.encode())
            sql = "SELECT vector, used < ? FROM vectors WHERE key = ?"
            rows = self._try(lambda file: file.execute(sql, (self._today, key)).fetchall())
            whole, old = rows[0] if rows else (b"", False)
            if isinstance(whole, bytes) and whole[:_HASH_BYTES] == _hash(key + whole[_HASH_BYTES:]):
                found = self._known[text] = np.frombuffer(whole, dtype=np.float32, offset=_HASH_BYTES)
                if old:
                    self._old.append(key)
        return found

    def put(self, text: str, vector: "Vector") -> None:
        key, data = _hash(text.encode()), vector.tobytes()
        self._known[text] = vector.ravel()
        self._new[key] = _hash(key + data) + data

    def save(self) -> None:
        """Write what is new, all at once: another process may be doing the same. What was used last stays, by day."""
        if self._new or self._old:
            self._try(self._write)
        self._new.clear()
        self._old.clear()

    def close(self) -> None:
        """From here on in memory only."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def _write(self, file: sqlite3.Connection) -> None:
        file.executemany("UPDATE vectors SET used = ? WHERE key = ?", [(self._today, key) for key in self._old])
        rows = [(key, self._today, whole) for key, whole in self._new.items()]
        file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        oldest = "SELECT rowid FROM vectors ORDER BY used, rowid LIMIT (SELECT max(1, count(*) / 8) FROM vectors)"
        while _bytes(file) > MOST_BYTES:
            if file.execute(f"DELETE FROM vectors WHERE rowid IN ({oldest})").rowcount < 1:
                break

    def _try(self, work: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """What `work` gives, in one transaction. None, and from here on in memory only, if the file fails it; a damaged
        one is begun anew, and `work` with it."""
        for _ in range(2):
            try:
                if self._file is not None:
                    with self._file:
                        return work(self._file)
            except sqlite3.Error as fault:
                self.close()
                code = getattr(fault, "sqlite_errorcode", 0)
                if code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_READONLY:  # a turned bit may say so
                    with suppress(OSError, sqlite3.Error):
                        for path in self._path.parent.glob(f"{self._path.name}*"):
                            path.unlink(missing_ok=True)
                        self._file = _connected(self._path)
                        _table(self._file)
                    for text, vector in list(self._known.items()):
                        self.put(text, vector)
        return None


def _connected(path: Path) -> sqlite3.Connection:
    """Nothing of the file is read yet. Raises OSError and sqlite3.Error."""
    path.touch(mode=0o600)
    file = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    file.text_factory = bytes  # what a turned bit declares to be text need not be any
    return file


def _table(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA auto_vacuum = FULL")
    file.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, used INTEGER, vector BLOB)")


def _clear(folder: Path, kind: str, own: Path) -> None:
    """The folder for this user alone, without what other models made of this kind. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # a pack of one's own may be nobody else's business
    for path in folder.glob(f"{kind}-*"):
        if not path.name.startswith(own.name):
            path.unlink(missing_ok=True)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _bytes(file: sqlite3.Connection) -> int:
    pages, free, size = (
        int(file.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
