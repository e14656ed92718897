"""From the debrief back into the call: the key, the numbers of the turning points, and what cannot be had."""

from collections.abc import Sequence

import pytest
from textual.clock import MockClock
from textual.widgets import Static

from dialogue.debrief.record import turns
from dialogue.debrief.retry import costliest
from dialogue.events import Event
from tests.ui.stage import at_rest, press
from tests.ui.story import good_call, pack
from ui.app import CoolheadApp
from ui.calls.journal_player import Player
from ui.debrief.review import review
from ui.runtime.problems import Problem
from ui.screens.call import CallScreen
from ui.screens.debrief import DebriefScreen
from ui.screens.message import MessageScreen

pytestmark = pytest.mark.usefixtures("no_pause_after_the_end")


class Retries:
    """Puts a scripted call through and notes from which turn it was wanted."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.turns: list[int] = []
        self.problem = problem
        self.clock = MockClock(0.0)

    def __call__(self, events: Sequence[Event], turn: int) -> Player:
        self.turns.append(turn)
        if self.problem:
            raise self.problem
        return Player(pack(), good_call(), now=lambda: self.clock.time)


def _app(retries: Retries | None, events: Sequence[Event]) -> CoolheadApp:
    return CoolheadApp(first=DebriefScreen(events, pack(), retry=retries is not None), retry=retries)


async def test_r_takes_the_costliest_turn_again_and_its_end_leads_to_a_debrief() -> None:
    retries, events = Retries(), good_call()
    app = _app(retries, events)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert retries.turns == [costliest(events)]
        assert isinstance(app.screen, CallScreen)
        retries.clock.set_time(100.0)
        await at_rest(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, DebriefScreen)


async def test_a_number_takes_that_turning_point_again() -> None:
    events = good_call()
    turning = [moment.turn for moment in review(events).turning]
    number = next(i for i, turn in enumerate(turning, 1) if turn is not None and turn != costliest(events))
    retries = Retries()
    async with _app(retries, events).run_test(size=(80, 24)) as pilot:
        await press(pilot, str(number))
        assert retries.turns == [turning[number - 1]]


async def test_any_turn_can_be_chosen_by_keys_alone() -> None:
    events = good_call()
    said = [turn.turn for turn in turns(events)]
    retries = Retries()
    async with _app(retries, events).run_test(size=(80, 24)) as pilot:
        await press(pilot, "t", "escape", "t", *["down"] * (len(said) - 1), "enter")
        assert retries.turns == said[-1:]


async def test_what_cannot_be_taken_up_is_said_in_one_sentence() -> None:
    app = _app(Retries(Problem("The scenario has changed since this call.")), good_call())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert isinstance(app.screen, MessageScreen)
        assert "has changed since" in str(app.screen.query_one(".box-title", Static).render())


async def test_where_nothing_can_be_retried_the_key_does_nothing() -> None:
    app = _app(None, good_call())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r", "1")
        assert isinstance(app.screen, DebriefScreen)
    retries = Retries()
    async with _app(retries, good_call()[:3]).run_test(size=(80, 24)) as pilot:
        await press(pilot, "r", "4")
        assert not retries.turns
