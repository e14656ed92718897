"""Two small questions: some words, and one of a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from ui import strings
from ui.classroom.protocol import MOST_TEXT
from ui.screens.listbox import ListBox


class AskText(ModalScreen[str]):
    """Dismisses with what was typed; "" for nothing."""

    CSS = """
    AskText { align: center middle; background: $background 70%; }
    AskText Input { height: 3; border: round $line; background: $background; padding: 0 1; }
    """
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


class Choose(ListBox[str]):
    """Answers with the id of what was chosen; None when it was left."""

    def __init__(self, question: str, options: Sequence[tuple[str, str]]) -> None:
        """`options`: (id, what it is called)."""
        super().__init__(question, [label for _, label in options])
        self._ids = [id for id, _ in options]

    def below_the_list(self) -> ComposeResult:
        yield Static(strings.CHOOSE_KEYS, classes="quiet", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._ids[event.option_index])
