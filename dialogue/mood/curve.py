"""Anger as a function of time, in closed form, and its ledger.

Between impulses anger moves towards the resting level exponentially: a(t) = r + (a0 - r) / 2^((t - t0) / half_life),
up to the time at which the mood stands still (`Mood.until`).

Time alone never calms. The resting level is what anger *returns to* when a customer was soothed and nothing was
solved; it lies at or above the present anger, so that silence, dead air and a trainee who waits can only lose.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogue.events import Band, LedgerRow, Mood
from dialogue.mood.effects import OVER_PROMISE, TRAP

HYSTERESIS = 4.0
"""Anger points by which a band is left below the threshold at which it was entered: a name does not flicker."""

BANDS: tuple[Band, ...] = ("calm", "irritated", "angry", "furious")
Thresholds = tuple[float, float, float]
"""Anger at which irritated, angry and furious begin."""


@dataclass(frozen=True, slots=True)
class Impulse:
    """One cause of a jump, in anger and trust points."""

    cause: str
    evidence: str
    anger: float
    trust: float = 0.0
    parameter: str = ""
    title: str = ""


def at(mood: Mood, t: float) -> float:
    """Anger at `t` seconds (0..100), as long as nothing else happens after `mood`."""
    return mood.resting + (mood.anger - mood.resting) * math.exp2(-_moved(mood, t) / mood.half_life_seconds)


def _moved(mood: Mood, t: float) -> float:
    """For how much of the time up to `t` it has moved, s."""
    return max((t if mood.until is None else min(t, mood.until)) - mood.t, 0.0)


def band(anger: float, before: Band, thresholds: Thresholds) -> Band:
    """The name of an anger, given the name it had: up at the threshold, down `HYSTERESIS` below it."""
    index = BANDS.index(before)
    while index < 3 and anger >= thresholds[index]:
        index += 1
    while index > 0 and anger <= thresholds[index - 1] - HYSTERESIS:
        index -= 1
    return BANDS[index]


def crossing(mood: Mood, thresholds: Thresholds) -> float | None:
    """When relaxation alone brings the next band, s; None when it never does."""
    edge = _edge_ahead(mood, thresholds)
    if edge is None or edge >= mood.resting:
        return None
    due = mood.t + mood.half_life_seconds * math.log2((mood.anger - mood.resting) / (edge - mood.resting))
    return due if mood.until is None or due <= mood.until else None


def relax(mood: Mood, t: float, thresholds: Thresholds) -> tuple[Mood, tuple[LedgerRow, ...]]:
    """The mood carried forward to `t`, and the row that accounts for it."""
    anger = at(mood, t)
    edge = _edge_ahead(mood, thresholds)
    due = crossing(mood, thresholds)
    if edge is not None and due is not None and t >= due:
        anger = edge  # exactly, whatever the rounding: the band must change here
    delta = anger - mood.anger
    moved = replace(mood, t=max(t, mood.t), anger=anger, band=band(anger, mood.band, thresholds))
    if delta == 0.0:
        return moved, ()
    evidence = f"{_moved(mood, t):.0f} s towards {mood.resting:.0f}"
    return moved, (
        LedgerRow(t, "relaxation", "relaxation", evidence, delta, f"half_life={mood.half_life_seconds:.0f} s"),
    )


def strike(
    mood: Mood, impulses: Sequence[Impulse], thresholds: Thresholds, *, resting: float, until: float | None = None
) -> tuple[Mood, tuple[LedgerRow, ...]]:
    """The mood after impulses at its own time, a row for each, and one for what the ends 0 and 100 swallowed.

    `resting`: the level to return to; an anger above it stays where it is, for time alone is no reason to calm.
    """
    rows = [
        LedgerRow(mood.t, "impulse", one.cause, one.evidence, one.anger, one.parameter, one.title)
        for one in impulses
        if one.anger or one.cause.partition(":")[0] in (TRAP, OVER_PROMISE)  # told also where they are only too glad
    ]
    free = mood.anger + sum(row.delta for row in rows)
    anger = min(max(free, 0.0), 100.0)
    if anger != free:
        rows.append(LedgerRow(mood.t, "limit", "limit", "anger stays within 0 and 100", anger - free))
    trust = min(max(mood.trust + sum(one.trust for one in impulses), 0.0), 100.0)
    after = replace(
        mood,
        anger=anger,
        trust=trust,
        resting=max(resting, anger),
        until=until,
        band=band(anger, mood.band, thresholds),
    )
    return after, tuple(rows)


def _edge_ahead(mood: Mood, thresholds: Thresholds) -> float | None:
    """The threshold above it, if there is one: time alone leads to no other."""
    index = BANDS.index(mood.band)
    return thresholds[index] if index < len(thresholds) else None
