"""Files that people name, looked at before they are read.

A device or a pipe might never end, and what is far too long is nothing of ours. Both are an OSError, as a file that is
missing is one: whoever reads has one sentence for all of them, with the reason in it.
"""

import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 50_000_000
"""The journal of a spoken call takes about 2 MB an hour."""


def finite(path: Path, most_bytes: int = MOST_BYTES) -> Path:
    """The path, of a file that reading comes to the end of. Raises OSError where there is none."""
    there = path.stat()
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(there.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file", str(path))
    if there.st_size > most_bytes:
        raise OSError(errno.EFBIG, f"it is longer than {most_bytes:,} bytes", str(path))
    return path
