"""The real engines: hibari's network and espeak-ng in pyttsx3's child process."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
import soxr

from dialogue.events import Delivery, Prosody
from voice import synthesis
from voice.audio import SAMPLE_RATE, AudioClip
from voice.mouth import VOICE_SECONDS
from voice.ports import VoiceProblem
from voice.prosody import measure
from voice.speaking.rendering import Rendering
from voice.synthesis import VOICES, choose, hibari
from voice.synthesis.delivered import BLEEP_HZ, DeliveredVoice
from voice.synthesis.delivery import shape
from voice.synthesis.pieces import Piece
from voice.synthesis.pyttsx3_engine import INSTALL_ESPEAK, Pyttsx3Engine
from voice.synthesis.pyttsx3_worker import EMPTY_AGAIN, Renderer

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


@pytest.fixture
def espeak() -> Iterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine(VOICES["man"])
    yield engine
    engine.close()


def prosody(clip: AudioClip) -> Prosody:
    return measure(soxr.resample(clip.samples, clip.rate, SAMPLE_RATE).astype(np.float32))


def alive(pid: int) -> bool:
    """Runs; a zombie does not."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_speech_is_there_and_begins_and_ends_with_it(voice):
    for sentence in SENTENCES:
        clip = voice.render(sentence, Delivery(30.0))
        assert 1.0 < clip.seconds < 6.0
        loudest = float(np.abs(clip.samples).max())
        edge = int(0.05 * clip.rate)
        assert float(np.abs(clip.samples[:edge]).max()) > loudest / 200
        assert float(np.abs(clip.samples[-2 * edge :]).max()) > loudest / 200


def test_anger_is_louder_higher_wider_faster_and_brighter(voice):
    for sentence in SENTENCES:
        calm, furious = (voice.render(sentence, Delivery(anger)) for anger in (0.0, 100.0))
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
        clip = voice.render(text, Delivery(anger))
        expected = first.setdefault((text, anger), len(clip.samples))
        assert len(clip.samples) == pytest.approx(expected, rel=0.01), (n, text, anger)
    assert len(first) == 12
    for text in SENTENCES:
        lengths = [first[text, anger] for anger in (0.0, 20.0, 50.0, 100.0)]
        assert lengths == sorted(lengths, reverse=True)


def test_several_sentences_are_spoken_with_pauses_between(voice):
    apart = [voice.render(sentence, Delivery(0.0)).seconds for sentence in SENTENCES[:2]]
    together = voice.render(" ".join(SENTENCES[:2]), Delivery(0.0)).seconds
    assert together == pytest.approx(sum(apart) + 0.34, abs=0.02)


@pytest.mark.parametrize("text", ["", "   ", "…", "?!", "\x00\x07", "—"])
def test_what_cannot_be_pronounced_is_no_sound_and_no_error(voice, text):
    assert len(voice.render(text, Delivery(50.0)).samples) == 0


@pytest.mark.parametrize(
    "text", ["Café — naïve?", "£42.50 at 7:30 pm!", "[[x]] <b>hi</b> ${HOME}", "a" * 300, "你好 hello"]
)
def test_odd_text_is_spoken_somehow(voice, text):
    assert voice.render(text, Delivery(50.0)).seconds > 0.2


def test_nothing_is_printed(voice, capfd):
    voice.render(SENTENCES[0], Delivery(10.0))
    assert capfd.readouterr() == ("", "")


def test_customers_differ_in_pitch_as_their_names_say():
    order = ("older_man", "man", "young_man", "older_woman", "woman", "young_woman")
    assert sorted(order) == sorted(VOICES)
    heard = []
    for name in order:
        chosen = choose("hibari", name)
        pitches = [prosody(chosen.render(sentence, Delivery(0.0))).pitch_hz or 0.0 for sentence in SENTENCES]
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
        assert chosen.render("Hello.", Delivery(0.0)).seconds > 0.2
    finally:
        chosen.close()


def test_auto_is_the_neural_voice():
    chosen = choose("auto")
    assert (chosen.name, chosen.reason) == ("hibari", "")


def test_missing_espeak_is_said_with_what_to_install(tmp_path, monkeypatch):
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        pass
    else:
        pytest.skip("this machine has espeak-ng of its own")
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(VoiceProblem) as raised:
        Pyttsx3Engine(VOICES["man"])
    assert str(raised.value) == INSTALL_ESPEAK


# --- the child process --------------------------------------------------------------------------------------------


def test_a_killed_child_is_replaced_before_the_next_render(espeak):
    voice = DeliveredVoice(espeak, VOICES["man"])
    expected = voice.render("Hello there.", Delivery(0.0))
    for _ in range(3):
        os.kill(espeak.pid, signal.SIGKILL)
        again = voice.render("Hello there.", Delivery(0.0))
        assert len(again.samples) == len(expected.samples)


def test_a_child_killed_in_the_middle_of_a_render_is_replaced(espeak):
    voice = DeliveredVoice(espeak, VOICES["man"])
    expected = voice.render(SENTENCES[1], Delivery(0.0))
    first = espeak.pid
    os.kill(first, signal.SIGSTOP)  # so that the render is under way for certain when the child dies
    threading.Timer(0.5, os.kill, (first, signal.SIGKILL)).start()
    again = voice.render(SENTENCES[1], Delivery(0.0))
    assert len(again.samples) == len(expected.samples)
    assert espeak.pid != first


