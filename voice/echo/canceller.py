"""Without a headset: cancels the customer's voice in the microphone's signal, with WebRTC's echo canceller (AEC3).

The library is optional (the extra `echo`). Played and recorded blocks are paired as the devices deliver them, so it
does not matter how late the ear reads them.
"""

import importlib.util
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples
from voice.devices.microphone import DeviceMicrophone
from voice.devices.resampling import resampler_of_blocks
from voice.hearing.rolling_buffer import RollingBuffer
from voice.ports import Arrived, Block

BACKLOG_SAMPLES = 3 * FRAME_SAMPLES
"""Played sound in excess of this is dropped unpaired: the streams started at different times, or one lost blocks."""
KEPT_SAMPLES = 60 * SAMPLE_RATE
"""How far the ear may lag."""


def available() -> bool:
    """Whether the library is installed."""
    return importlib.util.find_spec("pywebrtc_audio") is not None


class EchoCanceller:
    """`played` and `heard` get every block of 20 ms, in the devices' threads; `clean` is called in the ear's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Samples = np.zeros(0, np.float32)  # played but not yet paired, 16 kHz
        self._resampled = resampler_of_blocks()
        self.restart()

    def restart(self) -> None:
        """Call this before a microphone is opened: its samples are counted from 0."""
        from pywebrtc_audio import EchoCanceller as Aec3

        with self._lock:
            self._aec: Any = Aec3(sample_rate=SAMPLE_RATE)
            self._reference = RollingBuffer()

    def played(self, block: Samples) -> None:
        sound = self._resampled(block)
        with self._lock:
            self._waiting = np.concatenate([self._waiting, sound])[-2 * BACKLOG_SAMPLES :]

    def heard(self, block: Samples) -> None:
        """The microphone has delivered a block, at whatever rate: pair it with 20 ms of what was played."""
        with self._lock:
            late = max(len(self._waiting) - BACKLOG_SAMPLES, 0)
            taken = self._waiting[late : late + FRAME_SAMPLES]
            self._waiting = self._waiting[late + FRAME_SAMPLES :]
            self._reference.add(np.pad(taken, (FRAME_SAMPLES - len(taken), 0)))
            self._reference.forget_before(self._reference.end - KEPT_SAMPLES)

    def clean(self, frame: AudioFrame) -> Samples:
        """The samples of `frame` without the echo of what was played."""
        end = frame.index + len(frame.samples)
        with self._lock:
            found = self._reference.between(frame.index, end)
            missing = len(frame.samples) - len(found)
            cleaned = self._aec.process(frame.samples, np.pad(found, (0, missing)))
        return np.asarray(cleaned, np.float32)


class CleanMicrophone:
    """A microphone whose signal is free of the loudspeakers' echo."""

    real_time = True

    def __init__(self, device: int | str | None, canceller: EchoCanceller, cleaned: Block | None = None) -> None:
        """`device` as for `DeviceMicrophone`, and so is VoiceProblem; `cleaned` gets the cleaned sound 20 ms at a time
        at 16 kHz."""
        canceller.restart()
        self._canceller, self._cleaned = canceller, cleaned
        self._microphone = DeviceMicrophone(device, heard=canceller.heard)

    @property
    def arrived(self) -> Arrived | None:
        return self._microphone.arrived

    @arrived.setter
    def arrived(self, told: Arrived | None) -> None:
        self._microphone.arrived = told

    def __iter__(self) -> Iterator[AudioFrame]:
        untold: Samples = np.zeros(0, np.float32)
        for frame in self._microphone:
            sound = self._canceller.clean(frame)
            if self._cleaned:
                untold = np.concatenate([untold, sound])  # resampled frames vary in length
                while len(untold) >= FRAME_SAMPLES:
                    self._cleaned(untold[:FRAME_SAMPLES])
                    untold = untold[FRAME_SAMPLES:]
            yield AudioFrame(sound, frame.index)

    def close(self) -> None:
        self._microphone.close()
