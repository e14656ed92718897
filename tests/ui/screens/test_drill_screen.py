"""Drills on the screen: the list, a drill by keyboard, the key, and what cannot be done without a microphone."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from dialogue import drills
from tests.ui import driven
from tests.ui.drilling import DRILL, SLIP, SORRY, Mouth, RulesAlone
from tests.ui.driven import PATIENCE_SECONDS
from tests.ui.stage import Switchboard, at_rest, lobby
from ui import strings
from ui.app import CoolheadApp
from ui.debrief.review import review
from ui.debrief.wording import drill_for
from ui.practice import drill_session, trainee_line
from ui.records.archive import read_journal
from ui.records.drill_results import drilled
from ui.runtime.settings import Settings
from ui.screens.debrief import DebriefScreen
from ui.screens.drill import DrillScreen
from ui.screens.drills import DrillsScreen
from ui.screens.lobby import LobbyScreen

JOURNALS = Path(__file__).parents[2] / "journals"
SETTINGS = Settings.model_construct()


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr(drill_session, "REST_SECONDS", 0.0)


@asynccontextmanager
async def drilling(drill: drills.Drill, *, seed: int = 0) -> AsyncIterator[Pilot[None]]:
    screen = DrillScreen(
        drill, SETTINGS, by_text=True, random=Random(seed), make_reader=lambda: lambda wordings: RulesAlone()
    )
    app = CoolheadApp(first=screen)
    async with app.run_test() as pilot:
        yield pilot


async def until(pilot: Pilot[None], text: str) -> list[str]:
    """The rows, once one of them has `text`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        rows = [str(row.render()) for row in pilot.app.screen.query("#drill Static").results(Static)]
        if any(text in row for row in rows):
            return rows
        assert time.monotonic() < deadline, f"{text!r} never came; there is {rows}"
        await pilot.pause(0.05)


async def answer(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


async def test_a_drill_is_typed_judged_and_kept_and_goes_once_more() -> None:
    async with drilling(DRILL) as pilot:
        await until(pilot, "Line 1.")
        await answer(pilot, SLIP)
        await until(pilot, "Once more.")
        await answer(pilot, SORRY)
        await until(pilot, "Line 2.")
        await answer(pilot, SORRY)
        rows = await until(pilot, "Enter: once more.")
        assert f"You: {SLIP}" in rows
        assert "2 of 2 passed, 1 of them at the first try." in rows
        (done,) = drilled()
        assert (done.drill, done.rounds, done.passed, done.at_once, done.spoken) == ("sorry", 2, 2, 1, False)
        first = pilot.app.screen
        await answer(pilot, "")
        await until(pilot, "Line 1.")
        assert pilot.app.screen is not first


async def test_leaving_in_the_middle_keeps_the_rounds_that_are_done() -> None:
    async with drilling(DRILL) as pilot:
        await until(pilot, "Line 1.")
        await answer(pilot, SORRY)
        await until(pilot, "Line 2.")
        await pilot.press("escape")
        await at_rest(pilot)
        (done,) = drilled()
        assert (done.rounds, done.passed) == (1, 1)


async def test_enter_is_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainee_line, "READ_WORDS_PER_SECOND", 2.0)
    async with drilling(drills.load("spot-the-turn"), seed=3) as pilot:
        await until(pilot, "Customer: ")
        await pilot.press("enter")
        await until(pilot, "✘ ")


async def test_a_story_is_gone_when_it_is_to_be_said_back() -> None:
    async with drilling(drills.load("recap-from-memory")) as pilot:
        rows = await until(pilot, "Read it, then press Enter")
        assert sum(row.startswith("Customer:") for row in rows) == 6
        await pilot.press("enter")
        rows = await until(pilot, "Your turn.")
        assert not any(row.startswith("Customer:") for row in rows)


async def test_without_a_microphone_the_ladder_says_so_and_offers_another() -> None:
    async with drilling(drills.load("tone-ladder")) as pilot:
        await until(pilot, "needs a microphone")
        await until(pilot, "instead. Esc: back.")
        await pilot.press("enter")
        await at_rest(pilot)
        assert str(pilot.app.screen.query_one("#who", Static).render()) == "Breathe, then speak"


async def test_drills_are_reached_from_the_lobby_and_lead_back() -> None:
    async with lobby(Switchboard()) as (app, pilot):
        commands = {command.title for command in app.get_system_commands(app.screen)}
        assert "Drills" in commands
        await pilot.press("d")
        await at_rest(pilot)
        assert isinstance(app.screen, DrillsScreen)
        rows = app.screen.query_one(OptionList)
        assert rows.option_count == len(drills.available())
        await pilot.press("escape")
        await at_rest(pilot)
        assert type(app.screen).__name__ == "LobbyScreen"


async def test_the_debrief_leads_to_the_drill_that_it_suggests_and_back() -> None:
    events = read_journal(JOURNALS / "flatpack-bookcase-poor.jsonl")
    suggested = drill_for(review(events))
    assert suggested
    app = CoolheadApp(first=DebriefScreen(events, None), by_text=True)
    async with app.run_test() as pilot:
        await pilot.press("d")
        await at_rest(pilot)
        assert isinstance(app.screen, DrillScreen)
        assert str(app.screen.query_one("#who", Static).render()) == suggested.title
        await pilot.press("escape")
        await at_rest(pilot)
        assert isinstance(app.screen, DebriefScreen)


async def test_a_drill_that_takes_its_time_to_open_says_what_it_waits_for_and_can_be_left() -> None:
    loaded = threading.Event()

    def slow() -> Callable[[object], RulesAlone]:
        assert loaded.wait(PATIENCE_SECONDS)
        return lambda wordings: RulesAlone()

    async with lobby(Switchboard()) as (app, pilot):
        app.push_screen(DrillScreen(DRILL, SETTINGS, by_text=True, make_reader=slow))
        await until(pilot, strings.DRILL_OPENING)
        await pilot.press("escape")
        assert isinstance(app.screen, LobbyScreen)
        app.push_screen(DrillScreen(DRILL, SETTINGS, by_text=True, make_reader=slow))
        loaded.set()
        rows = await until(pilot, "Line 1.")
        assert strings.DRILL_OPENING not in rows


async def test_leaving_while_the_line_opens_leaves_no_microphone_open(monkeypatch: pytest.MonkeyPatch) -> None:
    opening, left = threading.Event(), threading.Event()
    opened: list[Ear] = []

    def open_ear(*_: object) -> tuple[Ear, None]:
        opening.set()
        assert left.wait(PATIENCE_SECONDS)
        opened.append(Ear())
        return opened[0], None

    monkeypatch.setattr(trainee_line, "load_recognizer", lambda settings: None)
    monkeypatch.setattr(trainee_line, "open_mouth", lambda *_: (Mouth(lambda event: None), "fake"))
    monkeypatch.setattr(trainee_line, "open_ear", open_ear)
    async with lobby(Switchboard()) as (app, pilot):
        app.push_screen(DrillScreen(DRILL, SETTINGS, make_reader=lambda: lambda wordings: RulesAlone()))
        assert await asyncio.to_thread(opening.wait, PATIENCE_SECONDS)
        await pilot.press("escape")
        left.set()
        await driven.until(lambda: opened and opened[0].stopped)


class Ear:
    stopped = False

    def stop(self) -> None:
        self.stopped = True
