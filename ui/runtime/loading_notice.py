"""What a terminal shows while the libraries load: seconds, on a busy machine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def coming_in() -> Iterator[None]:
    """One line, at once, which is gone again afterwards; only where somebody looks at a terminal."""
    shown = sys.stdout.isatty() and sys.stderr.isatty() and "TEXTUAL_DRIVER" not in os.environ
    if shown:
        from ui.strings import OPENING

        print(OPENING, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
