"""How alike are two series of levels, the second perhaps later, and can chance have made them so?

Frames of 20 ms that follow one another say nearly the same, so a correlation over a second rests on a handful of
syllables, and the best of many delays is high by chance. So it is measured in standard errors: how many it lies above
nothing (Fisher's z), over as many frames as would be independent (Bartlett, "Some aspects of the time-correlation
problem", 1935).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.float64]
"""dB, a frame of 20 ms each."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two series of levels, at the delay that suits them best."""

    correlation: float
    """-1..1."""
    sureness: float
    """Its standard errors above nothing."""
    delay: int
    """Frames."""


def likeness(earlier: Levels, later: Levels) -> Likeness | None:
    """Compare `earlier`, shape (n,), with every column of `later`, shape (n, delays): what came so many frames after.
    None where either is level throughout."""
    one, others = earlier - np.mean(earlier), later - np.mean(later, axis=0)
    size, sizes = np.sqrt(np.sum(one**2)), np.sqrt(np.sum(others**2, axis=0))
    varied = sizes > 1e-6
    if size < 1e-6 or not varied.any():
        return None
    correlations = np.where(varied, one @ others / (size * np.where(varied, sizes, 1.0)), -1.0)
    delay = int(np.argmax(correlations))
    correlation = float(np.clip(correlations[delay], -0.999, 0.999))
    error = 1.0 / np.sqrt(max(_independent(one, others[:, delay]) - 3.0, 1e-6))
    return Likeness(correlation, float(np.arctanh(correlation) / error), delay)


def _independent(one: Levels, other: Levels) -> float:
    """How many frames of two unrelated series, each that much like itself a little later, count for."""
    count = len(one)
    lags = np.arange(1, count // 2)
    together = _alike_itself(one)[lags] * _alike_itself(other)[lags]
    return count / max(1.0 + 2.0 * float(np.sum(together * (1.0 - lags / count))), 1.0)


def _alike_itself(series: Levels) -> Levels:
    """Autocorrelation at lags 0..n-1, of a series whose mean is 0."""
    spectrum = np.fft.rfft(series, 2 * len(series))
    products = np.fft.irfft(np.abs(spectrum) ** 2)[: len(series)]
    return np.asarray(products / products[0], np.float64)


def rung(levels: Levels, fall_db: float) -> Levels:
    """The same in a room that rings: they fall by `fall_db` a frame at most."""
    slope = fall_db * np.arange(len(levels))
    falling: Levels = np.maximum.accumulate(levels + slope) - slope
    return falling
