"""An office in which nobody speaks gives no turns, with a recogniser that would make words of anything."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.voice.noises import NOISES
from tests.voice.scripted import ScriptedRecognizer
from voice.audio import Samples
from voice.hearing.vad import SileroVad
from voice.recordings.transcription import hear

pytestmark = pytest.mark.real


@pytest.mark.parametrize("noise", NOISES, ids=lambda noise: noise.__name__)
def test_noise_gives_no_utterances(noise: Callable[[np.random.Generator, float], Samples]) -> None:
    recognizer = ScriptedRecognizer(["Thank you for watching."])
    assert hear(noise(np.random.default_rng(3), 50.0), recognizer, vad=SileroVad()) == []
    assert recognizer.decodes == 0


def test_noise_louder_and_mixed_gives_none_either() -> None:
    rng = np.random.default_rng(4)
    mixed = sum((noise(rng, 30.0) for noise in NOISES), np.zeros(30 * 16_000, np.float32))
    for gain in (0.3, 1.0, 3.0):
        assert hear(np.clip(gain * mixed, -1, 1), ScriptedRecognizer(["Thank you."]), vad=SileroVad()) == []
