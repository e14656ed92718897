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
    Scores,
    SessionEvent,
    SpeechStarted,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.session import Session
from tests.ui.driven import PATIENCE_SECONDS, spoken_call, taken, text_call, until
from ui import strings
from ui.calls.call_view import CallView
from ui.calls.text_mouth import spoken_seconds
from ui.calls.text_scoring import TextScoring


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
    ended = await asyncio.wait_for(running, PATIENCE_SECONDS)
    assert ended.outcome == "abandoned"
    assert isinstance(events[0], CallStarted)
    assert journal.replay([journal.encode(event) for event in events]) is None


async def test_a_typed_turn_lasts_as_long_as_saying_it() -> None:
    async with taken() as (call, events, clock):
        clock.t = 10.0
        call.say("one two three four five")
        await until(lambda: any(isinstance(event, Utterance) for event in events))
        [turn] = [event for event in events if isinstance(event, Utterance)]
        assert turn.end - turn.start == pytest.approx(spoken_seconds(turn.text)) == pytest.approx(2.0)


async def test_who_is_muted_says_nothing_by_typing_either() -> None:
    async with taken() as (call, events, clock):
        clock.t = 3.0
        call.act("mute")
        call.say("Hello?")
        call.act("unmute")
        call.say("Good morning.")
        await until(lambda: any(isinstance(event, Utterance) for event in events))
        assert [event.text for event in events if isinstance(event, Utterance)] == ["Good morning."]


async def test_typing_on_counts_as_having_read_the_customers_line() -> None:
    async with taken() as (call, events, clock):
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


async def test_facts_are_never_older_than_the_one_before() -> None:
    async with taken() as (call, events, _):
        late: list[WorldEvent] = [
            AudioProblem(5.0, "dropped", "x"),
            SpeechStarted(4.2),
            AudioProblem(6.0, "dropped", "y"),
        ]
        for event in late:
            call.emit(event)
        await until(lambda: sum(isinstance(event, AudioProblem) for event in events) == 2)
        times = [event.t for event in events]
        assert times == sorted(times)


async def test_pokes_that_change_nothing_are_not_journaled() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await asyncio.sleep(0.6)
    assert not any(isinstance(event, TimePassed) for event in events)
    call.act("hang_up")
    await running


@pytest.mark.parametrize("headset", [True, False])
@pytest.mark.parametrize("sounds", [True, False])
async def test_with_a_headset_the_trainees_voice_stops_a_line_that_sounds_or_is_on_its_way(
    headset: bool, sounds: bool
) -> None:
    async with spoken_call(headset=headset) as (call, events, mouth, _):
        if sounds:
            mouth.begin()
        call.emit(SpeechStarted(1.0))
        await until(lambda: any(isinstance(event, SpeechStarted) for event in events))
        assert mouth.stops == int(headset)
        call.emit(Utterance(2.0, 1.0, 2.0, "", "voice"))


async def test_a_customer_stopped_by_a_cough_says_the_line_after_it() -> None:
    async with spoken_call() as (call, _, mouth, _):
        line = mouth.lines[0].text
        mouth.begin()
        call.emit(SpeechStarted(1.0))
        await until(lambda: mouth.stops)
        call.emit(Utterance(2.0, 1.0, 1.2, "", "voice"))
        await until(lambda: mouth.lines)
        assert mouth.lines[0].act == "resume"
        assert line in mouth.lines[0].text


async def test_a_line_that_was_stopped_before_it_began_is_not_shown_as_said() -> None:
    async with spoken_call() as (call, events, mouth, _):
        line = mouth.lines[0].text
        call.emit(SpeechStarted(1.0))
        await until(lambda: mouth.stops)
        call.emit(Utterance(3.0, 1.0, 2.5, "Sorry, I meant to ask what happened to it.", "voice"))
        await until(lambda: mouth.lines)
        assert not any(shown.text == line for shown in CallView.of(events).lines)


