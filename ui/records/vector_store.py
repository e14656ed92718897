"""A cache on disk for the vectors that the text model makes of texts, a file for each model. Texts are not stored.

The key of a row is the hash of its text; a checksum in the row finds damage. A cache that cannot be read or written is
done without. `coolhead forget` deletes it.
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
    """Shape (n,); `put` also takes (rows, n) and flattens it."""

MOST_BYTES = 100_000_000
"""In one file: 60,000 sentences. Rehearsing all packs takes half of that, the wordings of one pack 400."""
_WAIT_SECONDS = 2.0
"""For another process that is writing; reading a pack's wordings without the cache takes as long."""
_DAY_SECONDS = 86_400
_HASH_BYTES = hashlib.sha256().digest_size
_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)
"""Errors of a file that is damaged or not ours. Others pass: locked, full, deleted by another process."""

_T = TypeVar("_T")


class VectorStore:
    """Vectors of float32 by text, of one kind, by one model: in memory and in a file. Not thread-safe."""

    def __init__(self, folder: Path | None, kind: str, model: str) -> None:
        """`folder`: of the file, None for memory only. `model` names everything that a vector depends on except the
        text; files of the same `kind` from other models are deleted."""
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
        """Write new entries in one transaction, and drop those unused for longest when the file is too large."""
        if self._new or self._old:
            self._try(self._write)
        self._new.clear()
        self._old.clear()

    def close(self) -> None:
        """From now on, in memory only."""
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
        """Run `work` in one transaction. A damaged file is replaced and `work` run again; None when it still fails, and
        from then on in memory only."""
        for _ in range(2):
            try:
                if self._file is not None:
                    with self._file:
                        return work(self._file)
            except sqlite3.Error as fault:
                self.close()
                code = getattr(fault, "sqlite_errorcode", 0)
                if code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_READONLY:  # also from a flipped bit
                    with suppress(OSError, sqlite3.Error):
                        for path in self._path.parent.glob(f"{self._path.name}*"):
                            path.unlink(missing_ok=True)
                        self._file = _connected(self._path)
                        _table(self._file)
                    for text, vector in list(self._known.items()):
                        self.put(text, vector)
        return None


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file without reading it. Raises OSError and sqlite3.Error."""
    path.touch(mode=0o600)
    file = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    file.text_factory = bytes  # a flipped bit may declare anything to be text
    return file


def _table(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA auto_vacuum = FULL")
    file.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, used INTEGER, vector BLOB)")


def _clear(folder: Path, kind: str, own: Path) -> None:
    """Make the folder private and delete files of the same kind from other models. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # hashes of a user's own pack are private
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
