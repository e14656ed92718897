"""In class, between calls."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from ui import strings
from ui.classroom.register import Entrance
from ui.widgets.keylines import KeyLines
from ui.widgets.text import Steady

POLL_SECONDS = 0.5


class WaitingScreen(Screen[None]):
    class Left(Message):
        """Out of the class."""

    CSS = """
    WaitingScreen { align: center middle; }
    #trouble { height: auto; color: $band-angry; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", strings.KEY_LEAVE_CLASS)]

    def __init__(self, entrance: Entrance, trouble: Callable[[], str] = str) -> None:
        """`trouble`: why no call can come now; "" when one can."""
        super().__init__()
        self._entrance, self._trouble = entrance, trouble

    def compose(self) -> ComposeResult:
        entrance = self._entrance
        with Vertical(classes="box"):
            yield Static(
                strings.CLASS_WAITING.format(class_name=entrance.class_name, name=entrance.name),
                classes="box-title",
                markup=False,
            )
            yield Static(strings.CLASS_WAITING_MORE, classes="quiet", markup=False)
            yield Steady("", id="trouble", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        self.set_interval(POLL_SECONDS, self._poll)

    def _poll(self) -> None:
        self.query_one("#trouble", Steady).show(self._trouble())

    def action_leave(self) -> None:
        self.post_message(self.Left())
