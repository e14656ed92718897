"""A turn that goes on after a pause is one turn: for the session, the journal and the screens.

Whatever the customer said in between.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio

from dialogue import journal
from dialogue.events import (
    Action,
    Appraisal,
    AudioProblem,
    CallEnded,
    Event,
    Partial,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    Scores,
    SpeechStarted,
    TraineeAction,
    Utterance,
    Word,
)
from tests.ui.driven import HandClock, Mouth, text_call, until
from ui.archive import JournalFile, read_journal
from ui.call import Call
from ui.openturn import LONGEST_SECONDS, OPEN_SECONDS, SPARE_SECONDS, WORDS_SECONDS
from ui.reading import Reading

FIRST = "I am sorry that the bookcase"
REST = "came with the wrong screws."


@dataclass
class Stage:
    call: Call
    told: list[Event]
    clock: HandClock
    mouth: Mouth
    running: asyncio.Task[CallEnded]

    def kinds(self) -> list[str]:
        return [event.type for event in self.told]

    def turns(self) -> list[Utterance]:
        return [event for event in self.told if isinstance(event, Utterance)]

    async def pause(self) -> None:
        """Say FIRST and begin to go on."""
        await self.speak(FIRST, 1.0, 3.0, 3.4)
        self.clock.t = 3.8
        self.call.emit(SpeechStarted(3.8))
        await self.call.answered()
        await asyncio.sleep(0.02)

    async def speak(self, text: str, begin: float, end: float, heard: float) -> None:
        """From `begin` to `end`, recognised at `heard`."""
        self.call.emit(SpeechStarted(begin))
        await self.call.answered()
        await asyncio.sleep(0.02)
        self.clock.t = heard
        self.call.emit(Utterance(heard, begin, end, text, "voice", confidence=0.9))
        await self.call.answered()
        await asyncio.sleep(0.02)


def _end(told: list[Event]) -> int:
    return next(n for n, event in enumerate(told) if isinstance(event, CallEnded))


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    call, told, clock = text_call()
    call.mouth = mouth = Mouth(call)
    call.merges = True
    running = asyncio.create_task(call.run())
    await until(lambda: told)
    yield Stage(call, told, clock, mouth, running)
    call.act("hang_up")
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
    times = [event.t for event in told]
    assert times == sorted(times)
    assert not any(isinstance(event, (Utterance, TraineeAction, SpeechStarted)) for event in told[_end(told) :])
    assert journal.replay([journal.encode(event) for event in told]) is None


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
    assert stage.call._turns.open
    assert stage.call._turns.open.words_at == pytest.approx(5.0 + WORDS_SECONDS)
    stage.clock.t = 5.0 + OPEN_SECONDS + 0.1
    await until(lambda: stage.turns())
    for number, share in ((2, 0.5), (3, 0.25)):
        t = 8.0 * number
        await stage.speak("And the screws?", t, t + 1.0, t + 1.4)
        assert stage.call._turns.open.words_at == pytest.approx(t + 1.0 + WORDS_SECONDS + share * more)
        stage.clock.t = t + 1.0 + OPEN_SECONDS + 0.1
        await until(lambda: stage.call._turns.open is None)


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


async def test_the_rest_after_a_typed_turn_is_a_turn_of_its_own_that_begins_and_ends(stage: Stage) -> None:
    await stage.pause()
    stage.call.say("May I look that up?")
    await until(lambda: len(stage.turns()) == 2)
    assert stage.mouth.lines  # of the typed turn; the answer to the first was cut off before it began
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    stage.clock.t = 8.0
    await until(lambda: len(stage.turns()) == 3)
    assert [turn.text for turn in stage.turns()] == [FIRST, "May I look that up?", REST]
    assert stage.kinds().count("speech_started") == 2


@pytest.mark.parametrize("going_on", [False, True])
async def test_a_call_that_is_killed_has_in_its_journal_what_nobody_has_been_told(
    stage: Stage, going_on: bool, tmp_path: Path
) -> None:
    file = JournalFile(tmp_path / "call.jsonl")
    for event in stage.told:
        file(event)
    stage.call.sinks.insert(0, file)
    await (stage.pause() if going_on else stage.speak(FIRST, 1.0, 3.0, 3.4))
    if going_on:
        stage.call.emit(Partial(4.2, "came with"))
        await until(lambda: "partial" in stage.kinds())
    killed = file.path.read_text(encoding="utf-8").splitlines()
    assert not stage.turns()
    assert [event.text for event in journal.read(killed) if isinstance(event, Utterance)] == [FIRST]
    assert journal.replay(killed) is None
    if going_on:
        stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    stage.clock.t = 8.0
    await until(lambda: bool(stage.turns()))
    assert read_journal(file.path) == stage.told


@pytest.mark.parametrize("going_on", [False, True])
async def test_a_call_broken_off_tells_what_was_kept_back(stage: Stage, going_on: bool) -> None:
    await (stage.pause() if going_on else stage.speak(FIRST, 1.0, 3.0, 3.4))
    assert not stage.turns()
    stage.running.cancel()
    await until(lambda: isinstance(stage.told[-1], CallEnded))
    assert [turn.text for turn in stage.turns()] == [FIRST]


async def test_a_call_broken_off_while_the_whole_turn_is_read_keeps_the_half(stage: Stage) -> None:
    class Slow:
        def score(self, text: str) -> Scores:
            reading.set()
            done.wait(5)
            return Scores("slow", ())

    reading, done = threading.Event(), threading.Event()
    await stage.pause()
    stage.call._inbox.reading = Reading(Slow())
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    await until(reading.is_set)
    stage.running.cancel()
    done.set()
    await until(lambda: isinstance(stage.told[-1], CallEnded))
    assert [turn.text for turn in stage.turns()] == [FIRST]


@pytest.mark.parametrize("action", ["hold", "hang_up"])
async def test_a_hold_in_the_middle_of_the_rest_waits_for_it(stage: Stage, action: Action) -> None:
    await stage.pause()
    stage.call.act(action)
    await asyncio.sleep(0.05)
    assert "trainee_action" not in stage.kinds()
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    await until(lambda: "trainee_action" in stage.kinds())
    assert [turn.text for turn in stage.turns()] == [f"{FIRST} {REST}"]
    assert stage.kinds().index("utterance") < stage.kinds().index("trainee_action")
    if action == "hold":
        stage.call.act("resume")


async def test_who_hangs_up_and_never_ends_the_turn_has_said_the_half(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.waiting.LAST_WORD_SECONDS", 0.05)
    await stage.pause()
    stage.call.act("hang_up")
    await until(lambda: "call_ended" in stage.kinds())
    assert [turn.text for turn in stage.turns()] == [FIRST]


async def test_a_turn_goes_on_while_the_microphone_is_muted_or_sound_is_dropped(stage: Stage) -> None:
    await stage.pause()
    stage.call.emit(AudioProblem(4.0, "dropped", "0.1 s of sound was lost."))
    stage.call.act("mute")
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    stage.clock.t = 8.0
    await until(lambda: bool(stage.turns()))
    assert [turn.text for turn in stage.turns()] == [f"{FIRST} {REST}"]
    assert stage.kinds().count("speech_started") == 1


async def test_a_microphone_lost_in_the_rest_leaves_the_half_and_its_answer(stage: Stage) -> None:
    await stage.pause()
    assert not stage.mouth.lines
    stage.call.emit(AudioProblem(4.5, "lost", "The microphone has gone silent."))
    await until(lambda: "audio_problem" in stage.kinds())
    kinds = stage.kinds()
    assert kinds.index("utterance") < kinds.index("reply") < kinds.index("audio_problem")
    assert kinds.count("speech_started") == 1
    assert len(stage.mouth.lines) == 1


async def test_headphones_lost_while_the_answer_begins_come_after_the_turn(stage: Stage) -> None:
    await stage.speak(FIRST, 1.0, 3.0, 3.4)
    stage.call.emit(AudioProblem(3.5, "lost", "The customer cannot be heard now."))
    stage.mouth.begin()
    await until(lambda: "playback_started" in stage.kinds())
    kinds = [kind for kind in stage.kinds() if kind in ("utterance", "reply", "audio_problem", "playback_started")]
    assert kinds == ["utterance", "reply", "audio_problem", "playback_started"]


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
    await stage.speak(FIRST, 1.0, 1.0 + LONGEST_SECONDS, 1.4 + LONGEST_SECONDS)
    assert stage.turns()
    await stage.speak(REST, 1.6 + LONGEST_SECONDS, 60.0, 60.4)
    stage.clock.t = 63.0
    await until(lambda: len(stage.turns()) == 2)


@pytest_asyncio.fixture
async def hung_up(stage: Stage) -> Stage:
    """The customer has just hung up on the trainee, at 13.4, and nobody has been told."""
    for n in range(3):
        await stage.speak("Shut up, you stupid idiot, you are a liar.", 1.0 + 5 * n, 3.0 + 5 * n, 3.4 + 5 * n)
    assert stage.call.session.state.ended
    assert "call_ended" not in stage.kinds()
    return stage


async def test_nothing_comes_after_a_hanging_up_that_was_kept_back(hung_up: Stage) -> None:
    hung_up.call.say("Hello? Are you there?")
    hung_up.call.act("mute")
    await until(lambda: "call_ended" in hung_up.kinds())
    hung_up.mouth.stop()  # the last line has sounded
    await asyncio.wait_for(hung_up.running, 5)
    assert len(hung_up.turns()) == 3


async def test_who_goes_on_before_the_customer_has_hung_up_is_heard_out(hung_up: Stage) -> None:
    await hung_up.speak("I am sorry, I did not mean that.", 13.6, 15.0, 15.4)
    hung_up.clock.t = 17.0
    await until(lambda: len(hung_up.turns()) == 3)
    assert hung_up.turns()[-1].text.endswith("I did not mean that.")


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
    await asyncio.sleep(0.02)
    assert stage.mouth.breaths == [FIRST]
    stage.call.merges = False
    stage.call.guess(replace(turn, words=()))
    await asyncio.sleep(0.02)
    assert len(stage.mouth.breaths) == 1
