"""What is being mended, or given back, fails once more meanwhile: microphone, headphones, voice, and the call itself.

No real time passes, and nothing real is opened: PortAudio is played by one that ends a stream aloud, as it does.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest

from dialogue.events import PlaybackFinished
from tests.ui.driven import Ear, Mouth, text_call, until
from tests.voice.mouth_stage import Stage, reply, wait_for
from tests.voice.scripted import LevelVad, ScriptedRecognizer
from voice.audio import AudioFrame
from voice.clock import CallClock
from voice.devices import microphone as device_microphone
from voice.devices import portaudio, retrying, watchdog
from voice.devices.lasting_speaker import LastingSpeaker
from voice.devices.microphone import DeviceMicrophone
from voice.devices.scripted import ScriptedMicrophone
from voice.devices.speaker import DeviceSpeaker
from voice.lasting_ear import LastingEar
from voice.ports import VoiceProblem

Ended = Callable[[], None]


class Gone(ScriptedMicrophone):
    """A microphone that is lost at once."""

    def __init__(self) -> None:
        super().__init__(real_time=True)

    def __iter__(self) -> Iterator[AudioFrame]:
        raise VoiceProblem("The microphone has gone silent.")


class Sound:
    """A sound system whose devices stream, or open and give no sound."""

    def __init__(self, again: Exception | None) -> None:
        self.again = again
        """What opening raises."""
        self.suspended = False
        self.asked = self.open = self.retrying = 0
        self.ended: Ended = lambda: None
        """Of the newest stream: PortAudio itself ends it."""
        self.beat = True

    def open_stream(
        self, direction: str, device: object, rate: object, wire: Callable[..., None], ended: Ended
    ) -> Ended:
        self.asked += 1
        names = [thread.name for thread in threading.enumerate()]
        self.retrying = max(self.retrying, names.count("headphones retry"), names.count("microphone retry"))
        if self.asked in (2, 3) and self.again:
            raise self.again
        wire(16_000, 1)
        self.beat = not self.suspended or self.asked > 6
        self.open += 1
        self.ended = ended
        return ended

    def close_stream(self, ended: Ended) -> None:
        self.open -= 1
        ended()  # as PortAudio does


@pytest.fixture(params=[None, VoiceProblem("There is no headset."), ValueError("odd driver")], ids=str)
def again(request: pytest.FixtureRequest) -> Exception | None:
    """What happens at the next attempts: nothing is raised, but the device is suspended; or this."""
    fault: Exception | None = request.param
    return fault


@pytest.fixture
def sound(again: Exception | None, monkeypatch: pytest.MonkeyPatch) -> Sound:
    sound = Sound(again)
    monkeypatch.setattr(portaudio, "open_stream", sound.open_stream)
    monkeypatch.setattr(portaudio, "close_stream", sound.close_stream)
    monkeypatch.setattr(watchdog.Watchdog, "alive", lambda dog: sound.beat)
    monkeypatch.setattr(watchdog, "LOST_SECONDS", 1e9)
    monkeypatch.setattr(device_microphone, "TICK_SECONDS", 0.001)
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.0)
    return sound


def headphones(sound: Sound) -> tuple[Callable[[], bool], Callable[[], None]]:
    speaker = LastingSpeaker(lambda lost: DeviceSpeaker(lost=lost))
    return lambda: not speaker.problem, speaker.close


def microphone(sound: Sound) -> tuple[Callable[[], bool], Callable[[], None]]:
    ear = LastingEar(DeviceMicrophone, LevelVad(), ScriptedRecognizer(), CallClock(), lambda event: None)
    ear.start()
    return lambda: ear.listening, ear.stop


@pytest.mark.parametrize("part", [headphones, microphone])
def test_a_device_that_fails_again_while_it_is_opened_is_opened_at_last_and_once(
    part: Callable[[Sound], tuple[Callable[[], bool], Callable[[], None]]],
    again: Exception | None,
    sound: Sound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    works, close = part(sound)
    sound.suspended = again is None
    sound.ended()
    wait_for(lambda: works() and sound.asked > 1)
    assert sound.retrying == 1
    assert sound.asked == (7 if again is None else 4)
    assert sound.open == 1
    assert len(caplog.records) == isinstance(again, ValueError)
    close()
    assert sound.open == 0
    wait_for(lambda: not any("retry" in thread.name for thread in threading.enumerate()))


class Headphones:
    """Of which only the loss matters."""

    rate = 16_000

    def __init__(self, problem: str = "") -> None:
        self.problem = problem
        self.closed = 0

    def played_samples(self) -> int:
        return 0

    def close(self) -> None:
        self.closed += 1
        if self.closed == 1:
            raise OSError("the device is gone")  # as an odd driver may


def test_headphones_lost_before_they_take_their_place_are_tried_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.0)
    good, dead, better = all_of_them = Headphones(), Headphones("gone again"), Headphones()
    waiting = list(all_of_them)

    def opened(lost: Callable[[str], None]) -> Headphones:
        new = waiting.pop(0)
        if new.problem:
            lost(new.problem)
        return new

    speaker = LastingSpeaker(opened)  # type: ignore[arg-type]
    speaker._lost("gone")
    wait_for(lambda: not waiting and not speaker.problem)
    assert (good.closed, dead.closed, better.closed) == (1, 1, 0)
    assert speaker._speaker is better


@pytest.mark.parametrize("alive", [True, False])
def test_a_recogniser_that_is_being_tried_when_all_is_over_is_handed_to_nobody_else(
    alive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.0)
    trying, tried = threading.Event(), threading.Event()
    recognizer = ScriptedRecognizer()

    def warm_up() -> None:
        trying.set()
        tried.wait(20)

    monkeypatch.setattr(recognizer, "warm_up", warm_up)
    done: list[bool] = []
    ear = LastingEar(Gone, LevelVad(), recognizer, CallClock(), lambda event: None, on_done=lambda: done.append(True))
    ear.start()
    assert trying.wait(20)
    if not alive:
        ear._over.set()
        tried.set()
        wait_for(lambda: not any(thread.is_alive() for thread in ear._threads))
    ear.stop()
    assert done == ([] if alive else [True])
    tried.set()


@pytest.mark.parametrize("fault", [None, RuntimeError("the engine fell over")], ids=str)
def test_a_mouth_closed_with_lines_waiting_has_not_said_them_and_is_no_broken_voice(fault: Exception | None) -> None:
    stage = Stage()
    stage.voice.held_back = lambda text: True
    stage.voice.let_through.clear()
    for n in (1, 2, 3):
        stage.mouth.say(reply(f"Line {n}.", n))
    wait_for(lambda: bool(stage.voice.asked))
    closed = stage.voice.close

    def close() -> None:
        closed()
        if fault:
            raise fault

    stage.voice.close = close  # type: ignore[method-assign]
    with pytest.raises(RuntimeError) if fault else nullcontext():
        stage.mouth.close()
    told = [
        (each.reply, each.heard_text, each.interrupted) for each in stage.events if isinstance(each, PlaybackFinished)
    ]
    assert told == [(n, "", True) for n in (1, 2, 3)]
    assert stage.problems() == []
    assert stage.voice.asked == ["Line 1."]
    assert stage.headphones.closed == 1


@pytest.mark.parametrize("how", ["cancelled again", "the microphone cannot be given back"])
async def test_a_call_broken_off_gives_the_headphones_back_whatever_comes_next(how: str) -> None:
    stopping, stopped, closed = threading.Event(), threading.Event(), threading.Event()

    class Slow(Ear):
        def stop(self) -> None:
            stopping.set()
            stopped.wait(20)
            if how != "cancelled again":
                raise OSError("the device is gone")

    call, events, _ = text_call()
    call.ear, call.mouth = Slow(), Mouth(call)
    call.mouth.close = closed.set  # type: ignore[method-assign]
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    running.cancel()
    await until(stopping.is_set)
    if how == "cancelled again":
        running.cancel()
    else:
        stopped.set()
    with pytest.raises((asyncio.CancelledError, OSError)):
        await running
    stopped.set()
    await until(closed.is_set)
