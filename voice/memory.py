"""Keeps memory flat over a long call: glibc gives every thread a heap of its own, where what was freed stays. And keeps
Python from going through all of it while sound plays.
"""

import contextlib
import ctypes
import gc
import sys

MOST_HEAPS = 2
"""Of glibc's, for all threads together. Without a bound a call grew by 30 MB a minute; nothing leaked (malloc_trim gave
it all back)."""
_M_ARENA_MAX = -8
"""malloc.h"""


def share_heaps() -> None:
    """First of all, before any thread begins: heaps that are there already stay in use. Does nothing where the C
    library is not glibc."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, MOST_HEAPS)


def give_back() -> None:
    """After a call: free memory goes back to the system."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def settle() -> None:
    """When all is loaded, before a device streams: what there is now is not gone through again for garbage, but by the
    next `settle`. That takes 65 ms for 83,000 objects, all of it with Python's lock held, and the headphones have 60.
    """
    gc.unfreeze()  # what an earlier call left behind is garbage by now
    gc.collect()
    gc.freeze()
