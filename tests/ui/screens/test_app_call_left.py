"""Leaving a call: hanging up, Ctrl+Q, Ctrl+C, and Enter once it has ended."""

import pytest
from textual.widgets import Input

from dialogue.debrief.record import turns
from dialogue.events import CallEnded, Utterance
from tests.ui.stage import Stage, staged
from tests.ui.story import good_call
from ui import strings
from ui.screens import call as call_screen
from ui.screens.call import CallScreen
from ui.screens.confirm import Confirm, HangUp
from ui.screens.correct import CorrectScreen
from ui.screens.debrief import DebriefScreen

pytestmark = pytest.mark.usefixtures("no_pause_after_the_end")


async def ctrl_c_asks_and_leaves(stage: Stage) -> None:
    """Where nothing is chosen that it could copy."""
    await stage.press("ctrl+c")
    assert isinstance(stage.app.screen, HangUp)
    await stage.press("ctrl+c")
    assert not stage.app.is_running


async def test_hanging_up_asks_first() -> None:
    async with staged() as stage:
        await stage.press("x")
        assert isinstance(stage.app.screen, Confirm)
        await stage.press("escape")
        assert stage.actions() == []
        await stage.press("x", "enter")
        assert stage.actions() == ["hang_up"]
        assert isinstance(stage.call.events[-1], CallEnded)
        assert "you left the call" in stage.text("#cue")


async def test_quitting_asks_first_as_long_as_the_call_goes_on() -> None:
    async with staged() as stage:
        await stage.press("question_mark", "ctrl+q")
        assert isinstance(stage.app.screen, HangUp)
        await stage.press("escape", "escape")
        assert stage.call.is_attached
        assert stage.app.is_running
        await stage.press("ctrl+q", "ctrl+q")
        assert not stage.app.is_running


async def test_ctrl_c_leaves_as_ctrl_q_does_and_copies_where_there_is_something_to_copy() -> None:
    async with staged(good_call("text")) as stage:
        await stage.press(*"Hello", "shift+home", "ctrl+c")
        assert stage.app.clipboard == "Hello"
        await stage.press("end")
        await ctrl_c_asks_and_leaves(stage)


async def test_ctrl_c_copies_what_is_chosen_in_a_box_and_leaves_nothing() -> None:
    async with staged() as stage:
        stage.app.push_screen(CorrectScreen(turns(good_call())))
        await stage.press("enter", "end", "shift+home", "ctrl+c")
        box = stage.app.screen
        assert isinstance(box, CorrectScreen)
        assert stage.app.clipboard == box.query_one(Input).value != ""
        await stage.press("end")
        await ctrl_c_asks_and_leaves(stage)


async def test_quitting_after_the_call_asks_nothing() -> None:
    async with staged() as stage:
        await stage.press("x", "enter", "ctrl+q")
        assert not stage.app.is_running


async def test_the_end_is_shown_and_enter_opens_the_debrief_and_leaving_it_ends_the_app() -> None:
    async with staged(t=88.5) as stage:
        await stage.press("enter")
        assert isinstance(stage.app.screen, CallScreen)  # not while the call goes on
        await stage.at(90.0)
        over = strings.CALL_OVER.format(shape="✔", outcome="the customer is satisfied")
        assert stage.text("#cue") == f"{over} {strings.CALL_OVER_KEY}"
        await stage.press("m")
        assert stage.actions() == []
        await stage.press("enter")
        assert isinstance(stage.app.screen, DebriefScreen)
        await stage.press("escape")
        assert stage.app._exit


async def test_what_is_being_typed_when_the_call_ends_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 1e9)
    async with staged(good_call("text"), t=88.5) as stage:
        await stage.press(*"But what ab")
        await stage.at(90.0)
        await stage.press(*"out", "enter")
        assert isinstance(stage.app.screen, CallScreen)
        assert strings.CALL_OVER_KEY not in stage.text("#cue")
        assert not [event for event in stage.call.events if isinstance(event, Utterance) and "But" in event.text]
        monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 0.0)  # no key came for so long
        await stage.settle()
        assert stage.text("#cue").endswith(strings.CALL_OVER_KEY)
        await stage.press("enter")
        assert isinstance(stage.app.screen, DebriefScreen)
