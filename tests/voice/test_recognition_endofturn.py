"""The regression on the recogniser's encoder that tells a pause from an end."""

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE
from voice.recognition import endofturn
from voice.recognition.endofturn import FRAME_SAMPLES, SILENCE_SECONDS, WINDOWS, EndOfTurn, features

WIDTH = 4


def encoded(frames: int) -> np.ndarray:
    """Each frame holds its own number."""
    return np.repeat(np.arange(frames, dtype=np.float32)[:, None], WIDTH, axis=1)


def test_the_end_of_speech_is_looked_at_and_the_silence_behind_it() -> None:
    end = 40
    samples = end * FRAME_SAMPLES + round(SILENCE_SECONDS * SAMPLE_RATE)
    before, behind = features(encoded(300), samples).reshape(len(WINDOWS), WIDTH)
    assert np.all(before == 38.0)  # 37, 38, 39
    assert np.all(behind == 41.0)  # 40, 41, 42


@pytest.mark.parametrize("samples", [0, 100, 1700, 2400])
def test_sound_too_short_for_that_is_no_trouble(samples: int) -> None:
    assert np.isfinite(features(encoded(300), samples)).all()


def test_log_odds_are_linear_in_what_is_seen() -> None:
    rule = EndOfTurn(np.full(len(WINDOWS) * WIDTH, 0.5, np.float32), -1.0)
    samples = 40 * FRAME_SAMPLES + round(SILENCE_SECONDS * SAMPLE_RATE)
    assert rule.log_odds(encoded(300), samples) == pytest.approx(0.5 * WIDTH * (38.0 + 41.0) - 1.0)


def test_the_weights_that_come_with_coolhead_fit_whisper_base() -> None:
    rule = endofturn.load()
    assert rule.weights.shape == (len(WINDOWS) * 512,)
    assert np.isfinite(rule.weights).all()
    assert rule.weights.std() > 0.0
