"""The trainee's side of a trainer who listens: sound leaves only while it is asked for, again and again, and shown."""

import asyncio
from collections.abc import Callable

from dialogue.events import Steered
from ui.call import Call
from voice import mulaw
from voice.audio import Samples
from voice.tap import Tap

LOOK_SECONDS = 0.1


class Heard:
    """`send` is given a tenth of a second of the call, on the loop; `show` whether the trainer hears it now."""

    def __init__(self, send: Callable[[bytes], None], show: Callable[[bool], object]) -> None:
        self.tap = Tap()
        """For the call's devices."""
        self.allowed = True
        """By the trainee."""
        self._send, self._show = send, show
        self._until = 0.0
        self._sending: asyncio.Task[None] | None = None

    @property
    def on(self) -> bool:
        return self._sending is not None and not self._sending.done()

    def for_seconds(self, call: Call, seconds: float) -> None:
        """The trainer hears `call` for so long from now; 0: no longer."""
        self._until = asyncio.get_running_loop().time() + seconds
        if seconds and not self.on and self.allowed and call.ear and not call.ended:
            self._sending = asyncio.ensure_future(self._while_heard(call))

    async def _while_heard(self, call: Call) -> None:
        loop = asyncio.get_running_loop()

        def take(piece: Samples) -> None:
            loop.call_soon_threadsafe(lambda: self._send(mulaw.encode(piece)))

        call.emit(Steered(call.now(), "listen"))
        self._show(True)
        self.tap.open(take)
        try:
            while self.allowed and not call.ended and loop.time() < self._until:
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.tap.close()
            self._show(False)
            if not call.ended:
                call.emit(Steered(call.now(), "unlisten"))

    async def close(self) -> None:
        self._until = 0.0
        if self._sending:
            await asyncio.gather(self._sending, return_exceptions=True)
