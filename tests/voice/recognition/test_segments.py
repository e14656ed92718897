import numpy as np
import pytest

from voice.audio import SAMPLE_RATE, Samples
from voice.recognition.segments import EARLIEST_SECONDS, LONG_SECONDS, TOO_LONG_SECONDS, cut_point


def speech(seconds: float, *pauses: tuple[float, float]) -> Samples:
    """Loud noise with (start, end) stretches 40 dB below it."""
    samples = np.random.default_rng(2).normal(0, 0.1, int(seconds * SAMPLE_RATE)).astype(np.float32)
    for start, end in pauses:
        samples[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)] *= 0.01
    return samples


def test_a_short_stretch_is_not_cut() -> None:
    assert cut_point(speech(LONG_SECONDS - 0.1, (7.0, 8.0))) is None


@pytest.mark.parametrize("pause", [(7.0, 7.5), (9.0, 9.3)])
def test_a_long_stretch_is_cut_in_its_pause(pause: tuple[float, float]) -> None:
    cut = cut_point(speech(LONG_SECONDS + 1.0, pause))
    assert cut is not None
    assert pause[0] <= cut / SAMPLE_RATE <= pause[1]


def test_without_a_pause_it_waits_until_it_must() -> None:
    assert cut_point(speech(LONG_SECONDS + 2.0)) is None
    cut = cut_point(speech(TOO_LONG_SECONDS + 30.0))
    assert cut is not None
    assert EARLIEST_SECONDS * SAMPLE_RATE <= cut <= TOO_LONG_SECONDS * SAMPLE_RATE


def test_a_pause_right_at_the_end_may_be_inside_a_word_and_is_left() -> None:
    seconds = LONG_SECONDS + 1.0
    assert cut_point(speech(seconds, (seconds - 0.4, seconds))) is None


def test_where_all_context_is_wanted_it_waits_for_the_most_the_model_takes() -> None:
    samples = speech(TOO_LONG_SECONDS - 1.0, (13.0, 13.5))
    assert cut_point(samples) is not None
    assert cut_point(samples, long_seconds=TOO_LONG_SECONDS) is None
    cut = cut_point(speech(TOO_LONG_SECONDS + 1.0, (13.0, 13.5)), long_seconds=TOO_LONG_SECONDS)
    assert cut is not None
    assert 13.0 <= cut / SAMPLE_RATE <= 13.5
