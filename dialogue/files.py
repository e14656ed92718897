"""Files that people name, looked at before they are read, and their text before it is shown.

A device or a pipe might never end, and what is far too long is nothing of ours. Both are an OSError, as a file that is
missing is one: whoever reads has one sentence for all of them, with the reason in it.
"""

import errno
import os
import re
import stat
from pathlib import Path

MOST_BYTES = 50_000_000
"""The journal of a spoken call takes about 2 MB an hour."""
UNSEEN = r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
"""A character that moves a terminal's cursor, turns the direction of the text, or cannot be seen; ends of lines too."""
_UNSEEN = re.compile(UNSEEN)


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


def cleaned(text: str) -> str:
    """Without what moves a cursor or cannot be seen, on one line: names and words from outside go to a terminal, and
    nothing that draws on it takes that out."""
    return " ".join(_UNSEEN.sub(" ", text).split())
