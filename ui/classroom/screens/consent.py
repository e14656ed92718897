"""Before anything is sent: what would be, to whom, and whether that is wanted."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from ui import strings
from ui.classroom.joining import Where
from ui.widgets.keylines import KeyLines


class ConsentScreen(Screen[None]):
    class Agreed(Message):
        """It is wanted; the sound of calls, too, if `sound`."""

        def __init__(self, sound: bool) -> None:
            super().__init__()
            self.sound = sound

    class Declined(Message):
        """It is not; nothing was sent."""

    CSS = """
    ConsentScreen { align: center middle; }
    ConsentScreen .box { width: 76; }
    .consent { margin-bottom: 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "join(True)", strings.KEY_JOIN),
        Binding("s", "join(False)", strings.KEY_JOIN_SILENT),
        Binding("escape", "decline", strings.KEY_DECLINE),
    ]

    def __init__(self, there: Where) -> None:
        super().__init__()
        self._there = there

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(strings.CONSENT_TITLE, classes="box-title", markup=False)
            for paragraph in self._there.consent():
                yield Static(paragraph, classes="consent", markup=False)
            yield Static(strings.CONSENT_ASK, classes="quiet", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        self.watch(self.query_one(VerticalScroll), "scroll_y", self._say_that_there_is_more)

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_that_there_is_more)

    def _say_that_there_is_more(self) -> None:
        """Nobody agrees to what stands below the edge of a small terminal unseen."""
        box = self.query_one(VerticalScroll)
        box.border_subtitle = strings.CONSENT_MORE if box.scroll_y < box.max_scroll_y else ""

    def action_join(self, sound: bool) -> None:
        self.post_message(self.Agreed(sound))

    def action_decline(self) -> None:
        self.post_message(self.Declined())
