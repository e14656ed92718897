"""The driver: order, typed turns, lines that are only shown, the end of a call."""

import asyncio

import pytest

from dialogue import journal
from dialogue.events import (
    AudioProblem,
    CallEnded,
    CallStarted,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    SpeechStarted,
    TimePassed,
    Utterance,
    WorldEvent,
)
from dialogue.persona import load
from dialogue.session import Session
from ui.call import Call, spoken_seconds
from ui.settings import Settings
from ui.switchboard import Wishes, started_event


class HandClock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.t = 0.0

    def now(self) -> float:
        return self.t

    def pick_up(self) -> None:
        self.t = 0.0


class Mouth:
    """Speaks as long as it is told to."""

    def __init__(self) -> None:
        self.stops = 0
        self.speaking = False

    def say(self, reply: Reply) -> None:
        """Never sounds."""

    def stop(self) -> None:
        self.stops += 1
        self.speaking = False

    def close(self) -> None:
        self.speaking = False


def text_call() -> tuple[Call, list[Event], HandClock]:
    pack = load("flatpack-bookcase")
    started = started_event(pack, Settings.model_construct(), Wishes(seed=3), {})
    clock = HandClock()
    call = Call(pack, Session(pack), started, clock=clock)
    events: list[Event] = []
    call.sinks.append(events.append)
    return call, events, clock


async def until(condition, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_typed_turn_is_answered_and_the_journal_of_the_call_replays_equal() -> None:
    call, events, clock = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    clock.t = 4.0
    call.say("Good morning, this is Sam, how can I help?")
    await until(lambda: any(isinstance(event, Reply) for event in events))
    clock.t = 9.0
    call.say("I am sorry, that must have been a shock. What happened?")
    await until(lambda: sum(isinstance(event, Reply) for event in events) >= 2)
    call.act("hang_up")
    ended = await asyncio.wait_for(running, 5)
    assert ended.outcome == "abandoned"
    assert isinstance(events[0], CallStarted)
    assert journal.replay([journal.encode(event) for event in events]) is None


async def test_a_typed_turn_lasts_as_long_as_saying_it() -> None:
    call, events, clock = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    clock.t = 10.0
    call.say("one two three four five")
    await until(lambda: any(isinstance(event, Utterance) for event in events))
    [turn] = [event for event in events if isinstance(event, Utterance)]
    assert turn.end - turn.start == pytest.approx(spoken_seconds(turn.text)) == pytest.approx(2.0)
    call.act("hang_up")
    await running


async def test_typing_on_counts_as_having_read_the_customers_line() -> None:
    call, events, clock = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    clock.t = 3.0
    call.say("Hello, this is Sam.")
    await until(lambda: any(isinstance(event, PlaybackStarted) for event in events))
    call.say("And how can I help you?")
    await until(lambda: sum(isinstance(event, Utterance) for event in events) == 2)
    [first_line, *_] = [event for event in events if isinstance(event, Reply)]
    [read] = [event for event in events if isinstance(event, PlaybackFinished)][:1]
    assert (read.heard_text, read.interrupted) == (first_line.text, False)
    second = max(index for index, event in enumerate(events) if isinstance(event, Utterance))
    assert events.index(read) < second
    call.act("hang_up")
    await running


async def test_facts_are_never_older_than_the_one_before() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    late: list[WorldEvent] = [AudioProblem(5.0, "dropped", "x"), SpeechStarted(4.2), AudioProblem(6.0, "dropped", "y")]
    for event in late:
        call.emit(event)
    await until(lambda: sum(isinstance(event, AudioProblem) for event in events) == 2)
    times = [event.t for event in events]
    assert times == sorted(times)
    call.act("hang_up")
    await running


async def test_pokes_that_change_nothing_are_not_journaled() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await asyncio.sleep(0.6)
    assert not any(isinstance(event, TimePassed) for event in events)
    call.act("hang_up")
    await running


@pytest.mark.parametrize("headset", [True, False])
async def test_with_a_headset_the_trainees_voice_silences_the_customer(headset: bool) -> None:
    call, events, _ = text_call()
    mouth = Mouth()
    call.mouth = mouth
    call.barge_in = headset
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    mouth.speaking = True
    call.emit(SpeechStarted(1.0))
    await until(lambda: any(isinstance(event, SpeechStarted) for event in events))
    assert mouth.stops == int(headset)
    mouth.speaking = False
    call.act("hang_up")
    await running


async def test_a_problem_with_the_sound_is_the_status_and_a_fact() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    call.emit(AudioProblem(1.0, "lost", "The microphone has gone silent."))
    await until(lambda: call.status)
    assert call.status == "The microphone has gone silent."
    call.act("hang_up")
    ended = await running
    assert isinstance(ended, CallEnded)


async def test_unmuting_during_a_hold_leaves_the_hold_on() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    states = []
    for action in ("hold", "mute", "unmute", "resume", "mute"):
        call.act(action)
        states.append(call.muted)
    assert states == [True, True, True, False, True]
    call.act("hang_up")
    await running
