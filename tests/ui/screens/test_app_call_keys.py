"""Every key of the call's screen but those that leave it, pressed on a scripted call; typing; and the mouse."""

import pytest
from textual.clock import MockClock
from textual.events import Key, Paste
from textual.widgets import Input, OptionList, Static

from dialogue.events import TraineeAction, Utterance
from tests.ui.stage import at_rest, staged
from tests.ui.story import Story, good_call, pack
from ui import strings
from ui.app import CoolheadApp
from ui.calls.journal_player import Player
from ui.runtime.settings import Settings
from ui.screens.call import CallScreen
from ui.screens.confirm import Confirm
from ui.screens.disk import Disk
from ui.screens.help import HelpScreen, Keys
from ui.widgets.pacer import Pacer

pytestmark = pytest.mark.usefixtures("no_pause_after_the_end")


async def test_mute_and_hold_are_toggles_and_say_so() -> None:
    async with staged() as stage:
        await stage.press("m")
        assert stage.text("#state") == strings.MUTED
        await stage.press("m")
        assert stage.text("#state") == strings.YOUR_TURN
        await stage.press("h")
        await stage.at(57.0)
        assert stage.text("#state") == "■ ON HOLD 0:07"
        await stage.press("h")
        assert stage.actions() == ["mute", "unmute", "hold", "resume"]


async def test_keys_pressed_while_it_rang_do_nothing_to_the_call() -> None:
    async with staged() as stage:
        ringing = stage.call
        following = CallScreen(Player(pack(), good_call(), now=lambda: 50.0))
        stage.app.push_screen(following)
        assert not following.answers_keys
        for event in (Key("h", "h"), Paste("x"), Key("x", "x")):
            stage.app.post_message(event)  # they wait in the queue while the screen is made
        await stage.settle()
        assert stage.call is following is not ringing
        assert stage.actions() == []
        await stage.press("h")
        assert stage.actions() == ["hold"]


async def test_breathing_mutes_and_esc_ends_it_and_is_heard_again() -> None:
    async with staged() as stage:
        await stage.press("b")
        assert stage.below == "pacer"
        assert stage.text("#state") == strings.MUTED
        assert stage.app.screen.query_one("#transcript").region.right <= stage.app.screen.query_one(Pacer).region.x
        assert stage.app.screen.query_one("#gauge").region.bottom <= stage.app.screen.query_one(Pacer).region.y
        await stage.press("escape")
        assert stage.below == "why"
        assert stage.actions() == ["mute", "unmute"]
        await stage.press("b", "b")
        assert stage.actions() == ["mute", "unmute"] * 2


async def test_breathing_leaves_a_mute_alone_that_was_there_before() -> None:
    async with staged() as stage:
        await stage.press("m", "b", "escape")
        assert stage.actions() == ["mute"]
        assert stage.text("#state") == strings.MUTED


async def test_the_desk_opens_beside_the_call_and_looking_up_takes_its_time() -> None:
    async with staged() as stage:
        await stage.press("d")
        assert stage.below == "desk"
        await stage.press("enter")
        options = stage.app.screen.query_one("#desk-lookups", OptionList)
        assert str(options.get_option("stock").prompt) == "Stock of the K7: searching, 8 s left"
        await stage.at(54.5)
        assert str(options.get_option("stock").prompt) == "Stock of the K7: searching, 4 s left"
        await stage.at(58.0)
        assert str(options.get_option("stock").prompt) == "Stock of the K7: 41 pieces"
        assert str(options.get_option("fuse").prompt) == "Known faults of the K7 (20 s)"
        await stage.press("d")
        assert stage.below == "why"
        await stage.press("d", "escape")
        assert stage.below == "why"


async def test_notes_are_words_and_are_kept_as_they_are_written() -> None:
    kept: list[str] = []
    clock = MockClock(50.0)
    player = Player(pack(), good_call(), now=lambda: clock.time)
    app = CoolheadApp(call=player, disk=Disk(keep_notes=lambda call, notes: kept.append(notes)))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await pilot.press("n")
        await at_rest(pilot)
        await pilot.press(*"mhbdx")  # no key of the call while notes are written
        await at_rest(pilot)
        assert kept[-1] == "mhbdx"
        await pilot.press("escape", "m")
        await at_rest(pilot)
        screen = app.screen
        assert isinstance(screen, CallScreen)
        assert [event.action for event in screen.events if isinstance(event, TraineeAction)] == ["mute"]
        clock.set_time(100.0)
        await at_rest(pilot)
        await pilot.press("enter")
        await at_rest(pilot)
        assert any(str(each.render()) == "mhbdx" for each in app.screen.query(Static))


