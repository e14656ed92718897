"""Files that only this user can read, written whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path


def write_private(path: Path, content: str | bytes, *, sync: bool = True) -> None:
    """Replace the file, or the one that a link points to, whole or not at all; readable by this user only. With `sync`
    it is on disk afterwards. Raises OSError, also when `path` is not a regular file."""
    data = content.encode() if isinstance(content, str) else content
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is a folder or a device, and no file", str(path))
    descriptor, fresh = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def append_private(path: Path, lines: str | bytes) -> None:
    """Append lines, each with its end, all or none; the file is readable by this user only. A line torn earlier is
    ended first. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        torn = file.read(1) not in (b"", b"\n")
        data = b"\n" * torn + (lines.encode() if isinstance(lines, str) else lines)
        try:
            if (file.write(data) or 0) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with contextlib.suppress(OSError):
                file.truncate(size)
            raise
