"""Where the screens are drawn, a terminal or a browser's tab, and how other output is kept off it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ui.runtime.log import log_path


def on_screen() -> bool:
    """Whether screens can be drawn: on a browser's tab, or a terminal that can move its cursor."""
    drawn = os.environ.get("TERM") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()
    return in_browser() or drawn


def in_browser() -> bool:
    """Started by textual-serve (`coolhead browser`), whose pipes are the screen."""
    return "TEXTUAL_DRIVER" in os.environ


@contextmanager
def screen_alone() -> Iterator[None]:
    """Textual draws on `sys.__stderr__`: give it a descriptor of its own and point 2 to the log.

    PortAudio, ALSA and Kaldi write to descriptor 2 past Python, over any screen.
    """
    screen, original = os.dup(2), sys.__stderr__
    log = os.open(log_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        with os.fdopen(os.dup(screen), "w", encoding="utf-8", errors="replace") as file:
            sys.__stderr__ = file  # type: ignore[misc]
            os.dup2(log, 2)
            try:
                yield
            finally:
                sys.__stderr__ = original  # type: ignore[misc]
                os.dup2(screen, 2)
    finally:
        os.close(screen)
        os.close(log)
