"""A real microphone, through PortAudio."""

import queue
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from voice.audio import FRAME_SECONDS, SAMPLE_RATE, AudioFrame, Samples, bounded
from voice.devices.device_stream import DeviceStream
from voice.devices.resampling import resampler
from voice.ports import Arrived, Block, VoiceProblem

QUEUE_SECONDS = 30.0
"""How much sound may wait for the ear. When the queue is full, new blocks are dropped and counted."""
TICK_SECONDS = 0.25
"""How often a waiting reader checks whether the microphone was closed or lost."""


class DeviceMicrophone:
    """20 ms blocks at 16 kHz, resampled if the device insists on another rate.

    Streams from construction on; unread sound waits in a bounded queue. Only one thread may iterate.
    """

    real_time = True

    def __init__(
        self, device: int | str | None = None, lost: Callable[[str], None] | None = None, heard: Block | None = None
    ) -> None:
        """`device`: index, name, part of a name, or None for the system's default. `lost` is called once, in another
        thread, when the device is lost (iteration then raises VoiceProblem, too). `heard` gets every block of 20 ms, in
        the device's thread. VoiceProblem when the device cannot be opened.
        """
        self._heard = heard
        self.arrived: Arrived | None = None
        self.dropped_samples = 0
        """How many samples did not fit into the queue, at the device's rate."""
        self.xruns = 0
        """How often PortAudio reported lost input."""
        self._blocks: queue.Queue[tuple[Samples, int]] = queue.Queue(round(QUEUE_SECONDS / FRAME_SECONDS))
        self._taken = 0  # samples delivered so far, at the device's rate
        self._channels = 1
        self.rate = SAMPLE_RATE
        self._stream = DeviceStream("input", device, SAMPLE_RATE, self._wire, lost)

    def __iter__(self) -> Iterator[AudioFrame]:
        resampled = resampler(self.rate)
        position, expected = 0, 0  # at 16 kHz; at the device's rate
        while not self._stream.closed:
            try:
                block, first = self._blocks.get(timeout=TICK_SECONDS)
            except queue.Empty:
                if self._stream.problem:
                    raise VoiceProblem(self._stream.problem) from None
                continue
            position += round((first - expected) * SAMPLE_RATE / self.rate)  # blocks that were dropped
            expected = first + len(block)
            samples = resampled(block)
            if len(samples):
                yield AudioFrame(samples, position)
                position += len(samples)

    def close(self) -> None:
        """End the iteration without an error and release the device. Never waits longer than 2 s for a dead device."""
        self._stream.close()

    def _wire(self, rate: int, channels: int) -> Callable[..., None]:
        self.rate, self._channels = rate, channels
        return self._callback

    def _callback(self, sound: Any, count: int, _time: Any, status: Any) -> None:
        """In PortAudio's thread: copy, queue, tell."""
        self.xruns += bool(status)
        block = bounded(np.frombuffer(sound, np.float32).reshape(count, self._channels)[:, 0])
        try:
            self._blocks.put_nowait((block, self._taken))
        except queue.Full:
            self.dropped_samples += count
        self._taken += count
        if self.arrived:
            self.arrived(block, self._taken * SAMPLE_RATE // self.rate)
        if self._heard:
            self._heard(block)
