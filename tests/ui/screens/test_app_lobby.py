"""The lobby and what comes after: every key, on scripted calls; and what is said when a call cannot be had."""

import contextlib
import threading

import pytest
from textual.clock import MockClock
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Static

from dialogue.events import CallEnded
from dialogue.persona import load
from tests.ui.driven import PATIENCE_SECONDS, until
from tests.ui.past import sixteen
from tests.ui.stage import Switchboard, at_rest, lobby, press
from tests.ui.story import good_call, pack
from ui.app import CoolheadApp
from ui.calls.journal_player import Player
from ui.records.history import PastCall
from ui.runtime.problems import Problem
from ui.screens.briefing import BriefingScreen
from ui.screens.call import CallScreen
from ui.screens.confirm import Confirm
from ui.screens.debrief import DebriefScreen
from ui.screens.disk import Disk
from ui.screens.help import HelpScreen
from ui.screens.history import HistoryScreen
from ui.screens.lobby import LobbyScreen
from ui.screens.message import MessageScreen, RingingScreen
from ui.widgets.card import Card
from voice.ports import VoiceProblem

pytestmark = pytest.mark.usefixtures("no_pause_after_the_end")


async def to_debrief(app: CoolheadApp, pilot: Pilot[None], switchboard: Switchboard) -> None:
    """The call that has just been taken, to its end and beyond."""
    await at_rest(pilot)
    assert isinstance(app.screen, CallScreen)
    switchboard.clock.set_time(100.0)
    await at_rest(pilot)
    await press(pilot, "enter")
    assert isinstance(app.screen, DebriefScreen)


async def test_lobby_to_call_to_debrief_and_back_by_keys_alone() -> None:
    switchboard = Switchboard()
    async with lobby(switchboard) as (app, pilot):
        assert isinstance(app.screen, LobbyScreen)
        assert isinstance(app.focused, Card)
        assert app.focused.pack.id == "test-kettle"  # the gentlest first
        await press(pilot, "down", "up", "enter")
        assert isinstance(app.screen, BriefingScreen)
        await press(pilot, "b")
        assert app.screen.query_one("#beside", ContentSwitcher).current == "pacer"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, LobbyScreen)
        await press(pilot, "enter", "enter")
        await to_debrief(app, pilot, switchboard)
        await press(pilot, "down", "space", "pageup", "end", "home")
        switchboard.clock.set_time(0.0)
        await press(pilot, "a")
        await at_rest(pilot)
        assert isinstance(app.screen, CallScreen)
        switchboard.clock.set_time(100.0)
        await at_rest(pilot)
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, LobbyScreen)
        assert switchboard.asked == [("test-kettle", True)] * 2


async def test_searching_leaves_only_what_matches() -> None:
    async with lobby(Switchboard()) as (app, pilot):
        await press(pilot, "slash", *"parcel")
        assert [card.pack.id for card in app.screen.query(Card) if card.display] == ["second"]
        await press(pilot, *"zzz")
        assert "parcelzzz" in str(app.screen.query_one("#no-cards", Static).render())
        await press(pilot, "escape")
        assert len([card for card in app.screen.query(Card) if card.display]) == 2
        await press(pilot, "slash", *"parcel", "enter")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.pack.id == "second"


async def test_esc_gives_up_a_call_that_rings_and_nothing_is_left_of_it() -> None:
    switchboard = Switchboard()
    switchboard.line_free.clear()
    async with lobby(switchboard) as (app, pilot):
        await press(pilot, "enter", "enter", "enter")
        assert isinstance(app.screen, RingingScreen)  # Enter pressed twice is no second thought
        await press(pilot, "escape")
        assert isinstance(app.screen, BriefingScreen)
        switchboard.line_free.set()
        await at_rest(pilot)
        [given_up] = switchboard.made
        assert given_up.hung_up
        assert switchboard.recorded == []
        assert isinstance(app.screen, BriefingScreen)
        await press(pilot, "enter")
        await at_rest(pilot)
        assert isinstance(app.screen, CallScreen)
        assert switchboard.recorded == [switchboard.made[1]]


async def test_a_fault_of_ours_in_a_call_that_was_given_up_is_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    switchboard, line_free, logged = Switchboard(), threading.Event(), list[BaseException]()
    monkeypatch.setattr("ui.app.record_fault", logged.append)

    def breaks(pack_id: str, cues: bool) -> Player:
        assert line_free.wait(PATIENCE_SECONDS)
        raise KeyError("ours")

    monkeypatch.setattr(Switchboard, "__call__", lambda self, pack_id, cues: breaks(pack_id, cues))
    async with lobby(switchboard) as (app, pilot):
        await press(pilot, "enter", "enter", "escape")
        assert isinstance(app.screen, BriefingScreen)
        line_free.set()
        await until(lambda: logged)
        assert isinstance(logged[0], KeyError)
        assert isinstance(app.screen, BriefingScreen)


async def test_ctrl_c_leaves_the_lobby() -> None:
    async with lobby(Switchboard()) as (app, pilot):
        await press(pilot, "ctrl+c")
        assert not app.is_running


async def test_choices_that_cannot_be_kept_hold_all_the_same_and_that_is_said_once() -> None:
    def full(changes: dict[str, object]) -> None:
        raise OSError(28, "No space left on device")

    app = CoolheadApp(lambda *_: pytest.fail("nobody was called"), disk=Disk(remember=full))
    async with app.run_test(notifications=True) as pilot:
        await at_rest(pilot)
        await press(pilot, "ctrl+t", "ctrl+t")
        assert app.theme == "coolhead-contrast"
        told = [str(toast.message) for toast in app._notifications]
        assert sum("No space left on device" in each for each in told) == 1


