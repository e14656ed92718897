"""From one sampling rate to another, by soxr: all at once, or chunk by chunk as it comes."""

from collections.abc import Callable

import numpy as np

from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples


def resample(samples: Samples, rate: int, wanted: int) -> Samples:
    """Samples at `rate` Hz as samples at `wanted` Hz."""
    if rate == wanted:
        return samples.astype(np.float32, copy=False)
    import soxr

    return np.asarray(soxr.resample(samples, rate, wanted), np.float32)


def resampler(rate: int) -> Callable[[Samples], Samples]:
    """From `rate` Hz to 16 kHz, chunk by chunk (about 20 ms of delay), or nothing to do."""
    if rate == SAMPLE_RATE:
        return lambda block: block
    import soxr

    stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
    return lambda block: np.asarray(stream.resample_chunk(block), np.float32)


def resampler_of_blocks() -> Callable[[Samples], Samples]:
    """As `resampler`, for blocks of 20 ms: their length tells the rate, which changes when other headphones come."""
    length, resampled = FRAME_SAMPLES, resampler(SAMPLE_RATE)

    def to_16_khz(block: Samples) -> Samples:
        nonlocal length, resampled
        if len(block) != length:
            length, resampled = len(block), resampler(round(len(block) / FRAME_SECONDS))
        return resampled(block)

    return to_16_khz
