"""A call whose recogniser is slow: the trainee is told to type, and is taken at their word once."""

import asyncio
import threading

import pytest

from dialogue import journal
from dialogue.events import AudioProblem, Event, Reply, Utterance
from dialogue.persona import load
from dialogue.session import Session
from tests.ui.driven import until
from tests.voice.scripted import PATIENCE_SECONDS, LevelVad, ScriptedRecognizer, noise
from ui.calls import switchboard
from ui.calls.driver import Call
from ui.runtime.settings import Settings
from voice import lasting_ear
from voice.clock import CallClock
from voice.devices.scripted import ScriptedMicrophone
from voice.lasting_ear import LastingEar

PLAN = "I am sending a new bookcase today, you will have it tomorrow."


@pytest.mark.parametrize("types", [True, False])
async def test_what_is_typed_while_hearing_is_slow_counts_once(types: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    microphone, clock = ScriptedMicrophone(real_time=True), CallClock()
    recognizer = ScriptedRecognizer([PLAN], on_decode=lambda: (answers.wait(PATIENCE_SECONDS), None)[1])

    def open_ear(settings, clock, emit, guess, *others):  # type: ignore[no-untyped-def]
        return LastingEar(lambda: microphone, LevelVad(), recognizer, clock, emit, guess), recognizer

    monkeypatch.setattr(lasting_ear, "SLOW_SECONDS", 0.3)
    monkeypatch.setattr(switchboard, "open_ear", open_ear)
    pack, settings, events = load("flatpack-bookcase"), Settings.model_construct(), list[Event]()
    started = switchboard.started_event(pack, settings, switchboard.Wishes(seed=3), {})
    call = Call(pack, Session(pack), started, clock=clock, sinks=[events.append])
    switchboard._add_ear(call, clock, settings, None, lambda block: None, None)
    running = asyncio.create_task(call.run())
    microphone.speak(noise(0.6))
    await until(lambda: any(isinstance(event, AudioProblem) and event.text == lasting_ear.SLOW for event in events))
    if types:
        call.say(PLAN)
        await until(lambda: any(isinstance(event, Reply) for event in events))
    answers.set()
    await until(lambda: any(isinstance(event, Utterance) and event.source == "voice" for event in events))
    call.act("hang_up")
    await asyncio.wait_for(running, PATIENCE_SECONDS)
    turns = [(event.source, event.text) for event in events if isinstance(event, Utterance)]
    assert turns == ([("keyboard", PLAN), ("voice", "")] if types else [("voice", PLAN)])
    assert journal.replay([journal.encode(event) for event in events]) is None
