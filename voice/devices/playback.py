"""The queue of samples to be played, between the mouth and the device's callback."""

import threading
from collections import deque

import numpy as np

from voice.audio import Samples

FADE_SECONDS = 0.005
"""When playback is stopped, the current sound is faded out over this: a hard cut clicks."""


class Playback:
    """Can be cleared at once. Any thread may call any method."""

    def __init__(self, rate: int) -> None:
        """`rate` in Hz."""
        self._lock = threading.Lock()
        self._pieces: deque[Samples] = deque()
        self._pending = 0
        self._played = 0
        self._tail: Samples = np.zeros(0, np.float32)
        self._loop: Samples = np.zeros(0, np.float32)
        self._looped = 0  # samples of the loop that have sounded
        self._fade = max(int(rate * FADE_SECONDS), 1)

    def add(self, samples: Samples) -> None:
        """Append samples, shape (n,); they are clipped to -1..1."""
        piece = np.clip(samples, -1.0, 1.0).astype(np.float32, copy=True)
        if len(piece):
            with self._lock:
                self._pieces.append(piece)
                self._pending += len(piece)

    def background(self, loop: Samples | None) -> None:
        """Repeat `loop` whenever the queue is empty; None stops it. It counts neither as pending nor as played."""
        with self._lock:
            self._tail = _faded(self._around(self._fade)) if len(self._loop) else self._tail
            self._loop, self._looped = np.zeros(0, np.float32) if loop is None else loop, 0

    def clear(self) -> None:
        """Empty the queue, except for a fade-out of 5 ms, which counts neither as pending nor as played."""
        with self._lock:
            begun = self._played > 0 and self._pending > 0
            self._tail = _faded(self._take(self._fade)) if begun else self._tail
            self._pieces.clear()
            self._pending = 0

    def pull(self, count: int) -> Samples:
        """The next `count` samples, silence where there are none; shape (count,)."""
        block = np.zeros(count, np.float32)
        with self._lock:
            fading = min(len(self._tail), count)
            block[:fading] = self._tail[:fading]
            self._tail = self._tail[fading:]
            taken = self._take(count - fading)
            block[fading : fading + len(taken)] = taken
            self._played += len(taken)
            rest = count - fading - len(taken)
            if rest and len(self._loop):
                block[count - rest :] = self._around(rest)
        return block

    @property
    def played(self) -> int:
        """How many queued samples have been pulled so far."""
        with self._lock:
            return self._played

    @property
    def pending(self) -> int:
        """How many samples are queued."""
        with self._lock:
            return self._pending

    def _around(self, count: int) -> Samples:
        """The next `count` samples of the loop. Holds the lock."""
        at = np.arange(self._looped, self._looped + count)
        self._looped += count
        return self._loop.take(at, mode="wrap")

    def _take(self, count: int) -> Samples:
        """Up to `count` samples off the front. Holds the lock."""
        taken: list[Samples] = []
        wanted = count
        while wanted and self._pieces:
            piece = self._pieces.popleft()
            if len(piece) > wanted:
                self._pieces.appendleft(piece[wanted:])
                piece = piece[:wanted]
            taken.append(piece)
            wanted -= len(piece)
        self._pending -= count - wanted
        return np.concatenate(taken) if taken else np.zeros(0, np.float32)


def _faded(samples: Samples) -> Samples:
    return samples * np.linspace(1.0, 0.0, len(samples), dtype=np.float32)