def test_a_child_that_hangs_is_killed_and_replaced(espeak):
    hung = espeak.pid
    os.kill(hung, signal.SIGSTOP)
    assert DeliveredVoice(espeak, VOICES["man"]).render("Hello there.", Delivery(0.0)).seconds > 0.3
    assert not alive(hung)


def stop_the_first_child(monkeypatch):
    """Of those that are started from now on; the list of them all grows."""
    children, popen = [], subprocess.Popen

    def stopped_at_first(*arguments, **more):
        children.append(popen(*arguments, **more))
        if len(children) == 1:
            os.kill(children[0].pid, signal.SIGSTOP)
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", stopped_at_first)
    return children


def test_the_very_first_child_is_replaced_too_where_it_does_not_start(monkeypatch):
    children = stop_the_first_child(monkeypatch)
    engine = Pyttsx3Engine(VOICES["man"])
    assert not alive(children[0].pid)
    assert engine.pid == children[1].pid
    engine.close()


def test_a_child_stopped_while_it_starts_is_replaced_while_its_line_is_still_waited_for(espeak, monkeypatch):
    rendering = Rendering(DeliveredVoice(espeak, VOICES["man"]), 22_050)
    expected = rendering.clip(Piece("Hello there.", 0, 12), 0.0).result()
    children = stop_the_first_child(monkeypatch)
    os.kill(espeak.pid, signal.SIGKILL)
    again = rendering.clip(Piece("Hello here.", 0, 11), 0.0).result(timeout=VOICE_SECONDS)
    assert len(again) == pytest.approx(len(expected), rel=0.2)
    assert len(children) == 2
    assert not alive(children[0].pid)
    rendering.close()


def test_espeak_pauses_no_longer_before_the_and_of_a_number_than_elsewhere(espeak):
    manner = shape(0.0, VOICES["man"])

    def seconds(text: str) -> float:
        return espeak.speak(text, manner).seconds

    assert seconds("six hundred and forty") - seconds("six hundred forty") < 0.3


@pytest.mark.parametrize(("empties", "answer"), [(0, b"x" * 50), (2, b"x" * 50), (9, b"x" * 44)])
def test_a_render_that_comes_out_empty_is_tried_again_but_not_for_ever(empties, answer, monkeypatch):
    worker = Renderer.__new__(Renderer)
    worker.espeak = Mock()
    given = iter([b"x" * 44] * empties + [b"x" * 50])
    monkeypatch.setattr(worker, "rendered", lambda text: next(given))
    assert worker.render("Hm.") == answer
    assert worker.espeak.Synchronize.call_count == min(empties, EMPTY_AGAIN)


def test_closing_ends_a_render_the_child_and_its_folder(espeak):
    child, folder = espeak.pid, Path(espeak._folder.name)
    os.kill(child, signal.SIGSTOP)
    raised: list[BaseException] = []

    def render() -> None:
        try:
            DeliveredVoice(espeak, VOICES["man"]).render("Hello there.", Delivery(0.0))
        except VoiceProblem as problem:
            raised.append(problem)

    thread = threading.Thread(target=render)
    thread.start()
    time.sleep(0.3)
    espeak.close()
    thread.join(timeout=5.0)
    assert not thread.is_alive()
    assert len(raised) == 1
    assert not alive(child)
    assert not folder.exists()
    espeak.close()


@pytest.mark.parametrize("state", ["idle", "stopped"])
def test_no_child_outlives_a_killed_parent_and_no_folder_either(state):
    script = (
        "import os, signal, sys\n"
        "from voice.synthesis.pyttsx3_engine import Pyttsx3Engine\n"
        "from voice.synthesis.voices import VOICES\n"
        "engine = Pyttsx3Engine(VOICES['man'])\n"
        "print(engine.pid, engine._folder.name, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout
    pid, folder = parent.stdout.readline().decode().split()
    child = int(pid)
    assert alive(child)
    assert Path(folder).exists()
    if state == "stopped":
        os.kill(child, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    if state == "stopped":
        os.kill(child, signal.SIGCONT)
    deadline = time.monotonic() + 10.0
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)
    assert not Path(folder).exists()
    parent.stdin.close()
    parent.stdout.close()


def test_a_word_that_is_bleeped_is_a_tone_between_the_others():
    voice = choose("auto", "man")
    said = voice.render("You **** amateurs.", Delivery(50.0))
    size = len(said.samples) // 20
    tonal = [
        spectrum.argmax() * said.rate / size
        for start in range(0, len(said.samples) - size, size)
        if (spectrum := np.abs(np.fft.rfft(said.samples[start : start + size]))).max() > 0.6 * np.linalg.norm(spectrum)
    ]
    assert sum(abs(pitch_hz - BLEEP_HZ) < 60 for pitch_hz in tonal) >= 3
    assert said.seconds > voice.render("You amateurs.", Delivery(50.0)).seconds
    voice.close()
