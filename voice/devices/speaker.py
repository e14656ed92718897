"""Real headphones, through PortAudio."""

from collections.abc import Callable
from typing import Any

import numpy as np

from voice.audio import Samples
from voice.devices.device_stream import DeviceStream
from voice.devices.playback import Playback
from voice.ports import Block, VoiceProblem


class DeviceSpeaker:
    """Plays what is queued, silence otherwise. Any thread may call any method."""

    def __init__(
        self, device: int | str | None = None, lost: Callable[[str], None] | None = None, played: Block | None = None
    ) -> None:
        """As for `DeviceMicrophone`; `played` gets every block that is played. `rate` is the device's own."""
        self._played = played
        self.xruns = 0
        """How often PortAudio reported an underflow."""
        self._channels = 1
        self.rate = 0
        self._playback: Playback
        self._stream = DeviceStream("output", device, None, self._wire, lost)

    @property
    def problem(self) -> str:
        return self._stream.problem

    def play(self, samples: Samples) -> None:
        """Queue samples at `rate`, shape (n,), -1..1. Returns at once. VoiceProblem when the device is lost."""
        if self.problem:
            raise VoiceProblem(self.problem)
        self._playback.add(samples)

    def stop(self) -> None:
        """Drop everything queued; silent within a block, after a fade of 5 ms."""
        self._playback.clear()

    def played_samples(self) -> int:
        return self._playback.played

    def pending_samples(self) -> int:
        return self._playback.pending

    def background(self, loop: Samples | None) -> None:
        self._playback.background(loop)

    def close(self) -> None:
        """Release the device. Never waits longer than 2 s for a dead device."""
        if not self._stream.closed:
            self._playback.clear()
            self._stream.close()

    def _wire(self, rate: int, channels: int) -> Callable[..., None]:
        self.rate, self._channels = rate, channels
        self._playback = Playback(rate)
        return self._callback

    def _callback(self, sound: Any, count: int, _time: Any, status: Any) -> None:
        """In PortAudio's thread."""
        self.xruns += bool(status)
        out = np.frombuffer(sound, np.float32).reshape(count, self._channels)
        block = self._playback.pull(count)
        out[:] = block[:, np.newaxis]
        if self._played:
            self._played(block)
