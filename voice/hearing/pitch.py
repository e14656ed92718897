"""The fundamental frequency of a voice: YIN candidates in every frame, one smooth path through them.

Sources: A. de Cheveigné and H. Kawahara, "YIN, a fundamental frequency estimator for speech and music", JASA 111
(2002): difference function (their eq. 6), cumulative mean normalisation (eq. 8), parabolic interpolation; the path
search with costs for octaves, jumps and voicing follows P. Boersma, "Accurate short-term analysis...", IFA Proc. 17
(1993). The autocorrelation inside the difference function is taken by FFT. Costs are on the scale of YIN's
normalised difference (0 perfectly periodic, about 1 for noise).
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE, Floats, Samples

HOP_SAMPLES = SAMPLE_RATE // 100
"""10 ms between frames; frame k is centred on sample k * HOP_SAMPLES."""
LOWEST_HZ = 65.0
HIGHEST_HZ = 620.0
"""Speaking voices, shouting included."""

_SHORTEST_LAG = int(SAMPLE_RATE / HIGHEST_HZ)
_LONGEST_LAG = int(SAMPLE_RATE / LOWEST_HZ) + 1
_WINDOW = _LONGEST_LAG + int(0.012 * SAMPLE_RATE)
"""Samples summed over in the difference function: one longest period and 12 ms."""
_FRAME = _WINDOW + _LONGEST_LAG
_FFT = 720
"""At least _FRAME, with small prime factors; no lag up to _LONGEST_LAG wraps around."""
_BLOCK_FRAMES = 1024
"""Frames worked on at once: bounds the memory for long recordings to about 15 MB."""

_SMOOTHING = np.hanning(17)[1:-1].astype(np.float32)
"""Low-pass with its first zero at 2 kHz: in a bright voice the dips of the difference function are otherwise narrower
than one sample, and twice the period, when nearer to a whole number of samples, wins."""

_CANDIDATES = 5
_NO_CANDIDATE = 9.0
_OCTAVE_COST = 0.02
"""Per octave of lag: of equally periodic candidates the highest wins."""
_JUMP_COST = 0.8
_LARGEST_JUMP_COST = 1.5
"""Per octave between neighbouring frames, and its cap."""
_VOICING_COST = 0.10
"""For each change between voiced and unvoiced."""
_UNVOICED_COST = 0.42
_QUIET_DB = 35.0
"""Frames this far under the loudest are held to be unvoiced..."""
_SILENT_DBFS = -75.0
"""...and so are frames under this."""

Ints = npt.NDArray[np.intp]


def track(samples: Samples) -> Floats:
    """F0 in Hz every 10 ms, 0 where unvoiced: shape (1 + len(samples) // HOP_SAMPLES,).

    samples: shape (n,), 16 kHz, finite. Costs about 5 ms of CPU per second of sound.
    """
    lags, costs, levels = [], [], []
    for block in _blocks(samples):
        difference, level_db = _normalised_difference(block)
        lag, cost = _candidates(difference)
        lags.append(lag)
        costs.append(cost)
        levels.append(level_db)
    level = np.concatenate(levels)
    silent = level < max(float(level.max()) - _QUIET_DB, _SILENT_DBFS)
    unvoiced_cost = np.where(silent, 0.0, _UNVOICED_COST).astype(np.float32)
    hz = (SAMPLE_RATE / np.concatenate(lags)).astype(np.float32)
    return _smoothest_path(hz, np.concatenate(costs), unvoiced_cost)


def frames(samples: Samples, length: int) -> Floats:
    """Overlapping frames every HOP_SAMPLES, centred: a view of shape (1 + n // HOP_SAMPLES, length)."""
    padded = np.pad(samples, (length // 2, length - length // 2))
    count = 1 + len(samples) // HOP_SAMPLES
    return np.lib.stride_tricks.sliding_window_view(padded, length)[: count * HOP_SAMPLES : HOP_SAMPLES]


def _blocks(samples: Samples) -> Iterator[Floats]:
    """Runs of frames without their mean, each of shape (at most _BLOCK_FRAMES, _FRAME)."""
    framed = frames(_smoothed(samples), _FRAME)
    for first in range(0, len(framed), _BLOCK_FRAMES):
        block = framed[first : first + _BLOCK_FRAMES]
        yield block - block.mean(axis=1, keepdims=True)


def _smoothed(samples: Samples) -> Floats:
    """`samples` through the low-pass, of the same shape."""
    if len(samples) < len(_SMOOTHING):
        return samples
    return np.convolve(samples, _SMOOTHING / _SMOOTHING.sum(), "same").astype(np.float32)


def _normalised_difference(block: Floats) -> tuple[Floats, Floats]:
    """YIN's d'(lag) for lags 0.._LONGEST_LAG, shape (T, _LONGEST_LAG + 1), and the frames' level in dBFS, (T,)."""
    whole = np.fft.rfft(block, _FFT, axis=1)
    window = np.fft.rfft(block[:, :_WINDOW], _FFT, axis=1)
    products = np.fft.irfft(whole * window.conj(), _FFT, axis=1)[:, : _LONGEST_LAG + 1]
    energy = np.cumsum(np.pad(np.square(block, dtype=np.float64), ((0, 0), (1, 0))), axis=1)
    window_energy = energy[:, _WINDOW, None]
    shifted_energy = energy[:, _WINDOW:] - energy[:, : _LONGEST_LAG + 1]
    difference = np.maximum(window_energy + shifted_energy - 2.0 * products, 0.0)
    running_sum = np.cumsum(difference[:, 1:], axis=1)
    normalised = np.ones_like(difference)
    # the small constant makes digital silence aperiodic (d' = 0/tiny would be periodic): it counts as d = sum
    tiny = 1e-9
    lag = np.arange(1, _LONGEST_LAG + 1)
    normalised[:, 1:] = (difference[:, 1:] * lag + tiny) / (running_sum + tiny)
    level_db = 10.0 * np.log10(energy[:, -1] / _FRAME + 1e-12)
    return normalised.astype(np.float32), level_db.astype(np.float32)


def _candidates(difference: Floats) -> tuple[Floats, Floats]:
    """The deepest local minima: lags in samples (fractional) and costs, both of shape (T, _CANDIDATES).

    Places and depths are those of the parabola through each minimum and its neighbours.
    """
    here = difference[:, _SHORTEST_LAG:_LONGEST_LAG]
    before = difference[:, _SHORTEST_LAG - 1 : _LONGEST_LAG - 1]
    after = difference[:, _SHORTEST_LAG + 1 : _LONGEST_LAG + 1]
    octaves = np.log2(np.arange(_SHORTEST_LAG, _LONGEST_LAG, dtype=np.float32) / _SHORTEST_LAG)
    is_minimum = (here <= before) & (here < after)
    cost = np.where(is_minimum, here + _OCTAVE_COST * octaves, np.float32(_NO_CANDIDATE))
    best: Ints = np.argpartition(cost, _CANDIDATES, axis=1)[:, :_CANDIDATES]

    left, middle, right = (np.take_along_axis(part, best, axis=1) for part in (before, here, after))
    curvature = left - 2.0 * middle + right
    safe = np.where(np.abs(curvature) > 1e-9, curvature, 1.0)
    offset = np.clip(0.5 * (left - right) / safe, -0.5, 0.5)
    lag = (best + _SHORTEST_LAG + offset).astype(np.float32)
    depth = np.take_along_axis(cost, best, axis=1) - 0.25 * (left - right) * offset
    return lag, depth.astype(np.float32)


def _smoothest_path(hz: Floats, voiced_cost: Floats, unvoiced_cost: Floats) -> Floats:
    """Viterbi: the cheapest path through the candidates hz (T, K) and one unvoiced state; F0 of shape (T,), 0 unvoiced.

    All transition costs are laid out at once, (T - 1, K + 1, K + 1), so that the loop in time only adds and compares.
    """
    count, states = len(hz), hz.shape[1] + 1
    unvoiced = states - 1
    state_cost = np.column_stack([voiced_cost, unvoiced_cost])
    octave = np.log2(hz)
    transition = np.zeros((max(count - 1, 0), states, states), np.float32)
    jumps = np.abs(octave[:-1, :, None] - octave[1:, None, :]) * _JUMP_COST
    transition[:, :unvoiced, :unvoiced] = np.minimum(jumps, _LARGEST_JUMP_COST)
    transition[:, unvoiced, :unvoiced] = transition[:, :unvoiced, unvoiced] = _VOICING_COST
    arrival = transition + state_cost[1:, None, :]

    total = state_cost[0]
    came_from = np.zeros((count, states), np.intp)
    for t in range(1, count):
        through = total[:, None] + arrival[t - 1]
        came_from[t] = through.argmin(axis=0)
        total = through.min(axis=0)
    path = np.empty(count, np.intp)
    path[-1] = total.argmin()
    for t in range(count - 1, 0, -1):
        path[t - 1] = came_from[t, path[t]]
    padded: Floats = np.column_stack([hz, np.zeros(count, hz.dtype)])
    return padded[np.arange(count), path]
