"""Hearing that fails, is slow or hangs: the trainee is told, types, and is heard again by the same recogniser."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from dialogue.events import Partial, SpeechStarted, Utterance
from tests.voice.scripted import PATIENCE_SECONDS, LevelVad, Listener, ScriptedRecognizer, noise
from voice import lasting_ear
from voice.audio import AudioFrame
from voice.clock import CallClock
from voice.devices import portaudio, retrying
from voice.devices.microphone import DeviceMicrophone
from voice.devices.scripted import ScriptedMicrophone
from voice.devices.watchdog import Watchdog
from voice.hearing.vad import SileroVad
from voice.lasting_ear import LastingEar
from voice.ports import VoiceProblem


class Mortal(ScriptedMicrophone):
    """Its device may be made to die."""

    def __init__(self) -> None:
        super().__init__(real_time=True)
        self.dead = False

    def __iter__(self) -> Iterator[AudioFrame]:
        yield from super().__iter__()
        if self.dead:
            raise VoiceProblem("The microphone has gone silent.")

    def _next(self) -> AudioFrame | None:
        return None if self.dead else super()._next()


class Desk(Listener):
    """An ear in real time whose recogniser does what `decode` does, and then hears "Hello."."""

    def __init__(self) -> None:
        super().__init__()
        self.decode: Callable[[], None] = lambda: None
        self.microphones: list[Mortal] = []
        self.recognizer = ScriptedRecognizer(["Hello."], on_decode=lambda: self.decode())
        self.clock = CallClock()
        self.ear = LastingEar(self._open, LevelVad(), self.recognizer, self.clock, self.emit)
        self.ear.start()

    def _open(self) -> "Mortal":
        self.microphones.append(Mortal())
        return self.microphones[-1]

    def speak(self) -> None:
        self.microphones[-1].speak(noise(0.4))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(lasting_ear, "SLOW_SECONDS", 0.5)
    desk = Desk()
    yield desk
    desk.ear.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recogniser that does not answer is soon done without."""
    monkeypatch.setattr(lasting_ear, "HUNG_SECONDS", 1.5)


def lost_turns(desk: Desk) -> list[str]:
    """What was said of them; a busy machine may be slow beside."""
    return [text for text in desk.problems("dropped") if text != lasting_ear.SLOW]


def fails() -> None:
    raise RuntimeError("model fell over")


