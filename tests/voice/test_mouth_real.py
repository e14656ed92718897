"""The mouth with the real voice, and the real recogniser listening at the headphones."""

import threading

import numpy as np
import pytest
import soxr

from dialogue.events import Delivery, PlaybackFinished, PlaybackStarted, Reply, WorldEvent
from tests.voice.mouth_stage import BLOCK, wait_for
from voice import recognition
from voice.audio import SAMPLE_RATE
from voice.fakes import ScriptedSpeaker
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


@pytest.mark.parametrize("engine", ["hibari", "pyttsx3"])
@pytest.mark.parametrize("seconds", [2.0, 3.4])
def test_what_the_mouth_says_was_heard_is_what_sounded(engine, seconds, recognizer):
    events: list[WorldEvent] = []
    now = 0.0
    headphones = ScriptedSpeaker()
    threads = set(threading.enumerate())
    mouth = Mouth(choose(engine, "woman"), headphones, lambda: now, events.append)
    mouth.say(Reply(0.0, 1, LINE, Delivery(35.0, "Look,")))
    while now < seconds:
        wait_for(lambda: mouth.settled)
        now += BLOCK
        headphones.move_on(until_looked_at=True)
    mouth.stop()
    wait_for(lambda: mouth.settled)
    headphones.move_on(until_looked_at=False)
    mouth.close()
    assert set(threading.enumerate()) <= threads

    started, finished = events
    assert isinstance(started, PlaybackStarted)
    assert isinstance(finished, PlaybackFinished)
    assert finished.interrupted
    assert finished.heard_seconds == pytest.approx(seconds, abs=2 * BLOCK)
    said = finished.heard_text.split()
    sound = soxr.resample(headphones.kept(), headphones.rate, SAMPLE_RATE).astype(np.float32)
    recognizer.begin(0.0)
    recognizer.accept(sound)
    words = recognizer.finish().text.split()
    # Recognition itself splits and invents a word or two of espeak's speech, differently from run to run.
    assert abs(len(said) - len(words)) <= 3, (said, words)
    assert LINE.startswith(finished.heard_text)
