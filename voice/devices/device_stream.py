"""A stream of PortAudio's under a watchdog: what `microphone` and `speaker` have in common."""

import threading
from collections.abc import Callable
from typing import Any

from voice.devices import portaudio
from voice.devices.portaudio import Direction, Wire
from voice.devices.watchdog import Watchdog
from voice.ports import VoiceProblem

SILENT = {
    "input": "The microphone gives no sound: it is suspended or in use; check the sound settings.",
    "output": "The headphones take no sound: they are suspended or in use; check the sound settings.",
}
STOPPED = {
    "input": "The microphone has gone silent: its device or the sound system stopped; check the headset.",
    "output": "The headphones have stopped playing: their device or the sound system stopped; check the headset.",
}


class DeviceStream:
    """It streams from construction on, until it is closed or dies: once, whoever notices first."""

    def __init__(
        self,
        direction: Direction,
        device: int | str | None,
        rate: int | None,
        wire: Wire,
        lost: Callable[[str], None] | None,
    ) -> None:
        """As for `portaudio.open_stream`; `lost` is told why, in a thread of ours. VoiceProblem when it cannot be
        opened, or opens and no sound comes or goes."""
        self.problem = ""
        """One sentence once it has died."""
        self.closed = True  # until it streams: what does not open has no loss to tell, though PortAudio ends it
        self._dying, self._closing = threading.Lock(), threading.Lock()  # each is taken once and kept
        self._stopped, self._lost = STOPPED[direction], lost
        self._watchdog = Watchdog(self._die)

        def watched(rate: int, channels: int) -> Callable[..., None]:
            callback = wire(rate, channels)

            def beat_and_call(*block: Any) -> None:
                self._watchdog.beat()
                callback(*block)

            return beat_and_call

        self._stream = portaudio.open_stream(direction, device, rate, watched, self._die)
        if not self._watchdog.alive():
            portaudio.close_stream(self._stream)
            raise VoiceProblem(SILENT[direction])
        self.closed = False
        self._watchdog.start()

    def last_callback_age(self) -> float:
        """Seconds since the device last gave or took sound; about 0.02 while all is well."""
        return self._watchdog.age()

    def close(self) -> None:
        """Give the device back, once, whoever asks. Never waits for a dead one for more than 2 s."""
        if self._closing.acquire(blocking=False):
            self.closed = True
            self._watchdog.cancel()
            portaudio.close_stream(self._stream)

    def _die(self) -> None:
        if self.closed or not self._dying.acquire(blocking=False):
            return
        self._watchdog.cancel()
        self.problem = self._stopped
        if self._lost:
            self._lost(self.problem)
