"""Where to cut a long stretch of speech: in a pause, so that no word is cut in two."""

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples

LONG_SECONDS = 10.0
"""From this length on a stretch is cut at a pause, if it has one. The rest must be decoded before any answer: with 16 s
there are 3 errors fewer in 645 words of long sentences, but the answers come 0.3 s later."""
STILL_SHORT_SECONDS = 13.0
"""The same when somebody waits for the words: up to this length, decoding the whole is quicker than both parts."""
TOO_LONG_SECONDS = 27.0
"""From this length on it is cut at its quietest place, pause or not: the model takes 30 s at most."""
EARLIEST_SECONDS = 6.0
PAUSE_SECONDS = 0.24
PAUSE_BELOW_SPEECH_DB = 15.0
"""How far below the loudest second-best frames (their 90th percentile) a pause must be."""


def cut_point(samples: Samples, *, long_seconds: float = LONG_SECONDS) -> int | None:
    """Index of the middle of the best pause of a stretch that has grown long, or None while it need not be cut.

    16 kHz samples; a stretch shorter than `long_seconds` is left whole. The quietest 0.24 s between 6 s and the end,
    less a second that may still be in mid-word.
    """
    seconds = len(samples) / SAMPLE_RATE
    if seconds < long_seconds:
        return None
    searched = samples[: int(TOO_LONG_SECONDS * SAMPLE_RATE)]
    frames = searched[: len(searched) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-12
    width = round(PAUSE_SECONDS * SAMPLE_RATE / FRAME_SAMPLES)
    level_db = 10.0 * np.log10(np.convolve(power, np.full(width, 1.0 / width), mode="valid"))
    first = int(EARLIEST_SECONDS * SAMPLE_RATE / FRAME_SAMPLES)
    last = len(level_db) - SAMPLE_RATE // FRAME_SAMPLES
    quietest = first + int(np.argmin(level_db[first:last]))
    is_pause = level_db[quietest] < np.percentile(level_db, 90) - PAUSE_BELOW_SPEECH_DB
    if not is_pause and seconds < TOO_LONG_SECONDS:
        return None
    return (quietest + width // 2) * FRAME_SAMPLES
