"""Progress over all calls, week by week, and what to practise next."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from dialogue.drills import Drill
from ui import strings
from ui.debrief.progress import Progress, next_steps, sections
from ui.screens.longpage import LongPage
from ui.widgets.keylines import KeyLines


class ProgressScreen(LongPage):
    class Drilled(Message):
        """The trainee wants to do the suggested drill."""

        def __init__(self, drill: Drill) -> None:
            super().__init__()
            self.drill = drill

    class Left(Message): ...

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "drill", strings.KEY_DRILL, tooltip=strings.TIP_DRILL_MISSED),
        Binding("escape,q", "back", strings.KEY_BACK),
    ]
    HELP = strings.HELP_PROGRESS

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._next_drill = progress.next_drill

    def compose(self) -> ComposeResult:
        shown = self._progress
        with Horizontal(id="top"):
            yield Static(strings.PROGRESS_TITLE, id="who")
        with VerticalScroll(id="debrief"):
            if not shown.calls:
                yield Static(strings.PROGRESS_NONE_HERE, markup=False)
            elif steps := "\n".join(next_steps(shown, strings.PROGRESS_DRILL_KEY, strings.PROGRESS_CALL_HERE)):
                yield Static(steps, id="next-steps", markup=False)
            for heading, lines in sections(shown, datetime.now().astimezone().date()):
                if heading:
                    yield Static(heading, classes="heading", markup=False)
                yield Static("\n".join(lines), classes="" if heading else "summary", markup=False)
        yield KeyLines()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._next_drill is not None if action == "drill" else True

    def action_drill(self) -> None:
        if self._next_drill:
            self.post_message(self.Drilled(self._next_drill.drill))

    def action_back(self) -> None:
        self.post_message(self.Left())
