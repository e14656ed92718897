"""Notices that a sound device has died, which PortAudio does not report.

Measured on Linux: when the sound server is killed, callbacks stop within 30 ms and nothing is raised; when a device is
suspended, the stream stays "active" and stop() hangs. What they have in common is that the callbacks stop.
"""

import threading
import time
from collections.abc import Callable

LOST_SECONDS = 1.0
"""Callbacks come every 20 ms; after this long without one the device counts as lost."""
CHECK_SECONDS = 0.2
FIRST_SECONDS = 1.5
"""How long a device may take after opening until its callbacks come steadily; 0.2 is usual."""
FILL_SECONDS = 0.15
"""Callbacks this soon after opening only fill a buffer: even a suspended device asks for that much."""


class Watchdog:
    """Calls `lost` once, from its own thread, when `beat` has not been called for LOST_SECONDS."""

    def __init__(self, lost: Callable[[], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._lost = lost
        self._monotonic = monotonic
        self._beat_at = monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sound watchdog", daemon=True)

    def alive(self) -> bool:
        """Whether the device just opened really streams, which a suspended one does not. Waits up to FIRST_SECONDS."""
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
        """Called by every callback of the device."""
        self._beat_at = self._monotonic()

    def age(self) -> float:
        """Seconds since the last beat."""
        return self._monotonic() - self._beat_at

    def cancel(self) -> None:
        """Stop watching. Returns at once; `lost` may be running at this moment."""
        self._done.set()

    def _watch(self) -> None:
        checked_at = self._monotonic()
        while not self._done.wait(CHECK_SECONDS):
            late = self._monotonic() - checked_at
            checked_at = self._monotonic()
            if late > 3 * CHECK_SECONDS:
                continue  # this process itself was suspended or starved: give the callbacks time to resume
            if self.age() > LOST_SECONDS:
                self._done.set()
                self._lost()
