"""A box over the screen with a list to choose from. Esc leaves it."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ui import strings
from ui.widgets.chooser import Chooser

Answer = TypeVar("Answer")


class ListBox(ModalScreen[Answer | None]):
    """Returns None when it is left. Subclasses say what Enter on a row does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", strings.KEY_BACK)]

    def __init__(self, how: str, rows: Sequence[str]) -> None:
        super().__init__()
        self._how, self._rows = how, rows

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._how, classes="box-title", markup=False)
            yield Chooser(*map(Option, self._rows), markup=False)
            yield from self.below_the_list()

    def below_the_list(self) -> ComposeResult:
        yield from ()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        self.dismiss(None)
