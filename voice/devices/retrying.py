"""Retrying once a second, e.g. to reopen a device that was lost."""

import logging
import threading
from collections.abc import Callable

from voice.ports import VoiceProblem

RETRY_SECONDS = 1.0


def done_at_last(step: Callable[[], bool], over: threading.Event) -> bool:
    """Call `step` once a second, whatever it raises, until it returns True or `over` is set. True if it did."""
    told = False
    while not over.is_set():
        try:
            if step():
                return True
        except VoiceProblem:
            pass
        except Exception:  # an odd driver may raise anything, and may work again a second later
            if not told:
                logging.getLogger(__name__).exception("sound could not be opened again")
            told = True
        over.wait(RETRY_SECONDS)
    return False
