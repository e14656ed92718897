"""What a screen needs of a call: `ui.call.Call`, or `ui.player.Player`."""

from typing import Protocol

from dialogue.events import Action, CallEnded, CallStarted
from dialogue.persona import Pack
from ui.call import Meter, Sink


class LiveCall(Protocol):
    pack: Pack
    started: CallStarted
    sinks: list[Sink]
    status: str
    """One sentence about the sound, "" when all is well."""

    def now(self) -> float: ...

    def meter(self) -> Meter: ...

    def say(self, text: str) -> None: ...

    def act(self, action: Action) -> None: ...

    async def run(self) -> CallEnded: ...