def test_a_failed_turn_is_asked_for_again_and_three_close_the_ear_until_it_works(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decode = fails
    tried = threading.Semaphore(0)

    def warm_up() -> None:
        tried.release()
        fails()

    monkeypatch.setattr(desk.recognizer, "warm_up", warm_up)
    for n in range(1, 4):
        desk.speak()
        desk.until(lambda n=n: len(desk.said) == n)  # type: ignore[misc]
    assert desk.said == ["", "", ""]
    assert all("say it again: model fell over" in text for text in lost_turns(desk))
    for _ in range(3):
        assert tried.acquire(timeout=PATIENCE_SECONDS)
    assert "3 times in a row" in desk.problems("lost")[0]
    assert desk.problems("recovered") == []
    monkeypatch.setattr(desk.recognizer, "warm_up", lambda: None)
    desk.decode = lambda: None
    desk.until(lambda: desk.problems("recovered"))
    desk.speak()
    desk.until(lambda: desk.said == ["", "", "", "Hello."])


@pytest.mark.usefixtures("impatient")
def test_a_recogniser_that_hangs_is_told_of_then_done_without_and_used_again_when_it_answers(desk: Desk) -> None:
    hangs = threading.Event()
    desk.decode = lambda: (hangs.wait(PATIENCE_SECONDS), None)[1]
    desk.speak()
    desk.until(lambda: desk.problems("dropped") == [lasting_ear.SLOW])
    desk.until(lambda: desk.problems("lost") == [lasting_ear.HUNG])
    assert not desk.ear.listening
    assert desk.said == [""]  # nobody waits for the end of that turn
    desk.decode = lambda: None
    hangs.set()
    desk.until(lambda: desk.problems("recovered"))
    assert desk.said == [""]  # what came too late is not said twice
    desk.speak()
    desk.until(lambda: desk.said == ["", "Hello."])
    assert sum(isinstance(event, SpeechStarted) for event in desk.events) == 2


def test_a_turn_typed_while_recognition_is_slow_is_not_heard_as_well(desk: Desk) -> None:
    answers = threading.Event()
    desk.decode = lambda: (answers.wait(PATIENCE_SECONDS), None)[1]
    desk.ear.typed()  # nobody is speaking: it changes nothing
    desk.speak()
    desk.until(lambda: desk.problems("dropped") == [lasting_ear.SLOW])
    desk.ear.typed()
    answers.set()
    desk.until(lambda: desk.said == [""])
    assert not any(isinstance(event, Partial) for event in desk.events)
    desk.speak()
    desk.until(lambda: desk.said == ["", "Hello."])
    assert any(isinstance(event, Partial) for event in desk.events)


def test_a_question_that_is_not_answered_is_slow_however_often_more_is_asked(desk: Desk) -> None:
    """Who goes on after each pause asks anew at each of them."""
    answers = threading.Event()
    desk.decode = lambda: (answers.wait(PATIENCE_SECONDS), None)[1]
    for _ in range(8):
        desk.microphones[-1].speak(noise(0.2), after_seconds=0.25)
    desk.until(lambda: desk.problems("dropped") == [lasting_ear.SLOW])
    assert desk.microphones[-1].busy  # they are still speaking
    answers.set()
    desk.until(lambda: desk.said == ["Hello."])


@pytest.mark.usefixtures("impatient")
def test_a_microphone_that_dies_while_the_recogniser_hangs_leaves_nobody_without_a_word(desk: Desk) -> None:
    """The ear waits for the last turn's words, and a clock that counts samples stands still."""
    hangs = threading.Event()
    desk.decode = lambda: (hangs.wait(PATIENCE_SECONDS), None)[1]
    desk.speak()
    desk.until(lambda: desk.problems("dropped") == [lasting_ear.SLOW])
    desk.microphones[-1].dead = True
    desk.until(lambda: desk.problems("lost") == [lasting_ear.HUNG])
    assert desk.said == [""]
    desk.decode = lambda: None
    hangs.set()
    desk.until(lambda: desk.problems("recovered"))
    desk.speak()
    desk.until(lambda: desk.said == ["", "Hello."])


@pytest.mark.usefixtures("impatient")
def test_time_goes_on_while_the_ears_thread_itself_waits_for_a_recogniser_that_hangs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its microphone is closed by then, and what is typed is answered in call time."""
    hangs = threading.Event()
    finish = desk.recognizer.finish
    monkeypatch.setattr(desk.recognizer, "finish", lambda end: (hangs.wait(), finish(end))[1])
    try:
        desk.speak()
        desk.until(lambda: desk.problems("lost") == [lasting_ear.HUNG])
        desk.until(lambda: not desk.clock.following)
    finally:
        hangs.set()
    desk.until(lambda: desk.problems("recovered"))


def test_an_ear_that_dies_in_the_middle_of_a_turn_says_so_at_once_ends_it_and_listens_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls_over(samples: object) -> None:
        raise ZeroDivisionError("no pitch")

    with monkeypatch.context() as patched:
        patched.setattr("voice.prosody.measure", falls_over)
        desk.speak()
        desk.until(lambda: desk.problems("lost"))
    assert "(ZeroDivisionError: no pitch): type what you say" in desk.problems("lost")[0]
    turns = [event for event in desk.events if isinstance(event, (SpeechStarted, Utterance))]
    assert [type(event) for event in turns] == [SpeechStarted, Utterance]  # who began has ended: nobody waits for them
    assert desk.said == [""]
    desk.until(lambda: desk.problems("recovered"))
    desk.speak()
    desk.until(lambda: desk.said == ["", "Hello."])


def panics() -> None:
    raise SystemExit("thread panicked")


def test_what_is_no_exception_costs_a_turn_too_and_not_the_recognisers_thread(desk: Desk) -> None:
    """A panic in the tokenizers' Rust is a BaseException; a thread that ends of one would never answer again."""
    desk.decode = panics
    desk.speak()
    desk.until(lambda: desk.said == [""])
    desk.until(lambda: lost_turns(desk))
    assert "say it again: thread panicked" in lost_turns(desk)[0]
    desk.decode = lambda: None
    desk.speak()
    desk.until(lambda: desk.said == ["", "Hello."])
    assert desk.problems("lost") == []


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> Iterator[DeviceMicrophone]:
    """A real one, whose callback the test calls; its queue is short."""
    monkeypatch.setattr("voice.devices.microphone.QUEUE_SECONDS", 0.2)
    monkeypatch.setattr(portaudio, "open_stream", lambda *given: given[3](16_000, 1))
    monkeypatch.setattr(portaudio, "close_stream", lambda stream: None)
    monkeypatch.setattr(Watchdog, "alive", lambda watchdog: True)
    microphone = DeviceMicrophone()
    yield microphone
    microphone.close()


def test_sound_that_finds_no_room_is_told_of_and_time_goes_on(microphone: DeviceMicrophone) -> None:
    block = noise(0.02).tobytes()
    for _ in range(50):
        microphone._callback(block, 320, None, None)
    frames = iter(microphone)
    taken = [next(frames).index for _ in range(10)]
    assert microphone.dropped_samples == 40 * 320
    microphone._callback(block, 320, None, None)
    assert taken == list(range(0, 3_200, 320))
    assert next(frames).index == 50 * 320


def test_a_driver_that_delivers_no_numbers_does_not_make_the_detector_deaf_for_good(
    microphone: DeviceMicrophone,
) -> None:
    """One NaN in a chunk would stay in the detector's memory."""
    vad = SileroVad()
    microphone._callback(np.array([np.nan, np.inf, -np.inf, 9e30] * 80, np.float32).tobytes(), 320, None, None)
    microphone._callback(noise(0.02).tobytes(), 320, None, None)
    frames = iter(microphone)
    sound = np.concatenate([next(frames).samples, next(frames).samples])
    assert np.isfinite(vad.probability(sound[:512]))
