"""Anger over time as a thin line of braille dots on a fixed scale from 0 to 100."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from dialogue.events import Mood
from ui import strings

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""A braille cell is two dots wide and four high."""
_DOT_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""[column][row from the top] -> bit of U+2800."""
AXIS_WIDTH = 4
"""Cells for the scale's labels."""
WINDOW_SECONDS = 120.0

Sampler = Callable[[float], float | None]
"""Call time, s -> anger 0..100, or None."""


def plot(values: Sequence[float | None], rows: int, *, low: float = 0.0, high: float = 100.0) -> list[str]:
    """A line through `values` (two for each cell) as `rows` strings of braille, on the scale low..high.

    Neighbouring values are joined by vertical dots; None leaves a gap.
    """
    width = (len(values) + DOTS_ACROSS - 1) // DOTS_ACROSS
    height = rows * DOTS_DOWN
    cells = [[0] * width for _ in range(rows)]
    before: int | None = None
    for x, value in enumerate(values):
        if value is None:
            before = None
            continue
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        y = round((1.0 - share) * (height - 1))
        start = y if before is None else before + (1 if y > before else -1 if y < before else 0)
        for dot in range(min(start, y), max(start, y) + 1):
            cells[dot // DOTS_DOWN][x // DOTS_ACROSS] |= _DOT_BITS[x % DOTS_ACROSS][dot % DOTS_DOWN]
        before = y
    return ["".join(chr(0x2800 + bits) if bits else " " for bits in row) for row in cells]


def band_at(moods: Sequence[Mood], t: float) -> str:
    """The name of the band at time `t`, s; before the first mood, its band."""
    band = moods[0].band if moods else "calm"
    for mood in moods:
        if mood.t > t:
            break
        band = mood.band
    return band


class AngerCurve(Widget):
    """The last two minutes (`follow`) or a whole call (`show_whole`). Redrawn only when a dot moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "curve--axis",
        "curve--calm",
        "curve--irritated",
        "curve--angry",
        "curve--furious",
        "curve--mark",
    }

    drawn: reactive[tuple[str, ...]] = reactive(())
    """The drawn rows; equal ones are not drawn again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._moods: Sequence[Mood] = ()
        self._sample: Sampler = lambda t: None
        self._span: tuple[float, float] | None = None
        self._now = 0.0
        self._marks: Sequence[tuple[float, str]] = ()

    def follow(self, moods: Sequence[Mood], sample: Sampler, now: float) -> None:
        """Draw the two minutes up to `now`, s."""
        self._moods, self._sample, self._now = moods, sample, now
        self._redraw()

    def show_whole(
        self, moods: Sequence[Mood], sample: Sampler, span: tuple[float, float], marks: Sequence[tuple[float, str]] = ()
    ) -> None:
        """Draw from span[0] to span[1], s, with `marks` (time s, one character) above the line."""
        self._moods, self._sample, self._span, self._marks = moods, sample, span, marks
        self._redraw()

    def on_resize(self) -> None:
        self._redraw()

    def _columns(self) -> int:
        return max(0, self.size.width - AXIS_WIDTH)

    def _times(self) -> list[float]:
        dots = self._columns() * DOTS_ACROSS
        if dots == 0:
            return []
        if self._span:
            start, end = self._span
            return [start + (end - start) * i / max(1, dots - 1) for i in range(dots)]
        step = WINDOW_SECONDS / dots
        newest = int(self._now / step)  # whole steps, so that nothing changes between two of them
        times = [(newest - dots + 1 + i) * step for i in range(dots)]
        times[-1] = self._now
        return times

    def _redraw(self) -> None:
        rows = self.size.height - 1  # the last row is the time scale
        times = self._times()
        if rows < 1 or not times:
            return
        first = self._moods[0].t if self._moods else float("inf")
        values = [self._sample(t) if t >= first else None for t in times]
        bands = "".join(band_at(self._moods, t)[0] for t in times[::DOTS_ACROSS])
        self.drawn = (*plot(values, rows), bands)

    def render(self) -> Text:
        text = Text(no_wrap=True, end="")
        if not self.drawn:
            return text
        *rows, bands = self.drawn
        axis = self.get_visual_style("curve--axis").rich_style
        names = {name[0]: name for name in strings.BANDS}
        styles = {letter: self.get_visual_style(f"curve--{name}").rich_style for letter, name in names.items()}
        marks = self._mark_columns()
        styles |= {"axis": axis, "mark": self.get_visual_style("curve--mark").rich_style}
        for index, row in enumerate(rows):
            label = "100" if index == 0 else "0" if index == len(rows) - 1 else ""
            if len(rows) >= 5 and index == len(rows) // 2:
                label = "50"
            text.append(f"{label:>3} ", style=axis)
            painted = [
                self._cell(cell, column, bands, label, marks if index == 0 else {}) for column, cell in enumerate(row)
            ]
            for name, run in groupby(painted, key=lambda cell: cell[0]):
                text.append("".join(cell for _, cell in run), style=styles[name])
            text.append("\n")
        left, right = self._ends()
        gap = max(1, self._columns() - len(left) - len(right))
        text.append(" " * AXIS_WIDTH + left + " " * gap + right, style=axis)
        return text

    @staticmethod
    def _cell(cell: str, column: int, bands: str, label: str, marks: dict[int, str]) -> tuple[str, str]:
        """(style, character): the curve hides a mark, and a mark the grid line of a labelled row."""
        if cell != " ":
            return bands[column], cell
        if column in marks:
            return "mark", marks[column]
        return "axis", "┈" if label else " "

    def _mark_columns(self) -> dict[int, str]:
        if not self._span or not self._columns():
            return {}
        start, end = self._span
        scale = (self._columns() - 1) / max(1e-9, end - start)
        return {round((t - start) * scale): mark for t, mark in self._marks if start <= t <= end}

    def _ends(self) -> tuple[str, str]:
        if self._span:
            return strings.clock(self._span[0]), strings.clock(self._span[1])
        return strings.RECENT_START, strings.RECENT_END
