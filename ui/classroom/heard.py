"""The trainee's side of listening: sound is sent only while the trainer keeps asking for it and the screen says so."""

import asyncio
from collections.abc import Callable

from dialogue.events import Steered
from ui.calls.driver import Call
from voice.audio import Samples
from voice.monitoring import mulaw
from voice.monitoring.tap import Tap


class Heard:
    """`send` gets pieces of 0.1 s, on the loop; `show` whether the trainer hears the call now."""

    def __init__(self, send: Callable[[bytes], None], show: Callable[[bool], object]) -> None:
        self.tap = Tap()
        """For the call's devices."""
        self.allowed = True
        """The trainee allows listening."""
        self._send, self._show = send, show
        self._call: Call | None = None
        """The call that the trainer hears."""
        self._timer: asyncio.TimerHandle | None = None

    def allow(self, on: bool) -> None:
        self.allowed = on
        if not on:
            self.end()

    def for_seconds(self, call: Call, seconds: float) -> None:
        """Let the trainer hear `call` for so many seconds from now; 0 ends it."""
        if seconds == 0 or not self.allowed or call.ear is None or call.ended:
            self.end()
            return
        if self._call is not call:
            self.end()
            self._begin(call)
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.end)

    def _begin(self, call: Call) -> None:
        loop = asyncio.get_running_loop()

        def take(piece: Samples) -> None:
            loop.call_soon_threadsafe(self._pass_on, piece)

        self._call = call
        call.emit(Steered(call.now(), "listen"))
        self._show(True)
        self.tap.open(take)

    def _pass_on(self, piece: Samples) -> None:
        if self._call:  # else the piece was on its way when listening ended
            self._send(mulaw.encode(piece))

    def end(self) -> None:
        """Stop; nothing is sent after this returns."""
        call, self._call = self._call, None
        if call is None:
            return
        self.tap.close()
        if self._timer:
            self._timer.cancel()
        self._show(False)
        if not call.ended:
            call.emit(Steered(call.now(), "unlisten"))
