"""What can be done on a screen is said on it: in the footer at 80 columns, in the help, in the palette."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets._footer import FooterKey

from tests.ui.past import call, past, sixteen
from tests.ui.stage import Switchboard, at_rest, lobby, press, staged
from tests.ui.story import good_call, pack
from ui import strings
from ui.app import CoolheadApp
from ui.debrief.progress import Progress
from ui.runtime.settings import Settings
from ui.screens.debrief import DebriefScreen
from ui.screens.drills import DrillsScreen
from ui.screens.help import HelpScreen, Keys
from ui.screens.history import HistoryScreen
from ui.screens.lobby import LobbyScreen
from ui.screens.own_keys import commands
from ui.screens.progress import ProgressScreen
from ui.screens.setup import SetupScreen
from ui.widgets.card import Card

FIRST: dict[str, Callable[[], Screen[None]]] = {
    "lobby": lambda: LobbyScreen(sixteen(), past()),
    "debrief": lambda: DebriefScreen(good_call(), pack(), again=True, retry=True, journal=Path("kept")),
    "history": lambda: HistoryScreen(past(), {}, Path("/nowhere")),
    "progress": lambda: ProgressScreen(Progress()),
    "drills": lambda: DrillsScreen(Settings.model_construct()),
    "setup": lambda: SetupScreen(Settings.model_construct()),
}


@pytest.mark.parametrize("name", FIRST)
async def test_the_footer_shows_every_key_at_80_columns_to_the_last(name: str) -> None:
    app = CoolheadApp(first=FIRST[name]())
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        keys = list(app.screen.query(FooterKey))
        assert keys[-1].description == "Help"
        assert max(key.region.right for key in keys) <= 80


@pytest.mark.parametrize("size", [(60, 20), (40, 16)], ids=str)
@pytest.mark.parametrize("name", FIRST)
async def test_in_a_small_window_the_keys_take_a_second_line_and_none_is_lost(name: str, size: tuple[int, int]) -> None:
    app = CoolheadApp(first=FIRST[name]())
    async with app.run_test(size=size) as pilot:
        await at_rest(pilot)
        keys = list(app.screen.query(FooterKey))
        assert keys[-1].description == "Help"
        assert all(0 <= key.region.x < key.region.right <= size[0] and key.region.bottom <= size[1] for key in keys)
        places = [(key.region.x, key.region.y) for key in keys]
        assert len(set(places)) == len(places)


def rows(screen: Screen[object]) -> Sequence[tuple[str, str]]:
    return screen.query_one(Keys).rows


async def test_the_lobbys_help_begins_with_the_key_that_goes_on_and_has_no_key_of_textual() -> None:
    async with lobby(Switchboard()) as (app, pilot):
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        keys, told = zip(*rows(app.screen), strict=True)
        assert told[0] == "Briefing"
        assert keys[0] == "⏎"
        assert not [line for line in told if "Focus" in line or "Copy" in line]
        assert not [line for line in told if line.startswith("Back")], "nothing to go back from"
        assert len([line for line in told if line == "Quit"]) == 1


async def test_who_is_new_is_told_where_to_begin_and_only_they() -> None:
    for past_calls in ((), past()):
        async with lobby(Switchboard(), past_calls) as (app, _):
            told = str(app.screen.query_one("#next", Static).render())
            assert (strings.LOBBY_FIRST in told) is not bool(past_calls)


async def test_help_names_a_key_before_it_explains_it() -> None:
    async with staged() as stage:
        await stage.press("question_mark")
        told = dict(rows(stage.app.screen))
        assert told["m"].startswith("Mute. The customer does not hear you")
        assert told["h"].startswith("Hold. ")


async def test_an_empty_history_offers_no_key_that_needs_a_call_and_says_where_calls_come_from() -> None:
    app = CoolheadApp(first=HistoryScreen([], {}, Path("/nowhere")))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert [key.description for key in app.screen.query(FooterKey)] == ["Back", "Help"]
        assert "coolhead call" in str(app.screen.query_one("#no-calls", Static).render())


async def test_the_history_tells_a_test_and_a_moment_tried_again_from_a_call() -> None:
    calls = [call("a", 1, "satisfied", 9.0, again=True), call("a", 2, "satisfied", 9.0, cues=False)]
    app = CoolheadApp(first=HistoryScreen([*calls, call("a", 3, "satisfied", 9.0)], {"a": "A"}, Path("/nowhere")))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        rows = app.screen.query_one(OptionList)
        told = [str(rows.get_option_at_index(at).prompt)[18:35].rstrip() for at in range(3)]
        assert told == ["A (tried again)", "A (test)", "A"]


async def test_the_palette_does_what_the_focused_row_does() -> None:
    switchboard = Switchboard()
    async with lobby(switchboard) as (app, pilot):
        found = {command.title: command for command in commands(app.screen)}
        assert "Copy selected text" not in found
        assert not [title for title in found if title.startswith("Focus")]
        found["Briefing"].callback()
        await at_rest(pilot)
        assert type(app.screen).__name__ == "BriefingScreen"


@pytest.mark.usefixtures("no_pause_after_the_end")
async def test_who_presses_enter_once_more_than_needed_still_has_the_debrief() -> None:
    async with staged(t=100.0) as stage:
        await stage.press("enter", "enter", "enter")
        assert isinstance(stage.app.screen, DebriefScreen)
        await stage.press("q")
        assert not stage.app.is_running


async def test_a_search_finds_whatever_the_filter_and_names_the_keys_that_work_meanwhile() -> None:
    calls = [call("test-kettle", 1, "satisfied", 9.0)]
    async with lobby(Switchboard(), calls) as (app, pilot):
        await press(pilot, "f")  # what was not taken yet
        assert [card.pack.id for card in app.screen.query(Card) if card.display] == ["second"]
        await press(pilot, "slash", *"that bit")
        assert [card.pack.id for card in app.screen.query(Card) if card.display] == ["test-kettle"]
        keys = {key.description: key.key_display for key in app.screen.query(FooterKey)}
        assert keys == {"Go to it": "⏎", "Back": "esc", "Help": "f1"}
        await press(pilot, "question_mark")
        assert app.screen.query_one(Input).value == "that bit?"
        await press(pilot, "escape")
        keys = {key.description: key.key_display for key in app.screen.query(FooterKey)}
        assert keys["Help"] == "?"
        assert "Back" not in keys
        assert [card.pack.id for card in app.screen.query(Card) if card.display] == ["second"]
