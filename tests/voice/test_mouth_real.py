"""The mouth with the real voice, and the real recogniser listening at the headphones."""

import threading

import numpy as np
import pytest
import soxr

from dialogue.events import Delivery, PlaybackFinished, PlaybackStarted, Reply, WorldEvent
from tests.voice.mouth_stage import BLOCK, wait_for
from voice import recognition
from voice.audio import SAMPLE_RATE, Samples
from voice.devices.scripted import ScriptedSpeaker
from voice.mouth import Mouth
from voice.ports import Recognizer
from voice.synthesis import choose

pytestmark = pytest.mark.real
LINE = (
    "Look, I paid for next day delivery. The box arrived on Monday with half of the screws missing. Who pays for that?"
)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return recognition.choose("whisper")


def say(engine: str, seconds: float) -> tuple[Samples, list[WorldEvent]]:
    """The line, broken off after so many seconds: what sounded at 16 kHz, and what the mouth reported."""
    events: list[WorldEvent] = []
    now = 0.0
    headphones = ScriptedSpeaker()
    threads = set(threading.enumerate())
    mouth = Mouth(choose(engine, "woman"), headphones, lambda: now, events.append)
    mouth.say(Reply(0.0, 1, LINE, Delivery(35.0, "Look,")))
    while now < seconds and not any(isinstance(event, PlaybackFinished) for event in events):
        wait_for(lambda: mouth.settled)
        now += BLOCK
        headphones.move_on(until_looked_at=True)
    mouth.stop()
    wait_for(lambda: mouth.settled)
    headphones.move_on(until_looked_at=False)
    mouth.close()
    assert set(threading.enumerate()) <= threads
    return soxr.resample(headphones.kept(), headphones.rate, SAMPLE_RATE).astype(np.float32), events


@pytest.mark.parametrize("engine", ["hibari", "pyttsx3"])
def test_what_the_mouth_says_was_heard_is_what_sounded(engine: str, recognizer: Recognizer) -> None:
    """Against the times at which a recogniser hears the words of the whole line; of a part it hears anything."""
    whole, _ = say(engine, 60.0)
    recognizer.begin(0.0)
    recognizer.accept(whole)
    words = recognizer.finish().words
    assert words
    assert abs(len(words) - len(LINE.split())) <= 1
    for seconds in (2.0, 3.4):
        _, (started, finished) = say(engine, seconds)
        assert isinstance(started, PlaybackStarted)
        assert isinstance(finished, PlaybackFinished)
        assert finished.interrupted
        assert finished.heard_seconds == pytest.approx(seconds, abs=2 * BLOCK)
        assert LINE.startswith(finished.heard_text)
        sounded = [word.text for word in words if (word.start + word.end) / 2 < seconds]
        assert abs(len(finished.heard_text.split()) - len(sounded)) <= 1, (finished.heard_text, sounded)
