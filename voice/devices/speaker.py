"""Real headphones, through PortAudio."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from voice.audio import Samples
from voice.devices import portaudio
from voice.devices.playback import Playback
from voice.devices.watchdog import Watchdog
from voice.ports import Block, VoiceProblem

STOPPED = "The headphones have stopped playing: their device or the sound system stopped; check the headset."


class DeviceSpeaker:
    """Real headphones: plays what is queued, silence otherwise. Any thread may call any method."""

    def __init__(
        self, device: int | str | None = None, lost: Callable[[str], None] | None = None, played: Block | None = None
    ) -> None:
        """As for `DeviceMicrophone`, `played` for `heard`; `rate` is the device's own."""
        self._played = played
        self.xruns = 0
        """How often PortAudio said that it had nothing to play, not even our silence."""
        self._closed = True  # until it streams: what does not open has no loss to tell, though PortAudio ends it
        self._dying = threading.Lock()  # taken once and kept: a device dies once, whoever notices first
        self.problem = ""
        self._lost = lost
        self._channels = 1
        self.rate = 0
        self._watchdog = Watchdog(self._die)
        self._playback: Playback
        self._stream = portaudio.open_stream("output", device, None, self._wire, self._die)
        if not self._watchdog.alive():
            portaudio.close_stream(self._stream)
            raise VoiceProblem("The headphones take no sound: they are suspended or in use; check the sound settings.")
        self._closed = False
        self._watchdog.start()

    def play(self, samples: Samples) -> None:
        """Queue samples at `rate`, shape (n,), -1..1. Returns at once. VoiceProblem when the device has died."""
        if self.problem:
            raise VoiceProblem(self.problem)
        self._playback.add(samples)

    def stop(self) -> None:
        """Drop everything queued; silent within a block (and a fade of 5 ms)."""
        self._playback.clear()

    def played_samples(self) -> int:
        return self._playback.played

    def pending_samples(self) -> int:
        return self._playback.pending

    def background(self, loop: Samples | None) -> None:
        self._playback.background(loop)

    def last_callback_age(self) -> float:
        """Seconds since the device last asked for sound; about 0.02 while all is well."""
        return self._watchdog.age()

    def close(self) -> None:
        """Give the device back. Never waits for a dead device for more than 2 s."""
        if not self._closed:
            self._closed = True
            self._watchdog.cancel()
            self._playback.clear()
            portaudio.close_stream(self._stream)

    def _wire(self, rate: int, channels: int) -> Callable[..., None]:
        self.rate, self._channels = rate, channels
        self._playback = Playback(rate)
        return self._callback

    def _callback(self, sound: Any, count: int, _time: Any, status: Any) -> None:
        """In PortAudio's thread."""
        self._watchdog.beat()
        self.xruns += bool(status)
        out = np.frombuffer(sound, np.float32).reshape(count, self._channels)
        block = self._playback.pull(count)
        out[:] = block[:, np.newaxis]
        if self._played:
            self._played(block)

    def _die(self) -> None:
        if self._closed or not self._dying.acquire(blocking=False):
            return
        self.problem = STOPPED
        self._watchdog.cancel()
        if self._lost:
            self._lost(self.problem)
