"""Every key of the call's screen, pressed on a scripted call whose clock the test holds."""

import asyncio
from dataclasses import replace

import pytest
from textual.clock import MockClock
from textual.widgets import Digits, Input, OptionList, Static

from dialogue.events import (
    CallEnded,
    CallStarted,
    Cue,
    Delivery,
    Event,
    PlaybackStarted,
    Reply,
    TraineeAction,
    Utterance,
)
from dialogue.scoring import turns
from tests.ui.stage import staged
from tests.ui.story import Story, good_call, pack
from ui import strings
from ui.app import CoolheadApp
from ui.callview import Line
from ui.disk import Disk
from ui.frame import TooSmall
from ui.player import Player
from ui.screens import call as call_screen
from ui.screens.call import CallScreen
from ui.screens.confirm import Confirm, HangUp
from ui.screens.correct import CorrectScreen
from ui.screens.debrief import DebriefScreen
from ui.screens.help import HelpScreen, Keys
from ui.widgets.level import LevelMeter, filled_eighths
from ui.widgets.line import shortened
from ui.widgets.pacer import Pacer
from ui.widgets.reasons import Reasons
from ui.widgets.transcript import Transcript, Turn


@pytest.fixture(autouse=True)
def _no_pause_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 0.0)


async def test_the_dashboard_shows_the_call() -> None:
    async with staged(t=50.0) as stage:
        assert stage.app.screen.query_one("#gauge-number", Digits).value == "56"
        assert stage.text("#gauge-band") == "◑ angry"
        assert stage.text("#gauge-change") == "▼ 5"
        assert stage.text("#phase") == "negotiating"
        assert stage.text("#time") == "0:50"
        assert stage.text("#cue") == "→ Ask what only they can know."
        said = [str(turn.query_one(".turn-text", Static).render()) for turn in stage.app.screen.query(Turn)]
        assert said[0] == "Finally. Is this a person, or another recording?"
        assert said[4] == "Calm down? I have been calm — cut off"
        changes = [str(turn.query_one(".turn-change", Static).render()) for turn in stage.app.screen.query(Turn)]
        assert changes[1::2] == ["▼ 2", "▲ 11", "▼ 8", "▼ 5"]
        reasons = str(stage.app.screen.query_one(Reasons).render())
        assert reasons.splitlines()[0].startswith("▼ 5   You asked to under")
        assert reasons.splitlines()[1].startswith("      “Which socket do")


async def test_partial_words_show_while_the_trainee_speaks_and_give_way_to_the_turn() -> None:
    async with staged(t=22.0) as stage:
        partial = stage.app.screen.query_one(".turn.-partial .turn-text", Static)
        assert str(partial.render()) == "Okay but you …"
        await stage.at(23.1)
        assert not stage.app.screen.query(".turn.-partial")


async def test_a_line_is_to_be_read_while_it_sounds_and_goes_when_the_customer_began_too_soon() -> None:
    async with staged(t=50.0) as stage:

        def said() -> list[str]:
            turns = stage.app.screen.query(Turn).exclude(".-partial")
            return [str(turn.query_one(".turn-text", Static).render()) for turn in turns]

        before, told = said(), len(stage.call.events)
        ahead: list[Event] = [
            Utterance(50.0, 48.0, 49.5, "I will send you", "voice"),
            Reply(50.0, 90, "Send me what?", Delivery(50.0)),
        ]
        stage.player.ahead = lambda: tuple(ahead)  # type: ignore[method-assign]
        await stage.settle()
        assert said() == [*before, "I will send you"]
        ahead.append(PlaybackStarted(50.2, 90))
        await stage.settle()
        assert said() == [*before, "I will send you", "Send me what?"]
        ahead.clear()
        await stage.settle()
        assert said() == before
        assert len(stage.call.events) == told


