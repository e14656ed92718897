"""Notices that a sound device has died, which PortAudio does not say.

Measured on Linux: when the sound server is killed, callbacks stop within 30 ms and nothing is raised; when a device is
suspended, the stream stays "active" and stop() hangs. The one sign common to all is that callbacks stop coming.
"""

import threading
import time
from collections.abc import Callable

LOST_SECONDS = 1.0
"""Callbacks come every 20 ms; none for so long and the device is lost."""
CHECK_SECONDS = 0.2
FIRST_SECONDS = 1.5
"""How long a device that was just opened may take until its callbacks come steadily; 0.2 is usual."""
FILL_SECONDS = 0.15
"""Callbacks this soon after opening only fill a buffer: a suspended device asks for so much and then for nothing."""


class Watchdog:
    """Calls `lost` once, from its own thread, when `beat` has not been called for LOST_SECONDS."""

    def __init__(self, lost: Callable[[], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._lost = lost
        self._monotonic = monotonic
        self._beat_at = monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sound watchdog", daemon=True)

    def alive(self) -> bool:
        """Whether the device that was just opened lives, waiting a while for it. A suspended one opens well."""
        opened_at = self._monotonic()
        while self._beat_at - opened_at < FILL_SECONDS:
            if self._monotonic() - opened_at > FIRST_SECONDS:
                return False
            time.sleep(0.02)
        return True

    def start(self) -> None:
        self._beat_at = self._monotonic()
        self._thread.start()

    def beat(self) -> None:
        """The device is alive."""
        self._beat_at = self._monotonic()

    def age(self) -> float:
        """Seconds since the last beat."""
        return self._monotonic() - self._beat_at

    def cancel(self) -> None:
        """Watch no longer. Returns at once; `lost` may just be running."""
        self._done.set()

    def _watch(self) -> None:
        checked_at = self._monotonic()
        while not self._done.wait(CHECK_SECONDS):
            late = self._monotonic() - checked_at
            checked_at = self._monotonic()
            if late > 3 * CHECK_SECONDS:
                continue  # this process itself was stopped or starved: give the callbacks time to come again
            if self.age() > LOST_SECONDS:
                self._done.set()
                self._lost()
