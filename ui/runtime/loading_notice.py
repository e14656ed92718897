"""A line in the terminal while libraries load, which takes seconds on a busy machine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading_notice() -> Iterator[None]:
    """Show the line and erase it afterwards, if the output is a terminal."""
    shown = sys.stdout.isatty() and sys.stderr.isatty() and "TEXTUAL_DRIVER" not in os.environ
    if shown:
        from ui.strings import OPENING

        print(OPENING, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
