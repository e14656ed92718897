"""A microphone whose sound is made or read instead of heard."""

import queue
import threading
import time
from collections.abc import Iterable, Iterator

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.ports import Arrived


class StreamMicrophone:
    """A microphone whose sound comes from an iterator of blocks instead of a device.

    In real time a thread delivers a block of 320 samples every 20 ms, as a device would, and what is not read at once
    waits. Otherwise blocks are made when they are asked for, and whoever reads the microphone drives time.
    """

    def __init__(self, blocks: Iterable[Samples], *, real_time: bool) -> None:
        self.arrived: Arrived | None = None
        self._blocks = iter(blocks)
        self.real_time = real_time
        self._queue: queue.SimpleQueue[AudioFrame | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._delivered = 0  # samples

    def __iter__(self) -> Iterator[AudioFrame]:
        if not self.real_time:
            while not self._closed.is_set() and (frame := self._next()):
                yield frame
            return
        threading.Thread(target=self._deliver, name="paced microphone", daemon=True).start()
        while (waiting := self._queue.get()) is not None:
            yield waiting

    def close(self) -> None:
        """End the iteration."""
        self._closed.set()
        self._queue.put(None)

    def _deliver(self) -> None:
        begin = time.monotonic()
        while (frame := self._next()) and not self._closed.is_set():
            self._queue.put(frame)
            due = begin + self._delivered / SAMPLE_RATE
            self._closed.wait(max(0.0, due - time.monotonic()))
        self._queue.put(None)

    def _next(self) -> AudioFrame | None:
        if self.arrived and not self._delivered:
            self.arrived(np.zeros(0, np.float32), 0)  # opened now: sample 0 is the present moment
        block = next(self._blocks, None)
        if block is None:
            return None
        frame = AudioFrame(block, self._delivered)
        self._delivered += len(block)
        if self.arrived:
            self.arrived(block, self._delivered)
        return frame


class FileMicrophone(StreamMicrophone):
    """A recording as a microphone; it ends when the recording does."""

    def __init__(self, samples: Samples, *, real_time: bool) -> None:
        """`samples` at 16 kHz, shape (n,)."""
        super().__init__(frames(samples), real_time=real_time)


def frames(samples: Samples) -> Iterator[Samples]:
    """The samples in blocks of 20 ms; the last may be shorter."""
    for start in range(0, len(samples), FRAME_SAMPLES):
        yield samples[start : start + FRAME_SAMPLES]
