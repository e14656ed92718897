"""A turn that may go on, and something comes in between: a key, a typed turn, a lost device, the end of the call.

Whatever it is, what was said is told, once and in its place.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from dialogue import journal
from dialogue.events import (
    Action,
    AudioProblem,
    CallEnded,
    Partial,
    Scores,
    SpeechStarted,
    Steered,
    TraineeAction,
    Utterance,
)
from tests.ui.driven import PATIENCE_SECONDS, until
from tests.ui.going_on import FIRST, REST, Stage, picked_up
from ui.calls.text_scoring import TextScoring
from ui.records.archive import JournalFile, read_journal


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    async with picked_up() as stage:
        yield stage


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


async def test_a_call_broken_off_while_the_whole_turn_is_read_keeps_all_of_it(stage: Stage) -> None:
    class Slow:
        def score(self, text: str) -> Scores:
            reading.set()
            done.wait(PATIENCE_SECONDS)
            return Scores("slow", ())

    reading, done = threading.Event(), threading.Event()
    await stage.pause()
    stage.call._inbox.reading = TextScoring(Slow())
    stage.call.emit(Utterance(5.4, 3.8, 5.0, REST, "voice"))
    await until(reading.is_set)
    stage.running.cancel()
    done.set()
    await until(lambda: isinstance(stage.told[-1], CallEnded))
    assert [turn.text for turn in stage.turns()] == [f"{FIRST} {REST}"]


async def test_a_trainer_who_ends_the_call_in_the_middle_of_the_rest_leaves_the_half(stage: Stage) -> None:
    await stage.pause()
    stage.call.emit(Steered(4.2, "end"))
    await until(lambda: "call_ended" in stage.kinds())
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
    monkeypatch.setattr("ui.calls.deferred_keys.LAST_WORD_SECONDS", 0.05)
    await stage.pause()
    stage.call.act("hang_up")
    await until(lambda: "call_ended" in stage.kinds())
    assert [turn.text for turn in stage.turns()] == [FIRST]


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
    await asyncio.wait_for(hung_up.running, PATIENCE_SECONDS)
    assert len(hung_up.turns()) == 3


async def test_who_goes_on_before_the_customer_has_hung_up_is_heard_out(hung_up: Stage) -> None:
    await hung_up.speak("I am sorry, I did not mean that.", 13.6, 15.0, 15.4)
    hung_up.clock.t = 17.0
    await until(lambda: len(hung_up.turns()) == 3)
    assert hung_up.turns()[-1].text.endswith("I did not mean that.")
