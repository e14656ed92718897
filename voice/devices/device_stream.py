"""A PortAudio stream with a watchdog: what `microphone` and `speaker` have in common."""

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
    """Streams from construction until it is closed or lost. A loss is reported once, by whoever notices it first."""

    def __init__(
        self,
        direction: Direction,
        device: int | str | None,
        rate: int | None,
        wire: Wire,
        lost: Callable[[str], None] | None,
    ) -> None:
        """`direction` to `wire` as for `portaudio.open_stream`. `lost` gets the reason when the stream is lost; it is
        called in another thread. VoiceProblem when the device cannot be opened, or opens but stays silent."""
        self.problem = ""
        """One sentence once the stream is lost."""
        self.closed = True  # until it streams: PortAudio also ends a stream that failed to open, which is no loss
        self._dying, self._closing = threading.Lock(), threading.Lock()  # each acquired once and never released
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

    def close(self) -> None:
        """Release the device. Further calls do nothing. Never waits longer than 2 s for a dead device."""
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
