"""A list of the trainee's turns, to choose where a retry begins."""

from collections.abc import Sequence

from textual.widgets import OptionList

from dialogue.debrief.record import TurnScore
from ui import strings
from ui.debrief.wording import change
from ui.screens.listbox import ListBox


class AnyTurnScreen(ListBox[int]):
    """Returns the number of the chosen turn; None when it is left."""

    def __init__(self, turns: Sequence[TurnScore]) -> None:
        row = strings.RETRY_TURN_ROW
        rows = [row.format(number=turn.turn, change=change(turn.delta), said=turn.said) for turn in turns]
        super().__init__(strings.RETRY_HOW, rows)
        self._turns = turns

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._turns[event.option_index].turn)