async def test_without_a_headset_the_microphone_is_closed_while_the_customer_speaks() -> None:
    async with spoken_call(headset=False) as (call, _, _, ear):
        call.customer_speaks(True)
        await until(lambda: ear.muted)
        call.act("mute")
        call.act("unmute")
        assert ear.muted
        call.customer_speaks(False)
        await until(lambda: not ear.muted)
        call.act("hold")
        call.customer_speaks(True)
        call.customer_speaks(False)
        await asyncio.sleep(0.5)
        assert ear.muted
        call.act("resume")
        assert not ear.muted


@pytest.mark.parametrize("headset", [True, False])
async def test_the_ear_knows_when_the_customer_speaks(headset: bool) -> None:
    """It measures how long both spoke at once."""
    async with spoken_call(headset=headset) as (call, _, _, ear):
        call.customer_speaks(True)
        call.customer_speaks(False)
        assert ear.told == [True, False]


async def test_a_hold_waits_for_the_turn_that_announces_it() -> None:
    async with spoken_call() as (call, events, mouth, ear):
        mouth.stop()
        call.emit(SpeechStarted(1.0))
        await until(lambda: any(isinstance(event, SpeechStarted) for event in events))
        call.act("hold")
        assert ear.muted
        await asyncio.sleep(0.05)
        assert not any(isinstance(event, TraineeAction) for event in events)
        call.emit(Utterance(3.0, 1.0, 2.5, "May I put you on hold for a minute while I look?", "voice"))
        await until(lambda: any(isinstance(event, TraineeAction) for event in events))
        await until(lambda: not mouth.lines)
        kinds = [type(event) for event in events]
        assert kinds.index(TraineeAction) > len(kinds) - kinds[::-1].index(Utterance) - 1


async def test_a_hold_stops_a_line_on_its_way() -> None:
    async with spoken_call() as (call, _, mouth, _):
        call.act("hold")
        assert mouth.lines == []


async def test_a_call_that_is_broken_off_is_hung_up_in_the_journal() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert isinstance(events[-1], CallEnded)
    assert journal.replay([journal.encode(event) for event in events]) is None


async def test_a_call_that_trouble_breaks_off_is_nobodys_doing() -> None:
    call, events, _ = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    call.emit(object())  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        await running
    assert isinstance(events[-1], CallEnded)
    assert (events[-1].outcome, events[-1].why) == ("stopped", strings.BROKEN_OFF)
    assert journal.replay([journal.encode(event) for event in events]) is None


class Broken(Session):
    """Fails at every turn from a certain one on."""

    def receive(self, event: WorldEvent) -> tuple[SessionEvent, ...]:
        if isinstance(event, Utterance) and event.text.startswith("Break"):
            raise RuntimeError("a fault of ours")
        return super().receive(event)


@pytest.mark.parametrize("fails", ["the session", "the text model"])
async def test_what_is_typed_at_the_moment_of_a_fault_is_in_the_journal(fails: str) -> None:
    call, events, _ = text_call()
    if fails == "the session":
        call._session.session = Broken(call.pack)
    else:
        call._inbox.reading = TextScoring(FailingModel())
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    for text in ("Break it.", "And this was typed at once.", "And this."):
        call.say(text)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        await running
    said = [event.text for event in events if isinstance(event, Utterance)]
    assert said == ["Break it.", "And this was typed at once.", "And this."]
    assert isinstance(events[-1], CallEnded)


class FailingModel:
    def score(self, text: str) -> Scores:
        raise RuntimeError("a fault of ours")


async def test_a_sink_that_fails_keeps_no_fact_from_the_journal() -> None:
    call, events, _ = text_call()

    def fails(event: Event) -> None:
        if isinstance(event, Reply):
            raise BrokenPipeError

    call.sinks.insert(0, fails)
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    call.say("Good morning, this is Sam, how can I help?")
    with pytest.raises(BrokenPipeError):
        await running
    assert any(isinstance(event, Reply) for event in events)
    assert isinstance(events[-1], CallEnded)
    assert journal.replay([journal.encode(event) for event in events]) is None


async def test_unmuting_during_a_hold_leaves_the_hold_on() -> None:
    async with taken() as (call, _, _):
        states = []
        for action in ("hold", "mute", "unmute", "resume", "mute"):
            call.act(action)
            states.append(call.gate.muted)
        assert states == [True, True, True, False, True]