async def test_calls_that_cannot_be_read_are_told_of_and_the_lobby_opens() -> None:
    def unreadable() -> list[PastCall]:
        raise Problem("The calls in /x cannot be read (Not a directory).")

    app = CoolheadApp(lambda *_: pytest.fail("nobody was called"), disk=Disk(past=unreadable))
    async with app.run_test(notifications=True) as pilot:
        await at_rest(pilot)
        assert isinstance(app.screen, LobbyScreen)
        assert any("cannot be read" in str(toast.message) for toast in app._notifications)


async def test_calls_that_take_long_to_read_stop_no_screen() -> None:
    """A database may take seconds to say no."""
    ready = threading.Event()
    read_on: list[threading.Thread] = []

    def slowly() -> list[PastCall]:
        read_on.append(threading.current_thread())
        assert ready.wait(PATIENCE_SECONDS)
        return []

    app = CoolheadApp(Switchboard(), packs=lambda: [pack()], disk=Disk(past=slowly))
    async with app.run_test() as pilot:
        assert isinstance(app.screen, MessageScreen)
        ready.set()
        await until(lambda: isinstance(app.screen, LobbyScreen))
        await at_rest(pilot)
        ready.clear()
        await pilot.press("h", "question_mark")  # the key after it is obeyed
        assert isinstance(app.screen, HelpScreen)
        ready.set()
        await at_rest(pilot)
        assert isinstance(app.screen, HelpScreen)  # and who went elsewhere is not called back
        await press(pilot, "escape", "h")
        assert isinstance(app.screen, HistoryScreen)
        ready.clear()
        await pilot.press("escape", "slash")
        assert isinstance(app.screen, HistoryScreen)
        ready.set()
        await until(lambda: isinstance(app.screen, LobbyScreen))
    assert len(read_on) == 4
    assert threading.main_thread() not in read_on


async def test_a_demo_is_watched_from_the_lobby_and_kept_nowhere() -> None:
    switchboard = Switchboard()
    async with lobby(switchboard) as (app, pilot):
        await press(pilot, "w")
        await to_debrief(app, pilot, switchboard)
        await press(pilot, "escape")
        assert isinstance(app.screen, LobbyScreen)
        assert switchboard.recorded == []


async def test_a_call_that_cannot_be_made_says_why_in_one_sentence_and_leads_back() -> None:
    async with lobby(Switchboard(VoiceProblem("The model is damaged: install it again."))) as (app, pilot):
        await press(pilot, "enter", "enter")
        await at_rest(pilot)
        assert isinstance(app.screen, MessageScreen)
        assert "The model is damaged" in str(app.screen.query_one(".box-title", Static).render())
        await press(pilot, "escape")
        assert isinstance(app.screen, LobbyScreen)


async def test_a_call_that_breaks_is_explained_and_kept_for_the_command() -> None:
    clock = MockClock(0.0)

    class Broken(Player):
        async def run(self) -> CallEnded:
            raise VoiceProblem("The headset is gone.")

    app = CoolheadApp(call=Broken(pack(), good_call(), now=lambda: clock.time))
    async with app.run_test() as pilot:
        await at_rest(pilot)
        assert isinstance(app.screen, MessageScreen)
        assert isinstance(app.failure, VoiceProblem)


async def test_a_fault_in_drawing_reaches_the_command_too() -> None:
    clock = MockClock(0.0)
    app = CoolheadApp(call=Player(pack(), good_call(), now=lambda: clock.time))
    with contextlib.suppress(ZeroDivisionError):  # run_test raises what run() only prints
        async with app.run_test() as pilot:
            await at_rest(pilot)
            app.screen.set_timer(0.01, lambda: 1 // 0)
            await at_rest(pilot)
    assert isinstance(app.failure, ZeroDivisionError)
    assert app.return_code == 1


async def test_a_fault_of_ours_ends_the_app_and_is_handed_to_the_command() -> None:
    clock = MockClock(0.0)

    class Faulty(Player):
        async def run(self) -> CallEnded:
            raise KeyError("a bug")

    app = CoolheadApp(call=Faulty(pack(), good_call(), now=lambda: clock.time))
    async with app.run_test() as pilot:
        await at_rest(pilot)
    assert isinstance(app.failure, KeyError)
    assert app.return_code == 1


async def test_the_arrows_choose_a_card_also_where_the_list_scrolls() -> None:
    app = CoolheadApp(lambda *_: pytest.fail("nobody was called"), packs=sixteen)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert app.screen.query_one("#cards").max_scroll_y > 0
        chosen = [card.pack.id for card in app.screen.query(Card)]
        await press(pilot, "down", "down", "down")
        assert isinstance(app.focused, Card)
        assert app.focused.pack.id == chosen[3]
        await press(pilot, "up", "enter")
        assert isinstance(app.screen, BriefingScreen)


async def test_a_caller_who_swears_is_put_through_only_after_a_yes() -> None:
    rough = load("vulgar-caller")
    app = CoolheadApp(lambda *_: pytest.fail("nobody was called"), packs=lambda: [rough])
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "escape")
        assert isinstance(app.screen, LobbyScreen)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, BriefingScreen)
