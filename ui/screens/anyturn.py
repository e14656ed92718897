"""Which turn of the call is to be taken again."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.scoring import TurnScore
from ui import strings
from ui.widgets.chooser import Chooser
from ui.wording import change


class AnyTurnScreen(ModalScreen[int | None]):
    """Answers with the number of the turn; None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", strings.KEY_BACK)]

    def __init__(self, turns: Sequence[TurnScore]) -> None:
        super().__init__()
        self._turns = turns

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(strings.RETRY_HOW, classes="box-title")
            rows = (
                strings.RETRY_TURN_ROW.format(number=turn.turn, change=change(turn.delta), said=turn.said)
                for turn in self._turns
            )
            yield Chooser(*map(Option, rows), markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._turns[event.option_index].turn)

    def action_leave(self) -> None:
        self.dismiss(None)
