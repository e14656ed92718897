"""The list of drills, with the trainee's last results."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dialogue.drills import Drill, available
from ui import strings
from ui.records.drill_results import by_drill, drilled
from ui.runtime.settings import Settings
from ui.screens.drill import DrillScreen
from ui.widgets.chooser import Chooser
from ui.widgets.keylines import KeyLines

RESULTS = 3
"""How many of the last results are shown for a drill."""
TITLE_WIDTH = 36
"""Cells."""


class DrillList(Chooser):
    """Enter begins the chosen drill."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", strings.KEY_DRILL)]


class DrillsScreen(Screen[None]):
    class Left(Message): ...

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", strings.KEY_BACK)]
    HELP = strings.HELP_DRILLS

    def __init__(self, settings: Settings, *, first: Drill | None = None, by_text: bool = False) -> None:
        """`first`: the drill to begin with at once."""
        super().__init__()
        self._settings, self._first, self._by_text = settings, first, by_text
        self._drills = available()

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.DRILLS_TITLE, id="who")
        yield DrillList(id="drills", markup=False)
        yield Static("", id="about", markup=False)
        yield KeyLines()

    def on_mount(self) -> None:
        if self._first:
            self._begin(self._first)

    def on_screen_resume(self) -> None:
        """List the drills with the newest results."""
        rows = self.query_one(OptionList)
        chosen = rows.highlighted or 0
        done = by_drill(drilled())
        rows.clear_options()
        for drill in self._drills:
            last = [f"{each.passed}/{each.rounds}" for each in done.get(drill.id, ())[:RESULTS]]
            row = Text(f"{drill.title:<{TITLE_WIDTH}}", no_wrap=True)
            rows.add_option(Option(row.append(strings.DRILL_RESULT_JOIN.join(reversed(last)), style="dim")))
        rows.highlighted = chosen
        rows.focus()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(self._drills[message.option_index].about)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        self._begin(self._drills[message.option_index])

    def _begin(self, drill: Drill) -> None:
        self.app.push_screen(DrillScreen(drill, self._settings, by_text=self._by_text))

    def action_back(self) -> None:
        self.post_message(self.Left())
