"""One time for the whole call, in seconds since it was picked up."""

import threading
import time
from collections.abc import Callable

from voice.audio import SAMPLE_RATE


class CallClock:
    """Counts microphone samples while a microphone streams and monotonic time otherwise; no jump at a hand-over.

    Counting samples makes "0.4 s of silence" mean the same for the ear, the journal and a replay, however busy the
    machine is. Muted samples count like any others. Between two blocks the clock stands still (20 ms at most), and it
    never runs backwards. Every method may be called from any thread.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`monotonic` gives seconds from any origin; tests and fast demos inject their own."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._following = False
        self._origin = monotonic()  # monotonic time of 0.0 while not following
        self._base = 0.0  # call time of sample 0 of the stream being followed
        self._samples = 0

    @property
    def following(self) -> bool:
        """True while a microphone drives the clock."""
        return self._following

    def now(self) -> float:
        """Seconds since the call was picked up."""
        with self._lock:
            return self._now()

    def pick_up(self, at: float = 0.0) -> None:
        """Set the clock to `at`, s: 0 when the call is picked up, later when it is retried from a moment."""
        with self._lock:
            self._base += at - self._now() if self._following else 0.0
            self._origin = self._monotonic() - at

    def tick(self, samples: int) -> None:
        """A microphone has delivered `samples` (16 kHz) since it opened; the first tick takes the clock over."""
        with self._lock:
            if not self._following:
                self._base = self._now() - samples / SAMPLE_RATE
                self._following = True
                self._samples = samples
            self._samples = max(self._samples, samples)

    def at(self, sample: int) -> float:
        """Call time of a sample of the stream being followed (or followed last)."""
        with self._lock:
            return self._base + sample / SAMPLE_RATE

    def let_go(self) -> None:
        """The microphone has ended: continue with monotonic time, without a jump."""
        with self._lock:
            if self._following:
                now = self._now()
                self._following = False
                self._origin = self._monotonic() - now

    def _now(self) -> float:
        if self._following:
            return self._base + self._samples / SAMPLE_RATE
        return self._monotonic() - self._origin
