"""A question, answered with Enter or Esc."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from ui import strings


class Confirm(ModalScreen[bool]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", show=False),
        Binding("escape,n", "answer(False)", show=False),
    ]

    def __init__(self, question: str, keys: str) -> None:
        super().__init__()
        self._question, self._keys = question, keys

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="box-title")
            yield Static(self._keys, classes="quiet")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class HangUp(Confirm):
    """Before a call is ended by a key."""

    def __init__(self) -> None:
        super().__init__(strings.HANG_UP_ASK, strings.HANG_UP_KEYS)
