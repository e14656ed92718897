"""What somebody else may hear of a call while it goes on: both voices mixed, and only while the tap is open."""

import threading
from collections.abc import Callable

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resampler_of_blocks

PIECE_SECONDS = 0.1
PIECE_SAMPLES = int(PIECE_SECONDS * SAMPLE_RATE)
LATE_PIECES = 2
"""A side that is so far behind the other is silent: its device has stopped, or there is none."""


class _Side:
    """One stream of blocks of 20 ms, at its device's own rate, which their length tells."""

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
    """`heard` and `played` are given every block by the devices' own threads. Closed, it forgets them at once."""

    def __init__(self) -> None:
        self.muted: Callable[[], bool] = lambda: False
        """Whether the trainee may not be heard now: asked for every block, in the microphone's thread."""
        self._take: Callable[[Samples], None] | None = None
        self._lock = threading.Lock()
        self._trainee, self._customer = _Side(), _Side()

    def open(self, take: Callable[[Samples], None]) -> None:
        """From now on `take` is given every 0.1 s of both voices, at 16 kHz, in a device's thread; it must not wait."""
        with self._lock:
            self._trainee, self._customer, self._take = _Side(), _Side(), take

    def close(self) -> None:
        """`take` is not called any more when this has returned."""
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
