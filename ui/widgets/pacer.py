"""The breathing pacer: a soft lens that fills and empties, a function of its clock alone.

Thirty times a second it works out the lens in half cells; only when a half cell changes is anything drawn, so an
unchanged frame costs nothing (measured: 6-7 % of a core, against 25 % for `animate()`).
"""

import math
from functools import lru_cache
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.clock import Clock
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from ui import strings
from ui.breath import USUAL, Breath, Pace, Pattern, Step, breath_at

FRAMES_PER_SECOND = 30
MOST_ROWS = 15
LEAST_EXTENT = 0.16
"""How much of the lens is left when the lungs are empty, 0..1."""
ROUNDNESS = 1.3
"""How much wider than high the lens is drawn."""
CELL_ASPECT = 2.0
"""A terminal cell is about twice as high as wide."""


def lens(extent: float, width: int, height: int) -> tuple[int, ...]:
    """An ellipse `extent` (0..1) full in width x height cells: half its width, in half cells, for each half row."""
    rows = 2 * min(height, MOST_ROWS)
    if rows < 2 or width < 2:
        return ()
    grown = LEAST_EXTENT + (1.0 - LEAST_EXTENT) * extent
    across = min(width, rows * CELL_ASPECT / 2.0 * ROUNDNESS) * grown
    down = rows / 2.0 * grown
    widths = []
    for row in range(rows):
        height_here = (row + 0.5 - rows / 2.0) / down
        inside = 1.0 - height_here * height_here
        widths.append(round(across * math.sqrt(inside)) if inside > 0 else 0)
    return tuple(widths)


class Pacer(Widget):
    """Breathes from the moment it is started until it is stopped."""

    DEFAULT_CSS = """
    Pacer { height: 1fr; min-height: 3; }
    """

    frame: reactive[tuple[tuple[int, ...], str, int, int]] = reactive(((), "in", 1, 0))
    """(lens rows, step, count, breaths done): what is drawn; a new frame is drawn only when it differs."""

    def __init__(
        self,
        *,
        pace: Pace = USUAL,
        clock: Clock | None = None,
        note: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.clock = clock or Clock()
        self.pace = pace
        self.note = note
        self._sounding: tuple[int, Step] | None = None
        """The breath and the step of it that was last given to the ear."""
        self._timer: Timer | None = None
        self._origin = 0.0
        self._breathing = False

    @property
    def breath(self) -> Breath:
        return breath_at(self.clock.time - self._origin, self.pace.pattern)

    def start(self) -> None:
        """From an empty breath, now."""
        self._origin = self.clock.time
        self._sounding = None
        self._breathing = True
        self.tick()
        if self._timer is None:
            self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self.tick)
        self._timer.resume()

    def stop(self) -> None:
        """Hidden or over: no more ticks."""
        self._breathing = False
        self.pace.sound.stop()
        if self._timer is not None:
            self._timer.pause()

    def tick(self) -> None:
        now = self.breath
        if self._breathing and self._sounding != (now.breaths, now.step):
            self._sounding = (now.breaths, now.step)
            self.pace.sound.step(now.step, dict(self.pace.pattern.steps)[now.step])
        rows = () if self.pace.still else lens(now.extent, self.size.width, self.size.height - self._words_height)
        self.frame = (rows, now.step, now.count, now.breaths)
        if (
            self._breathing and now.left < 1 / FRAMES_PER_SECOND
        ):  # a new count is shown when it begins, not a frame later
            self.set_timer(now.left, self.tick)

    @property
    def _words_height(self) -> int:
        return 4 if self.note else 3

    def on_resize(self) -> None:
        self.tick()

    def on_unmount(self) -> None:
        self.stop()

    def render(self) -> Text:
        rows, step, count, _ = self.frame
        drawn = Text(justify="left", no_wrap=True, end="")
        width = self.size.width
        fill = self.get_visual_style("pacer--lens").rich_style if not self.pace.still else Style()
        for upper, lower in zip(rows[::2], rows[1::2], strict=True):
            drawn.append(_row(upper, lower, width), style=fill)
            drawn.append("\n")
        if not rows:
            drawn.append("\n" * max(0, (self.size.height - self._words_height) // 2))
        strong = self.get_visual_style("pacer--word").rich_style
        quiet = self.get_visual_style("pacer--quiet").rich_style
        drawn.append("\n")
        drawn.append(f"{strings.BREATH_WORDS[step]}  {count}".center(width).rstrip(), style=strong)
        drawn.append("\n")
        drawn.append(_steps(step, self.pace.pattern).center(width).rstrip(), style=quiet)
        if self.note:
            drawn.append("\n")
            drawn.append(self.note.center(width).rstrip(), style=quiet)
        return drawn

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pacer--lens", "pacer--word", "pacer--quiet"}


_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""


@lru_cache(maxsize=4096)
def _row(upper: int, lower: int, width: int) -> str:
    """A row of `width` cells whose halves are filled `upper` and `lower` half cells to either side of the middle."""
    cells = []
    for cell in range(width):
        bits = 0
        for half_width, weight in ((upper, 1), (lower, 4)):
            bits += weight * (width - half_width <= 2 * cell < width + half_width)
            bits += 2 * weight * (width - half_width <= 2 * cell + 1 < width + half_width)
        cells.append(_QUARTERS[bits])
    return "".join(cells).rstrip()


def _steps(step: str, pattern: Pattern) -> str:
    """All three steps with their counts, the present one in brackets: readable without colour or motion."""
    counts = (("in", pattern.inhale), ("hold", pattern.hold), ("out", pattern.exhale))
    return "  ".join(f"[{name} {n:g}]" if name == step else f" {name} {n:g} " for name, n in counts)
