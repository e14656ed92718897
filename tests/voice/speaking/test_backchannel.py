"""A hum for who is told much, once it is rendered: these wait for the clip, as a call never does."""

from collections.abc import Iterator

import numpy as np
import pytest

from tests.voice.mouth_stage import PATIENCE_SECONDS, RATE, Humming
from voice.speaking.backchannel import (
    HUM,
    HUM_GAIN,
    HUM_LASTS_SECONDS,
    LONG_PAUSE_SECONDS,
    QUICK_SECONDS,
    Backchannel,
)
from voice.speaking.breath import before
from voice.speaking.rendering import Rendering

LULL = 0.2
ANGER = 40.0
MUCH, LITTLE = ("well " * count for count in (20, 4))


@pytest.fixture
def rendering() -> Iterator[Rendering]:
    rendering = Rendering(Humming(), RATE)
    yield rendering
    rendering.close()


def rendered(rendering: Rendering, anger: float) -> np.ndarray:
    return HUM_GAIN * rendering.clip(HUM, anger).result(PATIENCE_SECONDS)


def test_who_is_told_much_hums_and_not_again_at_once(rendering: Rendering) -> None:
    hum = rendered(rendering, ANGER)
    backchannel = Backchannel(rendering, RATE)
    assert np.array_equal(backchannel.sound(MUCH, ANGER, 0.0, LULL), hum)
    assert not np.array_equal(backchannel.sound(MUCH, ANGER, HUM_LASTS_SECONDS - 0.1, LULL), hum)
    assert np.array_equal(backchannel.sound(MUCH, ANGER, 2 * HUM_LASTS_SECONDS, LULL), hum)


@pytest.mark.parametrize(
    ("said", "anger", "paused"),
    [(LITTLE, ANGER, LULL), (MUCH, 100.0, LULL), (MUCH, ANGER, LONG_PAUSE_SECONDS)],
    ids=["told little", "furious", "about to speak"],
)
def test_else_who_listens_breathes(rendering: Rendering, said: str, anger: float, paused: float) -> None:
    rendered(rendering, anger)
    long = paused >= LONG_PAUSE_SECONDS
    sound = Backchannel(rendering, RATE).sound(said, anger, 0.0, paused)
    assert np.array_equal(sound, before(said, anger, RATE, QUICK_SECONDS if long else np.inf, surely=long))


def test_a_hum_that_is_not_rendered_yet_is_not_waited_for() -> None:
    voice = Humming()
    voice.let_through.clear()
    voice.held_back = lambda text: True
    rendering = Rendering(voice, RATE)
    sound = Backchannel(rendering, RATE).sound(MUCH, ANGER, 0.0, LULL)
    assert np.array_equal(sound, before(MUCH, ANGER, RATE))
    rendering.close()


def test_whoever_breathed_a_while_ago_breathes_again_before_they_speak(rendering: Rendering) -> None:
    backchannel = Backchannel(rendering, RATE)
    assert len(backchannel.sound(LITTLE, ANGER, 0.0, LONG_PAUSE_SECONDS))
    assert backchannel.breathed(1.0)
    assert not backchannel.breathed(4.0)
