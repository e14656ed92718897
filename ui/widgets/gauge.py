"""The anger gauge: a large number, the band in words and as a shape that fills, and a bar."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Digits, Static

from dialogue.events import Band
from ui import strings
from ui.debrief.wording import change
from ui.widgets.text import Steady


class AngerBar(Widget):
    """0..100 on a fixed scale, exact to half a cell."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--rest"}

    halves: reactive[int] = reactive(0)
    """Filled half cells."""
    anger: reactive[float] = reactive(0.0, repaint=False)

    def watch_anger(self) -> None:
        self.halves = round(min(100.0, max(0.0, self.anger)) / 100.0 * self.size.width * 2)

    def on_resize(self) -> None:
        self.watch_anger()

    def render(self) -> Text:
        full, half = divmod(self.halves, 2)
        rest = self.get_visual_style("bar--rest").rich_style
        text = Text("━" * full + ("╸" if half else ""), no_wrap=True, end="")
        text.append("─" * max(0, self.size.width - full - half), style=rest)
        return text


class AngerGauge(Vertical):
    def compose(self) -> ComposeResult:
        with Horizontal(id="gauge-head"):
            yield Digits(strings.NO_NUMBER_YET, id="gauge-number")
            with Vertical(id="gauge-words"):
                yield Static(strings.ANGER, id="gauge-title")
                yield Steady("", id="gauge-band")
                yield Steady("", id="gauge-change")
        yield AngerBar(id="gauge-bar")

    def show(self, anger: float, band: Band, last_delta: float) -> None:
        """`anger` 0..100; `last_delta`: the newest change, in points."""
        number = f"{anger:.0f}"
        digits = self.query_one("#gauge-number", Digits)
        if digits.value != number:
            digits.update(number)
        self.query_one(AngerBar).anger = anger
        self.query_one("#gauge-band", Steady).show(f"{strings.BAND_SHAPES[band]} {strings.BANDS[band]}")
        self.query_one("#gauge-change", Steady).show(change(last_delta))
        for name in strings.BANDS:
            self.set_class(name == band, f"-{name}")
