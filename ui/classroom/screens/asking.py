"""Two small questions: some words, and one of a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ui import strings
from ui.classroom.protocol import MOST_TEXT

CSS = """
AskText, Choose { align: center middle; background: $background 70%; }
AskText Input { height: 3; border: round $line; background: $background; padding: 0 1; }
Choose OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
"""


class AskText(ModalScreen[str]):
    """Dismisses with what was typed; "" for nothing."""

    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="box-title", markup=False)
            yield Input(max_length=MOST_TEXT, id="words")
            yield Static(strings.ASK_KEYS, classes="quiet", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        self.dismiss("")


class Choose(ModalScreen[str]):
    """Dismisses with the id of what was chosen; "" for nothing."""

    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, question: str, options: Sequence[tuple[str, str]]) -> None:
        """`options`: (id, what it is called)."""
        super().__init__()
        self._question, self._options = question, options

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, classes="box-title", markup=False)
            yield OptionList(*(Option(label, id=id) for id, label in self._options), markup=False)
            yield Static(strings.CHOOSE_KEYS, classes="quiet", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        self.dismiss("")
