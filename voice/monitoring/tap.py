"""What a trainer hears of a call while it goes on: both voices mixed, and only while the tap is open."""

import threading
from collections.abc import Callable

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resampler_of_blocks

PIECE_SECONDS = 0.1
PIECE_SAMPLES = int(PIECE_SECONDS * SAMPLE_RATE)
LATE_PIECES = 2
"""A side this far behind the other counts as silent: its device has stopped, or there is none."""


class _Side:
    """A stream of 20 ms blocks at its device's own rate, which follows from their length."""

    def __init__(self) -> None:
        self._resampled = resampler_of_blocks()
        self.waiting: Samples = np.zeros(0, np.float32)

    def add(self, block: Samples) -> None:
        self.waiting = np.concatenate((self.waiting, self._resampled(block)))

    def take(self) -> Samples:
        """The next piece, what is missing of it silent; shape (PIECE_SAMPLES,)."""
        piece, self.waiting = self.waiting[:PIECE_SAMPLES], self.waiting[PIECE_SAMPLES:]
        return np.pad(piece, (0, PIECE_SAMPLES - len(piece)))


class Tap:
    """`heard` and `played` get every block, in the devices' threads. While the tap is closed, they ignore it."""

    def __init__(self) -> None:
        self.muted: Callable[[], bool] = lambda: False
        """Whether the trainee is muted now; called for every block, in the microphone's thread."""
        self._take: Callable[[Samples], None] | None = None
        self._lock = threading.Lock()
        self._trainee, self._customer = _Side(), _Side()

    def open(self, take: Callable[[Samples], None]) -> None:
        """From now on `take` gets both voices mixed, in pieces of 0.1 s at 16 kHz, in a device's thread; it must not
        block."""
        with self._lock:
            self._trainee, self._customer, self._take = _Side(), _Side(), take

    def close(self) -> None:
        """`take` is not called any more once this has returned."""
        with self._lock:
            self._take = None

    def heard(self, block: Samples) -> None:
        if self._take:
            self._add(self._trainee, np.zeros_like(block) if self.muted() else block)

    def played(self, block: Samples) -> None:
        if self._take:
            self._add(self._customer, block)

    def _add(self, side: _Side, block: Samples) -> None:
        with self._lock:
            side.add(block)
            waiting = sorted(len(each.waiting) for each in (self._trainee, self._customer))
            if waiting[0] >= PIECE_SAMPLES or waiting[1] >= LATE_PIECES * PIECE_SAMPLES:
                piece = self._trainee.take() + self._customer.take()
                if self._take:
                    self._take(piece)
