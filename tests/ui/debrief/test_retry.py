"""A moment tried again: by the real driver, against a journal on disk."""

import asyncio
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import AudioProblem, CallStarted, Event, Reply, TraineeAction, Utterance
from dialogue.persona import load
from ui.calls import switchboard
from ui.calls.driver import Call
from ui.calls.switchboard import Wishes, connect
from ui.debrief import retry_comparison
from ui.debrief.retry import taken_up
from ui.line_mode.plain import debrief_lines
from ui.records.archive import JournalFile, read_journal
from ui.records.history import RETRY_OF
from ui.report import page
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings
from voice.clock import CallClock


class NoModel:
    """The rules judge alone: what the text model adds is not what is tried here."""

    model = "none"

    def score(self, text: str) -> None:
        return None


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr(switchboard, "text_model", lambda pack: NoModel())


async def _type(call: Call, *turns: str) -> Path:
    """The call by keyboard, journaled; after the turns the trainee hangs up."""
    file = JournalFile.new(call.started)
    events: list[Event] = []
    call.sinks += [file, events.append]
    running = asyncio.create_task(call.run())
    while not events:
        await asyncio.sleep(0)
    for turn in turns:
        call.say(turn)
        await call.answered()
    call.act("hang_up")
    await asyncio.wait_for(running, 20)
    file.close()
    return file.path


def _call(*, by_text: bool = True) -> Call:
    return connect(load("flatpack-bookcase"), Settings.model_construct(), Wishes(text=by_text, seed=5))


async def test_another_answer_has_another_future_and_both_are_told() -> None:
    first = await _type(_call(), "Hello, this is Sam, how can I help?", "You must have built it wrong.", "Calm down.")
    then = read_journal(first)
    again = taken_up(then, 2, Settings.model_construct(), Wishes(text=True))
    second = await _type(again, "I am so sorry, that must have been frightening. Was anybody hurt?")
    now = read_journal(second)

    assert second != first
    assert journal.replay(second.read_text().splitlines()) is None
    heard = [[event.text for event in call if isinstance(event, Reply)] for call in (then, now)]
    assert heard[0][0] == heard[1][0]  # the same line, said anew
    assert heard[0][1] != heard[1][1]
    assert retry_comparison.future(now, 2).anger < retry_comparison.future(then, 2).anger
    assert all(event.t >= then[0].t for event in now)

    told = list(debrief_lines(now, None))
    start = told.index("Turn 2, then and now:")
    assert "You must have built it wrong." in told[start + 1]
    assert "Was anybody hurt?" in told[start + 3]
    both = retry_comparison.futures(now)
    assert both is not None
    assert [len(row) for row in both.columns] == [3] * len(both.columns)
    assert ["You must have built it wrong." in cell for cell in both.columns[1]] == [False, True, False]
    shown = page(now, load("flatpack-bookcase"))
    assert shown.count("<polyline") == 2  # both curves in one frame
    assert "Was anybody hurt?" in unescape(shown)
    assert retry_comparison.futures(then) is None
    assert page(then, load("flatpack-bookcase")).count("<polyline") == 1
    first.unlink()
    assert retry_comparison.futures(now) is None  # without the first call there is nothing to set it beside


async def test_a_retry_has_the_date_on_which_it_was_taken() -> None:
    first = await _type(_call(), "Hello, this is Sam.")
    started, *rest = read_journal(first)
    assert isinstance(started, CallStarted)
    old = replace(started, settings={**started.settings, "started_at": "2020-02-02T10:00:00+00:00"})
    again = taken_up([old, *rest], 1, Settings.model_construct(), Wishes(text=True))
    assert again.started.settings["started_at"] >= started.settings["started_at"]
    assert again.started.settings["cues"] == started.settings["cues"]


async def test_time_goes_on_from_the_moment_and_the_seed_is_the_same() -> None:
    first = await _type(_call(), "Hello, this is Sam.", "What happened to it?")
    then = read_journal(first)
    later = [replace(event, t=event.t + 40.0) if not isinstance(event, CallStarted) else event for event in then]
    again = taken_up(later, 2, Settings.model_construct(), Wishes(text=True))
    now = read_journal(await _type(again, "What happened to it?"))
    turn = [event for event in now if isinstance(event, Utterance)][1]
    assert turn.t >= 40.0
    started = now[0]
    assert isinstance(started, CallStarted)
    assert started.seed == 5
    assert started.settings[RETRY_OF] == first.name


async def test_a_hold_that_was_on_is_on_again() -> None:
    call = _call()
    past = (*call.past, TraineeAction(1.0, "hold"))
    again = connect(call.pack, Settings.model_construct(), Wishes(text=True), past=(call.started, *past))
    running = asyncio.create_task(again.run())
    while again.loop is None:
        await asyncio.sleep(0)
    assert again.gate.muted
    again.act("hang_up")
    await running


async def test_a_spoken_call_retried_by_keyboard_blames_nobody_for_typing() -> None:
    call = _call()
    spoken = replace(call.started, mode="voice")
    again = connect(call.pack, Settings.model_construct(), Wishes(text=True), past=(spoken,))
    assert [event.kind for event in again.past if isinstance(event, AudioProblem)] == ["lost"]
    now = read_journal(await _type(again, "Hello, this is Sam."))
    assert isinstance(now[0], CallStarted)
    assert again.session.state.by_keyboard


def test_a_scenario_that_has_changed_and_a_turn_that_never_was_are_said_in_one_sentence() -> None:
    started = replace(_call().started, pack_sha256="0" * 64)
    with pytest.raises(Problem, match="has changed since this call"):
        taken_up([started], 1, Settings.model_construct(), Wishes(text=True))
    with pytest.raises(Problem, match="There is no turn 3"):
        taken_up([_call().started], 3, Settings.model_construct(), Wishes(text=True))


def test_the_clock_goes_on_from_the_moment_whoever_drives_it() -> None:
    monotonic = 100.0
    clock = CallClock(lambda: monotonic)
    clock.pick_up(40.0)
    monotonic += 2.0
    assert clock.now() == pytest.approx(42.0)
    clock.tick(16_000)
    assert clock.now() == pytest.approx(42.0)
    clock.pick_up(7.0)
    clock.tick(32_000)
    assert clock.now() == pytest.approx(8.0)
