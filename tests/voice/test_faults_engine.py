"""The real recogniser, broken inside while a recorded turn is said: the trainee is told, and no other turn is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import personas
from tests.voice.scripted import PATIENCE_SECONDS, Listener
from voice import lasting_ear
from voice.audio import SAMPLE_RATE, Samples
from voice.clock import CallClock
from voice.devices.scripted import ScriptedMicrophone
from voice.hearing.vad import SileroVad
from voice.lasting_ear import LastingEar
from voice.ports import Recognizer
from voice.recognition import choose
from voice.recognition.decoding import WhisperModel
from voice.recordings.reading import read

pytestmark = pytest.mark.real


class Desk(Listener):
    """The ear of a call, but for its microphone."""

    def __init__(self, recognizer: Recognizer) -> None:
        super().__init__()
        self.microphone = ScriptedMicrophone(real_time=True)
        self.ear = LastingEar(lambda: self.microphone, SileroVad(), recognizer, CallClock(), self.emit)
        self.ear.start()

    def speak(self, seconds: float) -> None:
        """The beginning of "Good morning. Thank you for calling..."."""
        sound = read(Path(personas.__path__[0]) / "demo" / "good-1.ogg").samples
        self.microphone.speak(sound[: round(seconds * SAMPLE_RATE)])

    def until_heard(self, turns: int) -> None:
        self.until(lambda: len(self.said) == turns)
        assert self.said[-1].startswith("Good morning")


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    loaded = choose("whisper")
    loaded.warm_up()
    return loaded


@pytest.fixture
def desk(recognizer: Recognizer) -> Iterator[Desk]:
    desk = Desk(recognizer)
    yield desk
    desk.ear.stop()


def test_an_engine_that_hangs_is_told_of_while_the_turn_goes_on_which_is_heard_whole_when_it_answers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode, answers = WhisperModel._encode, threading.Event()

    def hangs(model: WhisperModel, samples: Samples, least_seconds: float) -> object:
        answers.wait(PATIENCE_SECONDS)
        return encode(model, samples, least_seconds)

    monkeypatch.setattr(WhisperModel, "_encode", hangs)
    desk.speak(5.0)
    desk.until(lambda: desk.problems("dropped") == [lasting_ear.SLOW])
    assert desk.microphone.busy  # of the 5 s 2.5 have passed where nothing else runs
    monkeypatch.setattr(WhisperModel, "_encode", encode)
    answers.set()
    desk.until_heard(1)
    assert desk.problems("lost") == []


def test_an_engine_that_fails_once_in_the_middle_of_a_turn_costs_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode, failed = WhisperModel._encode, threading.Event()

    def fails_once(model: WhisperModel, samples: Samples, least_seconds: float) -> object:
        if len(samples) > 2.0 * SAMPLE_RATE and not failed.is_set():
            failed.set()
            raise RuntimeError("out of memory")
        return encode(model, samples, least_seconds)

    monkeypatch.setattr(WhisperModel, "_encode", fails_once)
    desk.speak(5.0)
    desk.until_heard(1)
    assert failed.is_set()
    assert len(desk.said[0].split()) > 8  # what was said before is heard as well as what was said since
    assert {*desk.problems("dropped"), *desk.problems("lost")} <= {lasting_ear.SLOW}  # which a busy machine may be


def test_an_engine_that_fails_in_the_middle_of_a_turn_says_so_at_once_and_hears_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> object:
        raise RuntimeError("out of memory")

    with monkeypatch.context() as broken:
        broken.setattr(WhisperModel, "_encode", fails)
        desk.speak(5.0)
        desk.until(lambda: desk.problems("dropped"))
        assert desk.microphone.busy
        desk.until(lambda: desk.said == [""])
    assert desk.problems("dropped") == ["That turn was lost, please say it again: out of memory"]
    desk.speak(1.5)
    desk.until_heard(2)
    assert desk.problems("lost") == []


def test_an_engine_that_panics_costs_that_turn_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the tokenizers' Rust does: what it raises is no Exception."""

    def panics(*arguments: object) -> object:
        raise SystemExit("thread panicked")

    with monkeypatch.context() as broken:
        broken.setattr(WhisperModel, "_encode", panics)
        desk.speak(1.5)
        desk.until(lambda: desk.said == [""])
    desk.until(lambda: desk.problems("dropped") == ["That turn was lost, please say it again: thread panicked"])
    desk.speak(1.5)
    desk.until_heard(2)
    assert desk.problems("lost") == []
