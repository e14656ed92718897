"""A search field. While it has the focus, letters are text and not keys."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from ui import strings
from ui.screens.call_keys import LETTERS


class SearchField(Input):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", strings.KEY_FIND)]

    def on_focus(self) -> None:
        self.app.set_keymap({})

    def on_blur(self) -> None:
        self.app.set_keymap(LETTERS)
