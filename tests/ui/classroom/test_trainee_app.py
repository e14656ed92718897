"""A trainee in class on screens: told first what is sent, then called, steered, and back to waiting."""

from pathlib import Path

import pytest
from textual.widgets import Static

from dialogue.events import CallStarted
from dialogue.persona import load
from dialogue.session import Session
from tests.ui.classroom.room import Room, open_class, until
from tests.ui.driven import Ear
from tests.ui.stage import at_rest
from ui.calls.driver import Call
from ui.calls.live_call import LiveCall
from ui.classroom import code, trainee_app
from ui.classroom.group import Group
from ui.classroom.joining import where
from ui.classroom.protocol import Start
from ui.classroom.register import Entrance
from ui.classroom.screens.briefing import ClassBriefingScreen
from ui.classroom.screens.consent import ConsentScreen
from ui.classroom.screens.waiting import WaitingScreen
from ui.classroom.trainee_app import TraineeApp
from ui.records.archive import JournalFile
from ui.runtime.settings import Settings
from ui.screens.call import CallScreen
from ui.screens.debrief import DebriefScreen
from ui.screens.disk import Disk
from ui.screens.help import HelpScreen
from ui.screens.message import MessageScreen
from ui.widgets.desk import DeskPanel
from voice.clock import CallClock
from voice.monitoring.tap import Tap

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("no_pause_after_the_end")]


def quick_call(start: Start, settings: Settings, tap: Tap, *, text: bool) -> Call:
    """Without the text model: it takes seconds to load."""
    pack = load(start.pack)
    started = CallStarted(0.0, pack.id, pack.sha256, start.seed or 1, "text", "0")
    call = Call(pack, Session(pack), started, clock=CallClock())
    call.ear = Ear()
    return call


def keep(call: LiveCall) -> None:
    assert isinstance(call, Call)
    call.sinks.insert(0, JournalFile.new(call.started))


def app_for(room: Room) -> TraineeApp:
    return TraineeApp(where(code.read(room.code), "Anna"), True, disk=Disk(record=keep))


async def test_who_does_not_agree_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        app = app_for(room)
        async with app.run_test(size=(90, 36)) as pilot:
            await until(lambda: isinstance(app.screen, ConsentScreen))
            await until(lambda: len(app.screen.query(Static)) > 5)
            told = " ".join(str(each.render()) for each in app.screen.query(Static))
            for word in (
                "127.0.0.1",
                "Anna",
                "your words as text",
                "Not sent",
                "Sound, if you agree",
                "leave at any time",
            ):
                assert word in told
            await pilot.press("escape")
        assert app.classroom is None
        assert room.host.register.people() == {}


async def test_a_screen_that_comes_as_listening_ends_does_not_say_that_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        app = app_for(room)
        async with app.run_test(size=(90, 36)) as pilot:
            await until(lambda: isinstance(app.screen, ConsentScreen))
            await app._show_heard(True)
            assert app.screen.query("#heard")
            app.push_screen(HelpScreen(app.screen))  # is told of at once, and shown later
            app.call_later(app._show_heard, False)
            app._screen_changed(app.screen)
            await at_rest(pilot)
            assert not [screen for screen in app.screen_stack if screen.query("#heard")]
            await pilot.press("escape", "escape")


