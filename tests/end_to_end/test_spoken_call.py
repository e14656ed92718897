"""A whole spoken call of the real program through a virtual headset: talk, lose the headset, type, get it back, end."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import personas
from dialogue import journal
from dialogue.events import AudioProblem, CallEnded, PlaybackFinished, SpeechStarted, Utterance
from testing.virtual_headset import RATE, VirtualHeadset
from tests.end_to_end.spoken_call import PATIENCE_SECONDS, SpokenCall
from voice import recognition
from voice.audio import SAMPLE_RATE
from voice.devices.resampling import resample
from voice.recordings.reading import read
from voice.recordings.transcription import hear

pytestmark = pytest.mark.real


@pytest.fixture
def call(headset: VirtualHeadset, tmp_path: Path) -> Iterator[SpokenCall]:
    home = tmp_path / "home"
    home.mkdir()
    running = SpokenCall(headset, home)
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
    running.process.wait()


def say(headset: VirtualHeadset, clip: str) -> None:
    sound = read(Path(personas.__path__[0]) / "demo" / f"{clip}.ogg").samples
    headset.say(resample(sound, SAMPLE_RATE, RATE), RATE)


def shared_words(said: str, heard: str) -> float:
    """Share of the said words that were heard, in any order."""
    wanted, found = ({word.strip(".,?!").lower() for word in text.split()} for text in (said, heard))
    return len(wanted & found) / len(wanted)


def replays_equal(call: SpokenCall) -> bool:
    return journal.replay(call.journal.read_text(encoding="utf-8").splitlines()) is None


def test_a_spoken_call_outlives_the_headset(headset: VirtualHeadset, call: SpokenCall) -> None:
    call.line("Call with Dana")
    listening = headset.listen()
    say(headset, "good-1")
    assert shared_words("Good morning, thank you for calling. My name is Sam.", call.line("You: ")) > 0.7
    answer = call.line("Dana: ").removeprefix("Dana: ")
    call.until(lambda: call.count(PlaybackFinished) >= 1, "the customer's line to end")
    time.sleep(0.5)  # what was queued is still on its way through the sound server
    heard = listening.stop()

    headset.kill()
    call.line("The microphone has gone silent")
    call.enter("I am so sorry, Dana. Please tell me what happened, step by step.")
    call.line("Dana: ")

    headset.start()
    call.line("The microphone is back")
    call.until(lambda: call.count(PlaybackFinished) >= 2, "the customer's line to end")
    say(headset, "good-2")
    assert "sorry" in call.line("You: ")
    call.line("Dana: ")

    call.enter("/hangup")
    assert call.process.wait(PATIENCE_SECONDS) == 0
    assert call.process.stderr
    assert call.process.stderr.read() == ""
    events = call.events()
    assert isinstance(next(event for event in reversed(events) if not isinstance(event, PlaybackFinished)), CallEnded)
    assert {"lost", "recovered"} <= {event.kind for event in events if isinstance(event, AudioProblem)}
    assert [event.source for event in events if isinstance(event, Utterance) and event.text] == [
        "voice",
        "keyboard",
        "voice",
    ]
    assert call.count(SpeechStarted) == sum(isinstance(e, Utterance) and e.source == "voice" for e in events)
    assert replays_equal(call)
    assert call.left_behind() == []

    # Only now: the customer would wait in silence while this machine decodes, and in the end hang up.
    recognizer = recognition.choose("whisper")
    captured = hear(resample(heard, RATE, SAMPLE_RATE), recognizer)
    recognizer.close()
    assert shared_words(answer, " ".join(turn.text for turn in captured)) > 0.7


def test_a_turn_that_was_just_recognised_outlives_the_program(headset: VirtualHeadset, call: SpokenCall) -> None:
    """While the trainee may still go on, nobody has been told of it."""
    call.line("Call with Dana")
    say(headset, "good-1")
    call.until(lambda: '"utterance"' in call.journal.read_text(encoding="utf-8"), "the turn")
    os.killpg(call.process.pid, signal.SIGKILL)
    call.process.wait()
    [turn] = [event for event in call.events() if isinstance(event, Utterance)]
    assert shared_words("Good morning, thank you for calling. My name is Sam.", turn.text) > 0.7
    assert replays_equal(call)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_call_that_is_told_to_stop_hangs_up_properly(call: SpokenCall, ending: signal.Signals) -> None:
    call.line("Call with Dana")
    call.process.send_signal(ending)
    assert call.process.wait(PATIENCE_SECONDS) in (0, 130)
    assert call.count(CallEnded) == 1
    assert replays_equal(call)
    assert call.left_behind() == []
