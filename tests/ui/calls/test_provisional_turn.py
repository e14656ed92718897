"""A turn that goes on after a pause is one turn: for the session, the journal and the screens.

Whatever the customer said in between.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from dialogue.events import (
    Appraisal,
    AudioProblem,
    Partial,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    SpeechStarted,
    Utterance,
    Word,
)
from tests.ui.driven import until
from tests.ui.going_on import FIRST, REST, Stage, picked_up
from ui.calls.provisional_turn import OPEN_SECONDS, SPARE_SECONDS, WORDS_SECONDS
from voice.hearing.endpointing import Rules


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    async with picked_up() as stage:
        yield stage


async def test_who_goes_on_over_the_customers_first_word_has_said_one_turn(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    assert stage.mouth.lines
    stage.mouth.begin()
    await stage.call.answered()
    assert "utterance" not in stage.kinds()
    assert [event.type for event in stage.call.ahead()][:2] == ["utterance", "appraisal"]
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


async def test_who_pauses_for_thought_is_waited_for_and_less_in_each_turn_after(stage: Stage) -> None:
    more = 0.8 + SPARE_SECONDS - WORDS_SECONDS
    assert OPEN_SECONDS - WORDS_SECONDS > more > 0.0
    await stage.pause()
    await stage.speak(REST, 3.8, 5.0, 5.4)
    assert stage.call._session.open
    assert stage.call._session.open.words_at == pytest.approx(5.0 + WORDS_SECONDS)
    stage.clock.t = 5.0 + OPEN_SECONDS + 0.1
    await until(lambda: stage.turns())
    for number, share in ((2, 0.5), (3, 0.25)):
        t = 8.0 * number
        await stage.speak("And the screws?", t, t + 1.0, t + 1.4)
        assert stage.call._session.open.words_at == pytest.approx(t + 1.0 + WORDS_SECONDS + share * more)
        stage.clock.t = t + 1.0 + OPEN_SECONDS + 0.1
        await until(lambda: stage.call._session.open is None)


async def test_who_stays_silent_is_told_to_all_in_the_order_of_events(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.mouth.begin()
    await stage.call.answered()
    stage.clock.t = 3.0 + OPEN_SECONDS + 0.1
    await until(lambda: "playback_started" in stage.kinds())
    kinds = stage.kinds()
    assert kinds.index("utterance") < kinds.index("reply") < kinds.index("playback_started")


async def test_a_pause_of_1_2_seconds_is_a_pause_although_speech_is_noticed_later(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.mouth.begin()
    await stage.call.answered()
    await stage.speak(REST, 4.2 + Rules().onset_seconds, 6.0, 6.4)
    stage.clock.t = 8.0
    await until(lambda: stage.turns())
    assert [turn.text for turn in stage.turns()] == [f"{FIRST} {REST}"]


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


async def test_a_turn_goes_on_while_the_microphone_is_muted_or_sound_is_dropped(stage: Stage) -> None:
    await stage.pause()
    stage.call.emit(AudioProblem(4.0, "dropped", "0.1 s of sound was lost."))
    stage.call.act("mute")
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    stage.clock.t = 8.0
    await until(lambda: bool(stage.turns()))
    assert [turn.text for turn in stage.turns()] == [f"{FIRST} {REST}"]
    assert stage.kinds().count("speech_started") == 1


async def test_an_answer_heard_to_its_end_has_been_given(stage: Stage) -> None:
    await stage.speak("Hello?", 1.0, 1.5, 1.9)
    stage.mouth.begin()
    line = stage.mouth.lines.pop()
    stage.clock.t = 2.3
    stage.call.emit(PlaybackFinished(2.3, line.id, 0.4, line.text))
    await until(lambda: "playback_finished" in stage.kinds())
    await stage.speak("My name is Sam.", 2.5, 3.5, 3.9)
    stage.clock.t = 6.0
    await until(lambda: len(stage.turns()) == 2)


async def test_the_end_of_the_line_before_is_not_taken_back_with_the_answer(stage: Stage) -> None:
    await stage.speak("Hello, this is Sam.", 1.0, 2.0, 2.4)
    stage.mouth.begin()
    first = stage.mouth.lines[0].id
    stage.clock.t = 5.0
    await until(lambda: "playback_started" in stage.kinds())
    stage.mouth.stop = lambda: None  # type: ignore[method-assign]
    await stage.speak(FIRST, 6.0, 8.0, 8.4)
    stage.call.emit(PlaybackFinished(8.5, first, 1.0, "", interrupted=True))
    await stage.call.answered()
    stage.call.emit(SpeechStarted(8.8))
    await until(lambda: stage.kinds().count("speech_started") == 3)
    assert [event.reply for event in stage.told if isinstance(event, PlaybackFinished)] == [first]
    del stage.mouth.stop
    stage.call.emit(Utterance(10.4, 8.8, 10.0, REST, "voice"))


async def test_a_television_gets_an_answer(stage: Stage) -> None:
    """At its first pause after three quarters of a minute."""
    await stage.speak(FIRST, 1.0, 46.0, 46.4)
    assert stage.turns()
    await stage.speak(REST, 46.6, 60.0, 60.4)
    stage.clock.t = 63.0
    await until(lambda: len(stage.turns()) == 2)


async def test_the_answer_to_a_turn_that_may_be_over_is_made_ready_and_nobody_hears_of_it(stage: Stage) -> None:
    turn = Utterance(3.2, 1.0, 3.0, f"{FIRST} {REST}", "voice", words=(Word("screws.", 2.6, 3.0, 0.9),), confidence=0.9)
    stage.call.emit(SpeechStarted(1.0))
    stage.clock.t = 3.2
    stage.call.guess(turn)
    await until(lambda: stage.mouth.prepared)
    assert "reply" not in stage.kinds()
    stage.clock.t = 3.4
    stage.call.emit(replace(turn, t=3.4))
    await until(lambda: stage.mouth.lines)
    assert [line.text for line in stage.mouth.prepared] == [line.text for line in stage.mouth.lines]


async def test_the_customer_may_draw_breath_where_the_turn_seems_over_and_can_be_taken_up_again(stage: Stage) -> None:
    turn = Utterance(3.2, 1.0, 3.0, FIRST, "voice", words=(Word("screws.", 2.6, 3.0, 0.9),))
    stage.call.guess(turn)  # its words are known: the answer comes, or the trainee goes on
    stage.call.guess(replace(turn, words=()))
    await until(lambda: stage.mouth.breaths)
    assert stage.mouth.breaths == [FIRST]
    stage.call.merges = False
    stage.call.guess(replace(turn, words=()))
    await asyncio.sleep(0.02)
    assert len(stage.mouth.breaths) == 1
