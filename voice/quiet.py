"""Silence for C libraries that write where a screen is being drawn."""

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def descriptor_2_silenced() -> Iterator[None]:
    """What any library writes to file descriptor 2 meanwhile goes nowhere, in the whole process: keep it short."""
    if sys.stderr:
        sys.stderr.flush()
    try:
        saved = os.dup(2)
    except OSError:  # closed already
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)
