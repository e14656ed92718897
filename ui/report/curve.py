"""The anger curve as a drawing: points in a fixed frame, for an SVG that scales with the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.debrief.review import Moment, Review

WIDTH, HEIGHT = 900.0, 260.0
"""Of the plot, in the drawing's own units."""
POINTS = 300
"""Samples of the curve: three units apart, finer than a printed line."""
MINUTE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A turning point on the curve."""

    number: int
    """From 1, as in the list under it."""
    x: float
    y: float
    worse: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    path: str
    """The `points` of an SVG polyline."""
    marks: tuple[Mark, ...]
    minutes: tuple[tuple[float, int], ...]
    """(x, minute) of each whole minute."""
    levels: tuple[tuple[float, int], ...]
    """(y, anger) of the grid lines."""
    width: float = WIDTH
    height: float = HEIGHT


def draw(call: Review, seconds: float = 1.0) -> Drawing:
    """The whole call from left to right, anger 0..100 from bottom to top. The frame holds `seconds`, or the call where
    that is longer: calls in equal frames can be compared."""
    seconds = max(call.seconds, seconds)
    times = [call.seconds * step / POINTS for step in range(POINTS + 1)]
    path = " ".join(f"{_x(t, seconds):.1f},{_y(anger):.1f}" for t in times if (anger := call.anger_at(t)) is not None)
    return Drawing(
        path=path,
        marks=tuple(_marks(call, call.turning, seconds)),
        minutes=tuple(
            (_x(minute * MINUTE_SECONDS, seconds), minute) for minute in range(1, int(seconds / MINUTE_SECONDS) + 1)
        ),
        levels=tuple((_y(anger), anger) for anger in (0, 25, 50, 75, 100)),
    )


def _marks(call: Review, turning: Sequence[Moment], seconds: float) -> list[Mark]:
    return [
        Mark(number, _x(moment.t, seconds), _y(call.anger_at(moment.t) or 0.0), moment.delta > 0)
        for number, moment in enumerate(turning, 1)
    ]


def _x(t: float, seconds: float) -> float:
    return WIDTH * t / seconds


def _y(anger: float) -> float:
    return HEIGHT * (1.0 - anger / 100.0)
