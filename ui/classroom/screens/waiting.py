"""In class, between calls."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from ui import strings
from ui.classroom.register import Entrance


class WaitingScreen(Screen[None]):
    class Left(Message):
        """Out of the class."""

    CSS = "WaitingScreen { align: center middle; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", strings.KEY_LEAVE_CLASS)]

    def __init__(self, entrance: Entrance) -> None:
        super().__init__()
        self._entrance = entrance

    def compose(self) -> ComposeResult:
        entrance = self._entrance
        with Vertical(classes="box"):
            yield Static(
                strings.CLASS_WAITING.format(class_name=entrance.class_name, name=entrance.name),
                classes="box-title",
                markup=False,
            )
            yield Static(strings.CLASS_WAITING_MORE, classes="quiet", markup=False)
        yield Footer(show_command_palette=False)

    def action_leave(self) -> None:
        self.post_message(self.Left())
