"""The trainee's side of a trainer who listens: sound leaves only while it is asked for, again and again, and shown."""

import asyncio
from collections.abc import Callable

from dialogue.events import Steered
from ui.calls.driver import Call
from voice.audio import Samples
from voice.monitoring import mulaw
from voice.monitoring.tap import Tap


class Heard:
    """`send` is given a tenth of a second of the call, on the loop; `show` whether the trainer hears it now."""

    def __init__(self, send: Callable[[bytes], None], show: Callable[[bool], object]) -> None:
        self.tap = Tap()
        """For the call's devices."""
        self.allowed = True
        """By the trainee."""
        self._send, self._show = send, show
        self._call: Call | None = None
        """That the trainer hears now."""
        self._timer: asyncio.TimerHandle | None = None

    def allow(self, on: bool) -> None:
        self.allowed = on
        if not on:
            self.end()

    def for_seconds(self, call: Call, seconds: float) -> None:
        """The trainer hears `call` for so long from now; 0: no longer."""
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
        if self._call:  # what was under way when it ended is not sent any more
            self._send(mulaw.encode(piece))

    def end(self) -> None:
        """Nothing is sent any more when this has returned."""
        call, self._call = self._call, None
        if call is None:
            return
        self.tap.close()
        if self._timer:
            self._timer.cancel()
        self._show(False)
        if not call.ended:
            call.emit(Steered(call.now(), "unlisten"))
