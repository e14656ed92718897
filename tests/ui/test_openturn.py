"""A turn that goes on after a pause is one turn: for the session, the journal and the screens.

Whatever the customer said in between.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio

from dialogue import journal
from dialogue.events import (
    Appraisal,
    Event,
    Partial,
    PlaybackFinished,
    PlaybackStarted,
    Prosody,
    Reply,
    SpeechStarted,
    TraineeAction,
    Utterance,
    Word,
)
from tests.ui.test_call import HandClock, Mouth, text_call, until
from ui.call import Call
from ui.openturn import OPEN_SECONDS, joined

FIRST = "I am sorry that the bookcase"
REST = "came with the wrong screws."


@dataclass
class Stage:
    call: Call
    told: list[Event]
    clock: HandClock
    mouth: Mouth

    def kinds(self) -> list[str]:
        return [event.type for event in self.told]

    def turns(self) -> list[Utterance]:
        return [event for event in self.told if isinstance(event, Utterance)]

    async def speak(self, text: str, begin: float, end: float, heard: float) -> None:
        """From `begin` to `end`, recognised at `heard`."""
        self.call.emit(SpeechStarted(begin))
        self.clock.t = heard
        self.call.emit(Utterance(heard, begin, end, text, "voice", confidence=0.9))
        await self.call.answered()
        await asyncio.sleep(0.02)


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    call, told, clock = text_call()
    call.mouth = mouth = Mouth(call)
    call.merges = True
    running = asyncio.create_task(call.run())
    await until(lambda: told)
    yield Stage(call, told, clock, mouth)
    call.act("hang_up")
    await asyncio.wait_for(running, 5)
    assert journal.replay([journal.encode(event) for event in told]) is None


async def test_who_goes_on_over_the_customers_first_word_has_said_one_turn(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    assert stage.mouth.lines
    stage.mouth.begin()
    await stage.call.answered()
    assert "utterance" not in stage.kinds()
    await stage.speak(REST, 3.8, 5.0, 5.4)
    assert stage.mouth.stops == 1
    stage.clock.t = 5.0 + OPEN_SECONDS + 0.1
    await until(lambda: stage.turns())
    [turn] = stage.turns()
    assert (turn.text, turn.start, turn.end) == (f"{FIRST} {REST}", 1.0, 5.0)
    assert turn.overlap_seconds == 0.0
    assert stage.kinds().count("speech_started") == 1
    assert sum(isinstance(event, Appraisal) for event in stage.told) == 1
    [reply] = [event for event in stage.told if isinstance(event, Reply)]
    assert [line.id for line in stage.mouth.lines] == [reply.id]
    assert not [event for event in stage.told if isinstance(event, (PlaybackStarted, PlaybackFinished))]


async def test_who_stays_silent_is_told_to_all_in_the_order_of_events(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.mouth.begin()
    await stage.call.answered()
    stage.clock.t = 3.0 + OPEN_SECONDS + 0.1
    await until(lambda: "playback_started" in stage.kinds())
    kinds = stage.kinds()
    assert kinds.index("utterance") < kinds.index("reply") < kinds.index("playback_started")


async def test_speech_after_that_time_interrupts_as_ever(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.mouth.begin()
    await stage.call.answered()
    await stage.speak(REST, 3.1 + OPEN_SECONDS, 6.0, 6.4)
    stage.clock.t = 8.0
    await until(lambda: len(stage.turns()) == 2)
    assert [turn.text for turn in stage.turns()] == [FIRST, REST]
    assert "playback_finished" in stage.kinds()


async def test_a_cough_in_the_pause_changes_nothing_but_the_time(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    await stage.speak("", 3.7, 3.9, 4.3)
    stage.clock.t = 6.0
    await until(lambda: stage.turns())
    assert [turn.text for turn in stage.turns()] == [FIRST]
    assert len(stage.mouth.lines) == 1


async def test_partials_of_the_rest_show_the_whole_turn(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.call.emit(SpeechStarted(3.8))
    stage.call.emit(Partial(4.2, "came with"))
    await until(lambda: "partial" in stage.kinds())
    assert [event.text for event in stage.told if isinstance(event, Partial)] == [f"{FIRST} came with"]
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))


async def test_a_key_pressed_in_the_pause_comes_after_the_turn(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.call.act("mute")
    await until(lambda: any(isinstance(event, TraineeAction) for event in stage.told))
    kinds = stage.kinds()
    assert kinds.index("utterance") < kinds.index("reply") < kinds.index("trainee_action")


async def test_a_typed_turn_in_between_comes_after_what_was_said_before_it(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.call.emit(SpeechStarted(3.8))
    await stage.call.answered()
    stage.call.say("May I look that up?")
    await until(lambda: len(stage.turns()) == 2)
    assert [turn.source for turn in stage.turns()] == ["voice", "keyboard"]
    assert stage.turns()[0].text == FIRST
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))


async def test_the_answer_to_a_turn_that_may_be_over_is_made_ready_and_nobody_hears_of_it(stage: Stage) -> None:
    turn = Utterance(3.2, 1.0, 3.0, f"{FIRST} {REST}", "voice", confidence=0.9)
    stage.call.emit(SpeechStarted(1.0))
    stage.clock.t = 3.2
    stage.call.guess(turn)
    await until(lambda: stage.mouth.prepared)
    assert "reply" not in stage.kinds()
    stage.clock.t = 3.4
    stage.call.emit(replace(turn, t=3.4))
    await until(lambda: stage.mouth.lines)
    assert [line.text for line in stage.mouth.prepared] == [line.text for line in stage.mouth.lines]


def test_two_halves_keep_their_words_and_weigh_their_voices_by_length() -> None:
    first = Utterance(
        3.4, 1.0, 3.0, "Hello there", "voice", (Word("Hello", 1, 2, 0.8), Word("there", 2, 3, 0.6)), 0.7,
        Prosody(3.0, -30.0, 100.0, 4.0, 3.0, 0.1, -10.0), 0.2,
    )  # fmt: skip
    second = Utterance(
        5.4, 3.8, 4.8, "friend.", "voice", (Word("friend.", 3.8, 4.8, 1.0),), 1.0,
        Prosody(1.0, -26.0, None, None, 5.0, 0.0, -14.0), 0.5,
    )  # fmt: skip
    whole = joined(first, second)
    assert whole.text == "Hello there friend."
    assert (whole.t, whole.start, whole.end, whole.overlap_seconds) == (5.4, 1.0, 4.8, 0.2)
    assert [word.text for word in whole.words] == ["Hello", "there", "friend."]
    assert whole.confidence == pytest.approx(0.8)
    assert whole.prosody is not None
    assert (whole.prosody.seconds, whole.prosody.loudness_dbfs, whole.prosody.pitch_hz) == (4.0, -29.0, 100.0)
