"""How strongly do two series of levels correlate, the second perhaps delayed, and could that be chance?

Neighbouring frames of 20 ms are nearly equal, so a correlation over a second rests on a handful of syllables, and the
best of many delays is high by chance. It is therefore given in standard errors above zero (Fisher's z) as well, with
the number of frames reduced to as many as would be independent (Bartlett, "Some aspects of the time-correlation
problem", 1935).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.float64]
"""dB, one value for each frame of 20 ms."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two series of levels, at the delay with the highest correlation."""

    correlation: float
    """-1..1."""
    sureness: float
    """How many standard errors the correlation is above zero."""
    delay: int
    """In frames."""


def likeness(earlier: Levels, later: Levels) -> Likeness | None:
    """Compare `earlier`, shape (n,), with each column of `later`, shape (n, delays): column k came k frames later. None
    where either is constant."""
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
    """The effective number of independent frames of two series, from their autocorrelations."""
    count = len(one)
    lags = np.arange(1, count // 2)
    together = _autocorrelation(one)[lags] * _autocorrelation(other)[lags]
    return count / max(1.0 + 2.0 * float(np.sum(together * (1.0 - lags / count))), 1.0)


def _autocorrelation(series: Levels) -> Levels:
    """Autocorrelation at lags 0..n-1 of a series whose mean is 0."""
    spectrum = np.fft.rfft(series, 2 * len(series))
    products = np.fft.irfft(np.abs(spectrum) ** 2)[: len(series)]
    return np.asarray(products / products[0], np.float64)


def rung(levels: Levels, fall_db: float) -> Levels:
    """The levels as a reverberant room returns them: they fall by at most `fall_db` a frame."""
    slope = fall_db * np.arange(len(levels))
    falling: Levels = np.maximum.accumulate(levels + slope) - slope
    return falling
