"""Whether the microphone is open: mute key, hold, hang-up, a class's pause; without a headset also the customer."""

import asyncio

from dialogue.events import Action
from ui.calls.ports import Ear

ECHO_SECONDS = 0.3
"""Without a headset: how long room and device still carry the customer's last sound."""


class Gate:
    """Opens and closes the microphone. On the loop."""

    def __init__(self) -> None:
        self.ear: Ear | None = None
        self.hung_up = self.paused = False
        self._mute_key = self._on_hold = False
        self._room_sounds = False
        """No headset is worn and the customer's voice is in the room."""
        self._echo: asyncio.TimerHandle | None = None

    @property
    def muted(self) -> bool:
        """By the mute key, or because the customer is on hold."""
        return self._mute_key or self._on_hold

    @property
    def closed(self) -> bool:
        """The trainee chose, or was made, not to be heard: muted, on hold, paused or hung up."""
        return self.muted or self.hung_up or self.paused

    def press(self, action: Action) -> None:
        match action:
            case "mute" | "unmute":
                self._mute_key = action == "mute"
            case "hold" | "resume":
                self._on_hold = action == "hold"
            case "hang_up":
                self.hung_up = True
        self.tell_ear()

    def pause(self, on: bool) -> None:
        """By the trainer of a class."""
        self.paused = on
        self.tell_ear()

    def customer_sounds(self, on: bool) -> None:
        """Without a headset: closed while the customer speaks, and until the room is quiet again."""
        if self._echo:
            self._echo.cancel()
        self._echo = None
        if on:
            self._room_sounds = True
            self.tell_ear()
        elif self._room_sounds:
            self._echo = asyncio.get_running_loop().call_later(ECHO_SECONDS, self._room_is_quiet)

    def tell_ear(self) -> None:
        if self.ear:
            self.ear.mute(self.closed or self._room_sounds)

    def _room_is_quiet(self) -> None:
        self._room_sounds = False
        self.tell_ear()
