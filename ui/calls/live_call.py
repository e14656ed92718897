"""The interface of a call that screens use: `driver.Call` and `journal_player.Player` implement it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from dialogue.events import Action, CallEnded, CallStarted, Event
from dialogue.persona import Pack
from ui.calls.ports import Meter
from ui.calls.sinks import Sink


class LiveCall(Protocol):
    pack: Pack
    started: CallStarted
    sinks: list[Sink]
    status: str
    """One sentence about the sound the call began with, or about its journal; "" when all is well."""
    silent: bool
    """The customer's voice is not to be heard, so their lines have to be shown."""

    def ahead(self) -> Sequence[Event]:
        """Provisional events, which may still be revoked: no sink has seen them."""
        ...

    def now(self) -> float: ...

    def meter(self) -> Meter: ...

    def say(self, text: str) -> None: ...

    def act(self, action: Action) -> None: ...

    async def run(self) -> CallEnded: ...


MakeCall = Callable[[str, bool], LiveCall]
"""(pack id, with coaching?) -> a call ready to run. May take seconds (models load) and is called in a thread."""
Retry = Callable[[Sequence[Event], int], LiveCall]
"""A call's events and one of its turns -> the call, ready to go on before that turn."""


async def hang_up_unheard(call: LiveCall) -> None:
    """Run and end a call that the trainee left while it was ringing, so that its devices are closed."""
    running = asyncio.create_task(call.run())
    await asyncio.sleep(0)  # only a running call can be hung up
    call.act("hang_up")
    await running
