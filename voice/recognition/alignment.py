"""When each token was said, from where the decoder looked in the sound while writing it.

Some of its attention heads follow the speech. What they saw is normalised, smoothed, averaged and turned into times by
dynamic time warping, as in OpenAI's reference implementation of Whisper (`whisper/timing.py`).
"""

import numpy as np
import numpy.typing as npt

from voice.audio import Floats

FRAME_SECONDS = 0.02
SMOOTHED_FRAMES = 7


def token_starts(seen: Floats, seconds: float) -> npt.NDArray[np.float64]:
    """When each of n tokens begins, s, in a sound of `seconds`, which is followed by padding.

    `seen`: attention of shape (heads, n, frames), n > 0; each row sums to 1 over all frames.
    """
    frames = min(max(1, round(seconds / FRAME_SECONDS)), seen.shape[2])
    weights = seen[:, :, :frames]
    weights = weights / np.maximum(weights.sum(axis=2, keepdims=True), 1e-9)
    deviation = weights.std(axis=1, keepdims=True)
    weights = (weights - weights.mean(axis=1, keepdims=True)) / np.maximum(deviation, 1e-9)
    return np.asarray(_first_frames(-_smoothed(weights).mean(axis=0)) * FRAME_SECONDS, np.float64)


def _smoothed(weights: Floats) -> Floats:
    """The running median along the frames."""
    half = SMOOTHED_FRAMES // 2
    if weights.shape[2] <= half:
        return weights
    padded = np.pad(weights, ((0, 0), (0, 0), (half, half)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, SMOOTHED_FRAMES, axis=2)
    return np.asarray(np.partition(windows, half, axis=3)[..., half])


def _first_frames(cost: Floats) -> npt.NDArray[np.int64]:
    """Where the cheapest path from corner to corner of `cost`, shape (tokens, frames), enters each row.

    A step goes a token on, a frame on, or both.
    """
    costs = cost.astype(np.float64)
    tokens, frames = costs.shape
    totals = np.full((tokens + 1, frames + 1), np.inf)
    totals[0, 0] = 0.0
    for row in range(1, tokens + 1):
        # Going along a row adds up its costs: the cheapest entry is that of least (total above - sum before it).
        sums = np.concatenate([[0.0], np.cumsum(costs[row - 1])])
        above = np.minimum(totals[row - 1, :-1], totals[row - 1, 1:])
        totals[row, 1:] = np.minimum.accumulate(above - sums[:-1]) + sums[1:]
    starts = np.zeros(tokens, np.int64)
    row, column = tokens, frames
    while row > 0:
        choices = (totals[row - 1, column - 1], totals[row - 1, column], totals[row, column - 1])
        best = int(np.argmin(choices))
        starts[row - 1] = column - 1
        row -= best < 2
        column -= best != 1
    return starts
