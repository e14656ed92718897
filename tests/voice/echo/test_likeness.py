"""What chance makes of levels, and what it does not."""

import numpy as np
import pytest

from voice.echo.likeness import Levels, likeness, rung

DELAYS = 20


def syllables(count: int, rng: np.random.Generator) -> Levels:
    """Levels that rise and fall as speech does, some four times a second, dB."""
    rough = np.convolve(rng.standard_normal(count + 12), np.hanning(13), "valid")
    return np.asarray(-30.0 + 10.0 * rough / np.std(rough))


def delayed(levels: Levels) -> Levels:
    return np.lib.stride_tricks.sliding_window_view(levels, DELAYS)


@pytest.mark.parametrize("seconds", [1.0, 1.5, 4.0])
def test_chance_is_hardly_ever_sure(seconds: float) -> None:
    """The best of 20 delays, correlated as high as that may be, is not many standard errors above nothing."""
    rng = np.random.default_rng(1)
    count = round(50 * seconds)
    found = [likeness(syllables(count, rng), delayed(syllables(count + DELAYS - 1, rng))) for _ in range(400)]
    sure = [each.sureness for each in found if each]
    assert len(sure) == 400
    assert np.mean(np.array(sure) > 3.75) < 0.01


def test_short_series_are_alike_by_chance_and_not_surely_so() -> None:
    rng = np.random.default_rng(2)
    found = [likeness(syllables(25, rng), delayed(syllables(25 + DELAYS - 1, rng))) for _ in range(100)]
    assert np.median([each.correlation for each in found if each]) > 0.5
    assert max(each.sureness for each in found if each) < 3.75


def test_what_is_the_same_is_surely_so_at_its_delay() -> None:
    rng = np.random.default_rng(3)
    levels = syllables(75 + DELAYS - 1, rng)
    found = likeness(levels[7 : 7 + 75], delayed(levels + rng.standard_normal(len(levels))))
    assert found
    assert found.delay == 7
    assert found.correlation > 0.95
    assert found.sureness > 5.0


def test_what_is_level_is_like_nothing() -> None:
    assert likeness(np.full(50, -60.0), delayed(syllables(69, np.random.default_rng(4)))) is None
    assert likeness(syllables(50, np.random.default_rng(4)), np.full((50, DELAYS), -60.0)) is None


def test_what_rings_falls_slowly_and_rises_at_once() -> None:
    levels = np.array([-60.0, -20.0, -60.0, -60.0, -10.0, -11.0, -60.0])
    assert rung(levels, 3.0) == pytest.approx([-60.0, -20.0, -23.0, -26.0, -10.0, -11.0, -14.0])
