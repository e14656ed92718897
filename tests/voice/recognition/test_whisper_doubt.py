"""What the model makes up is told from what it hears: noise has no text, an unsure recording is looked at twice."""

import numpy as np
import pytest

from benchmarks.noises import NOISES
from dialogue.events import Word
from tests.voice.recognition.stretches import feed, recognise, silence
from voice.audio import Samples
from voice.recognition.decoding import Decoded, WhisperModel
from voice.recognition.whisper import HURRIED_SECONDS, Whisper, is_noise

pytestmark = pytest.mark.real


@pytest.mark.parametrize("name", sorted(NOISES))
def test_noise_is_not_speech(whisper: Whisper, name: str) -> None:
    generator = np.random.default_rng(7)
    for seconds in (2.0, 6.0, 18.0):
        assert recognise(whisper, NOISES[name](seconds, generator)).text == ""


@pytest.mark.parametrize(
    ("no_speech", "log_probability", "confidences", "noise"),
    [
        (0.05, -0.3, (0.9, 0.9), False),
        (0.9, -0.3, (0.9, 0.9), False),
        (0.9, -1.2, (0.6, 0.6), True),
        (0.1, -0.9, (0.2, 0.3), True),
        (0.0, 0.0, (), True),
    ],
)
def test_what_counts_as_noise(
    no_speech: float, log_probability: float, confidences: tuple[float, ...], noise: bool
) -> None:
    words = tuple(Word("word", n, n + 1.0, confidence) for n, confidence in enumerate(confidences))
    assert is_noise(Decoded(words, no_speech, log_probability)) is noise


@pytest.mark.parametrize(
    ("first", "second", "looks", "text"),
    [(0.9, 0.95, 1, "first"), (0.5, 0.8, 2, "second"), (0.5, 0.4, 2, "first"), (0.2, 0.9, 1, "")],
)
def test_an_unsure_recording_gets_a_second_look_with_all_context_and_the_surer_text_stands(
    monkeypatch: pytest.MonkeyPatch, whisper: Whisper, first: float, second: float, looks: int, text: str
) -> None:
    contexts: list[float] = []

    def decode(
        self: WhisperModel, samples: Samples, least_seconds: float = 10.0, beam: int = 2, guess: str = ""
    ) -> Decoded:
        contexts.append(least_seconds)
        if least_seconds < 30.0:
            return Decoded((Word("first", 0.0, 1.0, first),), 0.1, -0.3)
        return Decoded((Word("second", 0.0, 1.0, second),), 0.1, -0.3)

    monkeypatch.setattr(WhisperModel, "decode", decode)
    assert recognise(whisper, silence(2.0)).text == text
    assert contexts == [10.0, 30.0][:looks]


def test_a_recording_in_which_the_model_loops_gets_one_too(monkeypatch: pytest.MonkeyPatch, whisper: Whisper) -> None:
    def decode(
        self: WhisperModel, samples: Samples, least_seconds: float = 10.0, beam: int = 2, guess: str = ""
    ) -> Decoded:
        text = "one two three" if least_seconds == 30.0 else "one two three one two three"
        return Decoded(tuple(Word(word, n * 0.3, n * 0.3 + 0.3, 0.7) for n, word in enumerate(text.split())), 0.1, -0.3)

    monkeypatch.setattr(WhisperModel, "decode", decode)
    assert recognise(whisper, silence(2.0)).text == "one two three"


def test_in_a_call_nobody_waits_for_a_second_look(monkeypatch: pytest.MonkeyPatch, whisper: Whisper) -> None:
    contexts: list[float] = []

    def decode(
        self: WhisperModel, samples: Samples, least_seconds: float = 10.0, beam: int = 2, guess: str = ""
    ) -> Decoded:
        contexts.append(least_seconds)
        return Decoded((Word("unsure", 0.0, 1.0, 0.5),), 0.1, -0.3)

    monkeypatch.setattr(WhisperModel, "decode", decode)
    whisper.begin(0.0)
    feed(whisper, silence(2.0))
    whisper.partial(settled=True)
    assert whisper.finish(end=2.0).text == "unsure"
    assert contexts == [HURRIED_SECONDS]
