"""Two calls side by side."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from ui import strings
from ui.debrief.call_comparison import Comparison, Looked, figures, sections, who
from ui.debrief.review import Review
from ui.screens.longpage import LongPage
from ui.widgets.curve import AngerCurve
from ui.widgets.keylines import KeyLines


class CompareScreen(LongPage):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "leave", strings.KEY_BACK)]
    HELP = strings.HELP_COMPARE

    def __init__(self, found: Comparison) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(strings.COMPARE_TITLE, id="who")
            yield Static("", id="phase")
        told = figures(self._found)
        with VerticalScroll(id="debrief"):
            with Horizontal(id="both"):
                yield from self._side(self._found.then, strings.COMPARE_THEN, [(what, then) for what, then, _ in told])
                yield from self._side(self._found.now, strings.COMPARE_NOW, [(what, now) for what, _, now in told])
            for heading, lines in sections(self._found):
                yield Static(heading, classes="heading")
                yield Static("\n".join(lines), markup=False)
        yield KeyLines()

    def _side(self, looked: Looked, when: str, told: list[tuple[str, str]]) -> ComposeResult:
        with Vertical(classes="lesson"):
            yield Static(when.capitalize(), classes="heading")
            yield Static(who(looked), markup=False)
            yield AngerCurve(id=f"curve-{when}")
            for what, text in told:
                if what != strings.COMPARE_CURVE:  # it is drawn
                    yield Static(f"{what}: {text}", markup=False)

    def on_mount(self) -> None:
        longest = max(looked.review.seconds for looked in (self._found.then, self._found.now))
        for looked, when in ((self._found.then, strings.COMPARE_THEN), (self._found.now, strings.COMPARE_NOW)):
            call = looked.review
            if call.moods:
                curve = self.query_one(f"#curve-{when}", AngerCurve)

                def until_the_end(t: float, call: Review = call) -> float | None:
                    return call.anger_at(t) if t <= call.seconds else None

                curve.show_whole(call.moods, until_the_end, (0.0, max(longest, 1.0)))

    def action_leave(self) -> None:
        self.app.pop_screen()
