"""Corrects a turn that was misheard."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from dialogue.debrief.record import TurnScore
from ui import strings
from ui.screens.listbox import ListBox


class CorrectScreen(ListBox[tuple[int, str]]):
    """Returns the turn and its corrected text; None when it is left."""

    def __init__(self, turns: Sequence[TurnScore]) -> None:
        rows = [strings.CORRECT_TURN.format(number=turn.turn, said=turn.said) for turn in turns]
        super().__init__(strings.CORRECT_HOW, rows)
        self._turns = turns

    def below_the_list(self) -> ComposeResult:
        field = Input(placeholder=strings.CORRECT_TYPE)
        field.display = False
        yield field

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        field = self.query_one(Input)
        field.value = self._turns[event.option_index].said
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and event.value.strip():
            self.dismiss((self._turns[at].turn, event.value))
