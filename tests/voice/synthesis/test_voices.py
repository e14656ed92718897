"""What both real engines owe: speech, moods, and the choice between them."""

import sys
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
import soxr

from dialogue.events import Prosody
from voice import synthesis
from voice.audio import SAMPLE_RATE, AudioClip
from voice.ports import VoiceProblem
from voice.prosody import measure
from voice.synthesis import VOICES, choose, hibari
from voice.synthesis.delivered import BLEEP_HZ, DeliveredVoice

pytestmark = pytest.mark.real
SENTENCES = (
    "I have called you four times this week.",
    "The parcel was left in the rain and everything in it is ruined.",
    "What exactly are you going to do about it?",
)


@pytest.fixture(scope="module", params=synthesis.ENGINES)
def voice(request: pytest.FixtureRequest) -> Iterator[DeliveredVoice]:
    chosen = choose(request.param, "woman")
    yield chosen
    chosen.close()


def prosody(clip: AudioClip) -> Prosody:
    return measure(soxr.resample(clip.samples, clip.rate, SAMPLE_RATE).astype(np.float32))


def test_speech_is_there_and_begins_and_ends_with_it(voice):
    for sentence in SENTENCES:
        clip = voice.render(sentence, 30.0)
        assert 1.0 < clip.seconds < 6.0
        loudest = float(np.abs(clip.samples).max())
        edge = int(0.05 * clip.rate)
        assert float(np.abs(clip.samples[:edge]).max()) > loudest / 200
        assert float(np.abs(clip.samples[-2 * edge :]).max()) > loudest / 200


def test_anger_is_louder_higher_wider_faster_and_brighter(voice):
    for sentence in SENTENCES:
        calm, furious = (voice.render(sentence, anger) for anger in (0.0, 100.0))
        was, now = prosody(calm), prosody(furious)
        assert was.pitch_hz
        assert now.pitch_hz
        assert now.loudness_dbfs - was.loudness_dbfs == pytest.approx(15.0, abs=1.5)
        assert 1.08 < now.pitch_hz / was.pitch_hz < 1.5
        assert 1.12 < calm.seconds / furious.seconds < 1.35
        assert now.tilt_db > was.tilt_db


def test_fifty_renders_in_a_row_each_say_their_own_text(voice):
    """A property or a text that came an utterance late would change a length."""
    first: dict[tuple[str, float], int] = {}
    for n in range(50):
        text = SENTENCES[n % len(SENTENCES)]
        anger = (0.0, 50.0, 100.0, 20.0)[n % 4]
        clip = voice.render(text, anger)
        expected = first.setdefault((text, anger), len(clip.samples))
        assert len(clip.samples) == pytest.approx(expected, rel=0.01), (n, text, anger)
    assert len(first) == 12
    for text in SENTENCES:
        lengths = [first[text, anger] for anger in (0.0, 20.0, 50.0, 100.0)]
        assert lengths == sorted(lengths, reverse=True)


def test_several_sentences_are_spoken_with_pauses_between(voice):
    apart = [voice.render(sentence, 0.0).seconds for sentence in SENTENCES[:2]]
    together = voice.render(" ".join(SENTENCES[:2]), 0.0).seconds
    assert together == pytest.approx(sum(apart) + 0.34, abs=0.02)


@pytest.mark.parametrize("text", ["", "   ", "…", "?!", "\x00\x07", "—"])
def test_what_cannot_be_pronounced_is_no_sound_and_no_error(voice, text):
    assert len(voice.render(text, 50.0).samples) == 0


@pytest.mark.parametrize(
    "text", ["Café — naïve?", "£42.50 at 7:30 pm!", "[[x]] <b>hi</b> ${HOME}", "a" * 300, "你好 hello"]
)
def test_odd_text_is_spoken_somehow(voice, text):
    assert voice.render(text, 50.0).seconds > 0.2


def test_nothing_is_printed(voice, capfd):
    voice.render(SENTENCES[0], 10.0)
    assert capfd.readouterr() == ("", "")


def test_customers_differ_in_pitch_as_their_names_say():
    order = ("older_man", "man", "young_man", "older_woman", "woman", "young_woman")
    assert sorted(order) == sorted(VOICES)
    heard = []
    for name in order:
        chosen = choose("hibari", name)
        pitches = [prosody(chosen.render(sentence, 0.0)).pitch_hz or 0.0 for sentence in SENTENCES]
        heard.append(float(np.median(pitches)))
    assert all(higher > 1.08 * lower for lower, higher in pairwise(heard)), dict(zip(order, heard, strict=True))


# --- choosing -----------------------------------------------------------------------------------------------------


def test_unknown_names_are_answered_with_those_there_are():
    with pytest.raises(VoiceProblem, match=r"auto, hibari or pyttsx3"):
        choose("festival")
    with pytest.raises(VoiceProblem, match=r"young_woman"):
        choose("auto", "robot")


def test_without_the_neural_voice_pyttsx3_speaks_and_says_why(monkeypatch):
    monkeypatch.setitem(sys.modules, "hibari", None)
    monkeypatch.setattr(hibari, "_load", hibari._load.__wrapped__)  # another test may have loaded it for good
    with pytest.raises(VoiceProblem, match="hibari-tts"):
        choose("hibari")
    chosen = choose("auto", "man")
    try:
        assert chosen.name == "pyttsx3"
        assert "neural voice cannot be loaded" in chosen.reason
        assert chosen.render("Hello.", 0.0).seconds > 0.2
    finally:
        chosen.close()


def test_auto_is_the_neural_voice():
    chosen = choose("auto")
    assert (chosen.name, chosen.reason) == ("hibari", "")


def test_a_word_that_is_bleeped_is_a_tone_between_the_others():
    voice = choose("auto", "man")
    said = voice.render("You **** amateurs.", 50.0)
    size = len(said.samples) // 20
    tonal = [
        spectrum.argmax() * said.rate / size
        for start in range(0, len(said.samples) - size, size)
        if (spectrum := np.abs(np.fft.rfft(said.samples[start : start + size]))).max() > 0.6 * np.linalg.norm(spectrum)
    ]
    assert sum(abs(pitch_hz - BLEEP_HZ) < 60 for pitch_hz in tonal) >= 3
    assert said.seconds > voice.render("You amateurs.", 50.0).seconds
    voice.close()
