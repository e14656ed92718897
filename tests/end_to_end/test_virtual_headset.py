"""Both directions of a call through real devices made of software, with the real recogniser and the real voice."""

import threading

import pytest

from dialogue.events import Delivery, PlaybackFinished, Reply, Utterance, WorldEvent
from testing.virtual_headset import RATE, VirtualHeadset
from voice import recognition, synthesis
from voice.audio import SAMPLE_RATE
from voice.clock import CallClock
from voice.devices.microphone import DeviceMicrophone
from voice.devices.resampling import resample
from voice.devices.speaker import DeviceSpeaker
from voice.ear import Ear
from voice.hearing.vad import SileroVad
from voice.mouth import Mouth
from voice.recordings.transcription import hear

pytestmark = pytest.mark.real

TRAINEE = "I am sorry about the broken shelf. I will send a new one tomorrow."
CUSTOMER = "I have been waiting for three weeks and nobody has called me back."


def shared_words(said: str, heard: str) -> float:
    """Share of the said words that were heard, in any order."""
    wanted, found = ({word.strip(".,?!").lower() for word in text.split()} for text in (said, heard))
    return len(wanted & found) / len(wanted)


def test_the_trainee_is_understood_and_the_customer_answers(headset: VirtualHeadset) -> None:
    recognizer = recognition.choose("whisper")
    recognizer.warm_up()
    trainee = synthesis.choose("hibari", "woman")
    spoken = trainee.render(TRAINEE, anger=0.0)
    trainee.close()

    events: list[WorldEvent] = []
    understood, answered = threading.Event(), threading.Event()
    listening = headset.listen()
    clock = CallClock()
    ear: Ear

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance) and event.text.rstrip(".").endswith("tomorrow"):
            mouth.say(Reply(event.t, 1, CUSTOMER, Delivery(anger=30.0)))
            understood.set()
        if isinstance(event, PlaybackFinished):
            answered.set()

    ear = Ear(DeviceMicrophone(), SileroVad(), recognizer, clock, emit)
    voice = synthesis.choose("hibari", "man")
    mouth = Mouth(voice, DeviceSpeaker(), clock.now, emit, on_speaking=ear.customer_speaking)
    ear.start()
    try:
        headset.say(resample(spoken.samples, spoken.rate, RATE), RATE)
        assert understood.wait(90), events
        assert answered.wait(90), events
    finally:
        mouth.close()
        assert ear.stop()
        heard = listening.stop()

    turns = [event for event in events if isinstance(event, Utterance)]
    assert shared_words(TRAINEE, " ".join(turn.text for turn in turns)) > 0.85
    assert all(turn.prosody and turn.words for turn in turns)
    [finished] = [event for event in events if isinstance(event, PlaybackFinished)]
    assert (finished.heard_text, finished.interrupted) == (CUSTOMER, False)
    captured = hear(resample(heard, RATE, SAMPLE_RATE), recognizer)
    recognizer.close()
    assert shared_words(CUSTOMER, " ".join(turn.text for turn in captured)) > 0.85