async def test_lines_that_come_while_others_are_being_drawn_are_not_lost() -> None:
    async with staged(t=6.0) as stage:
        view = stage.call.view
        transcript = stage.app.screen.query_one(Transcript)
        drawing = asyncio.create_task(transcript.show(view))
        for number in range(6):  # events go on arriving at every point where drawing waits
            view.lines.append(Line("customer", f"line {number}", 6.0, 100 + number))
            await asyncio.sleep(0)
        await drawing
        await transcript.show(view)
        assert len(stage.app.screen.query(Turn).exclude(".-partial")) == len(view.lines)


async def test_drawing_begins_only_once_at_a_time() -> None:
    async with staged(t=6.0) as stage:
        for number in range(6):
            stage.call._receive(Reply(6.0, 100 + number, f"line {number}", Delivery(50.0)))
            stage.call._receive(PlaybackStarted(6.0, 100 + number))
            await asyncio.gather(stage.call._poll(), stage.call._poll())
        await stage.settle()
        assert len(stage.app.screen.query(Turn).exclude(".-partial")) == len(stage.call.view.lines)


async def test_the_number_moves_between_events() -> None:
    story = Story()
    story.you(5.0, "What do you want now?", ("rude", "What do you want now", 38.0))
    story.customer(400.0, "Hello?", 1.0)
    async with staged(story.events, t=5.0) as stage:
        digits = stage.app.screen.query_one("#gauge-number", Digits)
        assert digits.value == "100"
        await stage.at(155.0)  # one half-life later: half the way from 100 to the resting 58
        assert digits.value == "79"


async def test_mute_and_hold_are_toggles_and_say_so() -> None:
    async with staged() as stage:
        await stage.press("m")
        assert stage.text("#state") == strings.MUTED
        await stage.press("m")
        assert stage.text("#state") == strings.LISTENING
        await stage.press("h")
        await stage.at(57.0)
        assert stage.text("#state") == "■ ON HOLD 0:07"
        await stage.press("h")
        assert stage.actions() == ["mute", "unmute", "hold", "resume"]


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
        await stage.press("end", "ctrl+c")
        assert isinstance(stage.app.screen, HangUp)
        await stage.press("ctrl+c")
        assert not stage.app.is_running


async def test_ctrl_c_copies_what_is_chosen_in_a_box_and_leaves_nothing() -> None:
    async with staged() as stage:
        stage.app.push_screen(CorrectScreen(turns(good_call())))
        await stage.press("enter", "end", "shift+home", "ctrl+c")
        box = stage.app.screen
        assert isinstance(box, CorrectScreen)
        assert stage.app.clipboard == box.query_one(Input).value != ""
        await stage.press("end", "ctrl+c")
        assert isinstance(stage.app.screen, HangUp)
        await stage.press("ctrl+c")
        assert not stage.app.is_running


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


async def test_resizing_live_keeps_everything_on_the_screen() -> None:
    async with staged(size=(120, 40)) as stage:
        for width, height in ((80, 24), (60, 20), (160, 50), (40, 16), (80, 24)):
            await stage.pilot.resize_terminal(width, height)
            await stage.settle()
            curve = ("#curve",) if width >= 70 else ()
            for selector in ("#transcript", "#gauge", "#reasons", "#cue", "#status", "Footer", *curve):
                region = stage.app.screen.query_one(selector).region
                assert region.area > 0
                assert region.right <= width
                assert region.bottom <= height
            transcript = stage.app.screen.query_one("#transcript").region
            assert transcript.width >= width / 2  # the conversation is the largest thing there is
            assert transcript.area >= stage.app.screen.query_one("#side").region.area


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (200, 8), (7, 3), (39, 60)])
async def test_a_window_too_small_says_so_on_one_line_and_comes_back_when_it_grows(size: tuple[int, int]) -> None:
    async with staged(size=(80, 24)) as stage:
        await stage.pilot.resize_terminal(*size)
        await stage.settle()
        (cover,) = stage.app.screen.query(TooSmall)
        assert cover.region.size == size
        assert len(str(cover.render())) <= size[0]
        await stage.press("m", "question_mark")
        assert stage.app.screen.query(TooSmall)  # whatever comes up
        await stage.press("escape")
        assert stage.actions() == ["mute"]  # the keys go on
        await stage.pilot.resize_terminal(80, 24)
        await stage.settle()
        assert not stage.app.screen.query(TooSmall)
        assert stage.app.screen.query_one("#transcript").region.area > 0


