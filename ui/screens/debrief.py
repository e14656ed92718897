"""After the call: what came of it, what turned it, what went well and what to say instead."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from dialogue.events import Event
from dialogue.persona import Pack
from ui import strings


class DebriefScreen(Screen[None]):
    class Left(Message):
        def __init__(self, pack: Pack | None, *, again: bool) -> None:
            super().__init__()
            self.pack = pack
            self.again = again

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", strings.KEY_LOBBY),
    ]
    HELP = strings.HELP_DEBRIEF

    def __init__(self, events: Sequence[Event], pack: Pack | None, *, again: bool = False) -> None:
        super().__init__()
        self._events, self._pack, self._again = events, pack, again

    def compose(self) -> ComposeResult:
        yield Static("debrief")
        yield Footer(show_command_palette=False)

    def action_leave(self) -> None:
        self.post_message(self.Left(self._pack, again=False))
