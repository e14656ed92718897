"""A sentence in the middle of the screen: the telephone rings, or why a call cannot go on."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from ui import strings
from ui.widgets.keylines import KeyLines


class MessageScreen(Screen[None]):
    class Closed(Message):
        """The trainee has read the sentence."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", strings.KEY_BACK)]

    def __init__(self, sentence: str, more: str = "", *, closes: bool = False) -> None:
        """`closes`: whether Esc leaves it."""
        super().__init__()
        self._sentence, self._more, self._closes = sentence, more, closes

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._sentence, classes="box-title", markup=False)
            if self._more:
                yield Static(self._more, classes="quiet", markup=False)
        yield KeyLines()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._closes if action == "close" else True

    def action_close(self) -> None:
        self.post_message(self.Closed())


class RingingScreen(MessageScreen, inherit_bindings=False):
    """Shown while a call is loaded. Only Esc leaves it: whoever presses Enter twice wants the call."""

    class Left(Message):
        """The trainee gives the call up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", strings.KEY_BACK)]

    def __init__(self) -> None:
        super().__init__(strings.RINGING, strings.RINGING_HOW)

    def action_leave(self) -> None:
        self.post_message(self.Left())
