"""Silence for C libraries that write where a screen is being drawn."""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_inside = 0
_saved = -1


@contextlib.contextmanager
def descriptor_2_silenced() -> Iterator[None]:
    """What any library writes to file descriptor 2 meanwhile goes nowhere, in the whole process: keep it short.

    Several threads may be inside at once: the first closes the descriptor, the last one out opens it.
    """
    global _inside, _saved
    if sys.stderr:
        sys.stderr.flush()
    with _lock:
        if _inside == 0:
            _saved = _divert()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0 and _saved >= 0:
                os.dup2(_saved, 2)
                os.close(_saved)


def _divert() -> int:
    """Point descriptor 2 to nowhere; what it was, or -1 when it is closed already."""
    try:
        saved = os.dup(2)
    except OSError:
        return -1
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return saved
