"""The breathing pacer: a lens that grows and shrinks as a function of its clock.

The lens is computed thirty times a second in half cells; only rows that have changed are drawn.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from textual.clock import Clock
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from ui import strings
from ui.practice.breathing import USUAL, Breath, Pace, Pattern, Step, breath_at

FRAMES_PER_SECOND = 30
MOST_ROWS = 15
LEAST_EXTENT = 0.16
"""How much of the lens is left when the lungs are empty, 0..1."""
ROUNDNESS = 1.3
"""How much wider than high the lens is drawn."""
CELL_ASPECT = 2.0
"""A terminal cell is about twice as high as wide."""


def lens(extent: float, width: int, height: int) -> tuple[int, ...]:
    """An ellipse in width x height cells, for lungs filled to `extent` (0..1): its half width, in half cells, for each
    half row."""
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


@dataclass(frozen=True, slots=True)
class Frame:
    """What is drawn."""

    lens: tuple[int, ...]
    """As `lens` gives it."""
    step: Step
    count: int
    breaths: int
    """Whole breaths done."""


class Pacer(Widget):
    """Breathes from `start` to `stop`."""

    DEFAULT_CSS = """
    Pacer { height: 1fr; min-height: 3; }
    """

    frame: reactive[Frame] = reactive(Frame((), "in", 1, 0), repaint=False)

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
        """The breath and its step for which the sound was last started."""
        self._timer: Timer | None = None
        self._origin = 0.0
        self._breathing = False

    @property
    def breath(self) -> Breath:
        return breath_at(self.clock.time - self._origin, self.pace.pattern)

    def start(self) -> None:
        """Begin with an empty breath, now."""
        self._origin = self.clock.time
        self._sounding = None
        self._breathing = True
        self.tick()
        if self._timer is None:
            self._timer = self.set_interval(1 / FRAMES_PER_SECOND, self.tick)
        self._timer.resume()

    def stop(self) -> None:
        """Stop ticking: the pacer is hidden or over."""
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
        self.frame = Frame(rows, now.step, now.count, now.breaths)
        if self._breathing and now.left < 1 / FRAMES_PER_SECOND:
            self.set_timer(now.left, self.tick)  # show a new count when it begins, not a frame later

    @property
    def _words_height(self) -> int:
        return 4 if self.note else 3

    def on_resize(self) -> None:
        self.tick()

    def on_unmount(self) -> None:
        self.stop()

    def watch_frame(self, before: Frame, now: Frame) -> None:
        """Draw the rows that differ."""
        rows = zip(self._rows(before), self._rows(now), strict=False)
        changed = [y for y, (old, new) in enumerate(rows) if old != new]
        if len(before.lens) != len(now.lens):
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        rows = self._rows(self.frame)
        text, component = rows[y] if y < len(rows) else ("", "pacer--quiet")
        return Strip([Segment(text, self.get_visual_style(component).rich_style)], len(text))

    def _rows(self, frame: Frame) -> tuple[tuple[str, str], ...]:
        """Each row's text and component class."""
        return _rows(frame, self.pace.pattern, self.note, self.size.width, self.size.height - self._words_height)

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pacer--lens", "pacer--word", "pacer--quiet"}


_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""


@lru_cache(maxsize=4096)
def _row(upper: int, lower: int, width: int) -> str:
    """A row of `width` cells, filled `upper` and `lower` half cells to either side of the middle in its two halves."""
    cells = []
    for cell in range(width):
        bits = 0
        for half_width, weight in ((upper, 1), (lower, 4)):
            bits += weight * (width - half_width <= 2 * cell < width + half_width)
            bits += 2 * weight * (width - half_width <= 2 * cell + 1 < width + half_width)
        cells.append(_QUARTERS[bits])
    return "".join(cells).rstrip()


@lru_cache(maxsize=8)
def _rows(frame: Frame, pattern: Pattern, note: str, width: int, height: int) -> tuple[tuple[str, str], ...]:
    """`height`: of the lens, or of the space above the words without one."""
    lens = [_row(upper, lower, width) for upper, lower in zip(frame.lens[::2], frame.lens[1::2], strict=True)]
    above = lens or [""] * max(0, height // 2)
    words = f"{strings.BREATH_WORDS[frame.step]}  {frame.count}"
    below = [("", "pacer--quiet"), (words, "pacer--word"), (_steps(frame.step, pattern), "pacer--quiet")]
    if note:
        below.append((note, "pacer--quiet"))
    return (
        *((row, "pacer--lens") for row in above),
        *((text.center(width).rstrip(), component) for text, component in below),
    )


def _steps(step: str, pattern: Pattern) -> str:
    """All three steps with their counts, the current one in brackets: readable without colour or motion."""
    counts = (("in", pattern.inhale), ("hold", pattern.hold), ("out", pattern.exhale))
    return "  ".join(f"[{name} {n:g}]" if name == step else f" {name} {n:g} " for name, n in counts)