@pytest.mark.parametrize(
    ("width", "fits"),
    [
        (200, "By keyboard: no microphone was found, as it seems; plug in a headset."),
        (60, "By keyboard: no microphone was found, as it seems"),
        (40, "By keyboard: no microphone was found"),
        (20, "By keyboard"),
        (8, "By keyb…"),
    ],
)
def test_the_status_line_shows_whole_clauses(width: int, fits: str) -> None:
    sentence = "By keyboard: no microphone was found, as it seems; plug in a headset."
    assert shortened(sentence, width) == fits


async def test_the_reason_for_the_keyboard_ends_with_a_clause_on_the_status_line() -> None:
    why = "By keyboard: no microphone was found; plug in a headset, or choose another in the set-up, and call again."
    async with staged(good_call("text"), status=why) as stage:
        for width in (80, 60, 100, 200):
            await stage.pilot.resize_terminal(width, 24)
            await stage.settle()
            note = stage.text("#note")
            assert why.startswith(note)
            assert why[len(note) :][:2].strip() in ("", ":", ";", ",")


def test_the_level_meter_has_a_fixed_scale() -> None:
    assert filled_eighths(-60.0, 20) == 0
    assert filled_eighths(-30.0, 20) == 80
    assert filled_eighths(0.0, 20) == 160
    assert filled_eighths(-120.0, 20) == 0


async def test_the_level_meter_draws_nothing_when_nothing_would_change() -> None:
    async with staged(t=6.0) as stage:
        meter = stage.app.screen.query_one(LevelMeter)
        drawn: list[bool] = []
        meter.refresh = lambda *args, **kwargs: drawn.append(True) or meter  # type: ignore[method-assign,func-returns-value]
        await stage.settle()
        assert drawn == []


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


async def test_notes_are_words_and_are_kept_as_they_are_written() -> None:
    kept: list[str] = []
    clock = MockClock(50.0)
    player = Player(pack(), good_call(), now=lambda: clock.time)
    app = CoolheadApp(call=player, disk=Disk(keep_notes=lambda call, notes: kept.append(notes)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        await pilot.press("n")
        await pilot.pause(0.2)
        await pilot.press(*"mhbdx")  # no key of the call while notes are written
        await pilot.pause(0.2)
        assert kept[-1] == "mhbdx"
        await pilot.press("escape", "m")
        await pilot.pause(0.2)
        screen = app.screen
        assert isinstance(screen, CallScreen)
        assert [event.action for event in screen.events if isinstance(event, TraineeAction)] == ["mute"]
        clock.set_time(100.0)
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.3)
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


async def test_the_last_turn_stands_beside_the_trainees_own_baseline() -> None:
    async with staged(t=22.9) as stage:
        assert stage.text("#yours") == "Last turn +1 dB, pace ×1.1"
        await stage.at(23.1)
        assert stage.text("#yours") == "Last turn +9 dB, pace ×1.1"


async def test_trouble_with_the_sound_stands_whole_in_the_transcript() -> None:
    why = "By keyboard: no microphone was found; plug in a headset, or choose another in the set-up, and call again."
    async with staged(good_call("text"), status=why) as stage:
        said = [str(turn.render()) for turn in stage.app.screen.query(".turn.-aside .turn-text").results(Static)]
        assert said == [why]


async def test_in_a_test_nothing_coaches() -> None:
    events = [event for event in good_call() if not isinstance(event, Cue)]
    assert isinstance(events[0], CallStarted)
    events[0] = replace(events[0], settings={"cues": "off"})
    async with staged(events) as stage:
        assert stage.text("#cue") == strings.NO_CUES_IN_TEST