async def test_without_captions_one_has_to_listen_until_the_call_is_over() -> None:
    async with staged(t=50.0) as stage:

        def customer_says() -> list[str]:
            turns = stage.app.screen.query(".turn.-customer .turn-text").results(Static)
            return [str(turn.render()) for turn in turns]

        before = customer_says()
        await stage.press("c")
        assert set(customer_says()) == {strings.CAPTIONS_OFF}
        await stage.press("c")
        assert customer_says() == before
        await stage.press("c")
        await stage.at(90.0)
        assert customer_says()[: len(before)] == before


@pytest.mark.parametrize("silent", [True, False])
async def test_a_customer_who_cannot_be_heard_is_shown_also_to_who_wants_no_captions(silent: bool) -> None:
    player = Player(pack(), good_call(), now=lambda: 50.0)
    player.silent = silent
    app = CoolheadApp(call=player, settings=Settings.model_construct(captions=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        shown = [str(turn.render()) for turn in app.screen.query(".turn.-customer .turn-text").results(Static)]
        assert shown
        assert (strings.CAPTIONS_OFF in shown) is not silent


async def test_typing_is_saying_and_letters_are_words() -> None:
    async with staged(good_call("text"), status="By keyboard: no sound device was found.") as stage:
        assert stage.text("#note") == "By keyboard: no sound device was found."
        await stage.press(*"bdmhx?")
        field = stage.app.screen.query_one("#say", Input)
        assert field.value == "bdmhx?"
        await stage.press("enter")
        assert field.value == ""
        said = [event.text for event in stage.call.events if isinstance(event, Utterance)]
        assert said[-1] == "bdmhx?"
        await stage.press("f2", "f2", "f3", "f3")
        assert stage.actions() == ["mute", "unmute", "hold", "resume"]
        await stage.press("f4")
        assert stage.below == "pacer"
        await stage.press("f5")
        assert stage.below == "desk"
        assert stage.actions()[-2:] == ["mute", "unmute"]
        await stage.press("escape", "f1")
        assert isinstance(stage.app.screen, HelpScreen)
        await stage.press("escape", "f8")
        assert isinstance(stage.app.screen, Confirm)


async def test_a_call_that_loses_its_microphone_goes_on_by_keyboard() -> None:
    story = Story()
    story.customer(1.0, "Hello?", 1.0).problem(10.0, "The microphone is gone: type instead.").customer(
        90.0, "Well?", 1.0
    )
    async with staged(sorted(story.events, key=lambda e: e.t), t=9.0) as stage:
        assert not stage.app.screen.query_one("#say", Input).display
        assert "m" in stage.app.screen.active_bindings
        await stage.at(10.5)
        assert stage.app.screen.query_one("#say", Input).display
        assert stage.app.screen.focused is stage.app.screen.query_one("#say")
        assert "f2" in stage.app.screen.active_bindings
        assert stage.text("#note") == "The microphone is gone: type instead."


async def test_help_lists_the_keys_of_the_screen_below() -> None:
    async with staged() as stage:
        await stage.press("question_mark")
        assert {"m", "h", "b", "d", "x", "?", "^t"} <= {keys for keys, _ in stage.app.screen.query_one(Keys).rows}
        await stage.press("escape")
        assert isinstance(stage.app.screen, CallScreen)


async def test_every_key_is_a_command_too() -> None:
    async with staged() as stage:
        names = {command.title for command in stage.app.get_system_commands(stage.app.screen)}
        assert {strings.KEY_MUTE, strings.KEY_HOLD, strings.KEY_BREATHE, strings.KEY_DESK, strings.KEY_HANG_UP} <= names
        mute = next(c for c in stage.app.get_system_commands(stage.app.screen) if c.title == strings.KEY_MUTE)
        mute.callback()
        await stage.settle()
        assert stage.actions() == ["mute"]


async def test_the_theme_key_goes_round_and_tells() -> None:
    chosen: list[dict[str, object]] = []
    clock = MockClock(0)
    app = CoolheadApp(call=Player(pack(), good_call(), now=lambda: clock.time), disk=Disk(remember=chosen.append))
    async with app.run_test() as pilot:
        first = app.theme
        for _ in range(4):
            await pilot.press("ctrl+t")
        assert app.theme == first
        assert len({changes["theme"] for changes in chosen}) == 4


async def test_the_mouse_works_the_footer() -> None:
    async with staged() as stage:
        await stage.pilot.click("FooterKey")
        await stage.settle()
        assert stage.actions() == ["mute"]
