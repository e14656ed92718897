"""Keeps memory flat over a long call (glibc gives each thread its own heap, which keeps what was freed) and the garbage
collector out of the way while sound plays.
"""

import contextlib
import ctypes
import gc
import sys

MOST_HEAPS = 2
"""glibc's heaps, for all threads together. Without this limit a call grew by 30 MB a minute, although nothing leaked
(malloc_trim returned it all)."""
_M_ARENA_MAX = -8
"""malloc.h"""


def share_heaps() -> None:
    """Call this before any thread starts: existing heaps stay in use. Does nothing where the C library is not glibc."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, MOST_HEAPS)


def give_back() -> None:
    """Return free memory to the system, after a call."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def settle() -> None:
    """Exempt all present objects from garbage collection until the next `settle`. Call this when everything is loaded,
    before a device streams: a full collection takes 65 ms for 83,000 objects, with Python's lock held all the time, and
    the headphones buffer only 60.
    """
    gc.unfreeze()  # what an earlier call left behind is garbage by now
    gc.collect()
    gc.freeze()
