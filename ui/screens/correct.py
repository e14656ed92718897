"""Which turn was misheard, and what was really said."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from dialogue.scoring import TurnScore
from ui import strings
from ui.widgets.chooser import Chooser


class CorrectScreen(ModalScreen[tuple[int, str] | None]):
    """Answers with the turn and its text; None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", strings.KEY_BACK)]

    def __init__(self, turns: Sequence[TurnScore]) -> None:
        super().__init__()
        self._turns = turns

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(strings.CORRECT_HOW, classes="box-title")
            rows = [strings.CORRECT_TURN.format(number=turn.turn, said=turn.said) for turn in self._turns]
            yield Chooser(*map(Option, rows), id="misheard", markup=False)
            yield Input(placeholder=strings.CORRECT_TYPE, id="really-said")

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        field = self.query_one(Input)
        field.value = self._turns[event.option_index].said
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and event.value.strip():
            self.dismiss((self._turns[at].turn, event.value))

    def action_leave(self) -> None:
        self.dismiss(None)