async def test_called_steered_and_back_to_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taps: list[object] = []

    def again(events: object, turn: int, settings: Settings, wishes: object, tap: Tap) -> Call:
        taps.append(tap)
        return quick_call(Start("2", "flatpack-bookcase"), settings, tap, text=True)

    monkeypatch.setattr(trainee_app, "call_for", quick_call)
    monkeypatch.setattr(trainee_app, "taken_up", again)
    async with open_class(tmp_path, monkeypatch) as room:
        app = app_for(room)
        group = Group(Entrance.read(room.host.folder / "class.json"))
        news: list[str] = []
        group.on_news = news.append
        group.open()
        async with app.run_test(size=(100, 32)) as pilot:
            await until(lambda: isinstance(app.screen, ConsentScreen))
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, WaitingScreen), "waiting")
            await until(lambda: group.present(), "on the board")
            (anna,) = group.present()
            group.start([anna.id], "not-on-this-machine", 7)
            await until(lambda: anna.state.trouble, "the trainer reads why")
            assert "not-on-this-machine" in anna.state.trouble
            await until(lambda: isinstance(app.screen, MessageScreen) and app.screen.is_mounted, "and so does she")
            await at_rest(pilot)
            await pilot.press("escape")
            await until(lambda: isinstance(app.screen, WaitingScreen), "she has stayed")

            group.start([anna.id], "flatpack-bookcase", 7)
            await until(lambda: isinstance(app.screen, ClassBriefingScreen) and app.screen.query(DeskPanel), "it rings")
            await until(lambda: anna.state.status == "ringing" and not anna.state.trouble)
            await at_rest(pilot)
            assert not app.screen.check_action("test", ())
            await pilot.press("escape")
            await until(lambda: anna.state.status == "waiting", "not taken")
            group.start([anna.id], "flatpack-bookcase", 7)
            await until(lambda: isinstance(app.screen, ClassBriefingScreen) and app.screen.query(DeskPanel), "again")
            await at_rest(pilot)
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, CallScreen) and anna.in_call, "in the call")
            screen = app.screen
            assert isinstance(screen, CallScreen)
            await until(lambda: screen.answers_keys)
            await pilot.press(*"Hello", "enter")
            await until(lambda: anna.view.lines, "the first words")
            group.steer(anna.id, "whisper", "Give your name.")
            await until(lambda: "Give your name." in str(screen.view.lines), "the whisper is there")
            await pilot.press("f9")
            await until(lambda: anna.state.help, "asked for help")
            assert anna.state.sound
            group.listen(anna.id, 5.0)
            await until(lambda: screen.query("#heard") and anna.listened, "it is shown that the trainer listens")
            assert "hears this call" in str(screen.query_one("#heard", Static).render())
            app.push_screen(HelpScreen(screen))
            await until(lambda: app.screen is not screen and app.screen.query("#heard"), "also on what lies over it")
            app.pop_screen()
            await until(lambda: app.screen is screen and screen.query("#heard"), "and under it")
            await pilot.press("f10")
            await until(lambda: not screen.query("#heard") and not anna.state.sound, "the trainee ends it")
            group.steer(anna.id, "end")
            await until(lambda: screen.view.ended, "ended")
            await at_rest(pilot)
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, DebriefScreen), "the debrief")
            await at_rest(pilot)
            first = anna.call
            await pilot.press("f10")  # thought better of it
            app.screen.post_message(DebriefScreen.Retried([], 1))
            await until(lambda: isinstance(app.screen, CallScreen) and anna.call != first and anna.in_call, "again")
            assert taps == [app.classroom and app.classroom.tap]
            await until(lambda: anna.state.sound)
            group.listen(anna.id, 5.0)
            await until(lambda: app.screen.query("#heard"), "and the trainer hears it")
            await until(lambda: anna.listened)
            group.steer(anna.id, "end")
            await until(lambda: anna.view.ended, "ended")
            await at_rest(pilot)
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, DebriefScreen), "the debrief")
            assert not app.screen.query("#heard")
            await pilot.press("escape")
            await until(lambda: isinstance(app.screen, WaitingScreen), "waiting again")
            await until(lambda: anna.state.status == "waiting", "and the board knows")
            await pilot.press("q")
        await until(lambda: not group.present(), "left")
        assert group.shown() == [anna]
        assert [sentence for sentence in news if "not-on-this-machine" in sentence] == news
        assert app.left_behind == ""
        copies, own = room.host.register.journals(anna.id), sorted((tmp_path / "calls").glob("*.jsonl"))
        assert len(own) == 2
        assert [each.read_bytes() for each in copies] == [each.read_bytes() for each in own]
        await group.close()
