"""The trainer's console on a real class: the board, one call in full, and every key that steers."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from dialogue import journal
from dialogue.events import Steered
from tests.ui.classroom.room import Trainee, open_class, until
from tests.ui.stage import at_rest
from ui import strings
from ui.app import CoolheadApp
from ui.classroom.group import Group
from ui.classroom.person import Person
from ui.classroom.register import Entrance, Register
from ui.classroom.report import page, table, taken
from ui.classroom.screens.board import Board
from ui.classroom.screens.console import ConsoleScreen
from ui.classroom.screens.watch import WatchScreen
from ui.widgets.transcript import Transcript

pytestmark = pytest.mark.real


def steps(trainee: Trainee) -> list[tuple[str, str, float]]:
    events = journal.read(trainee.journal.decode().splitlines())
    return [(event.step, event.text, event.points) for event in events if isinstance(event, Steered)]


def shown(board: Board) -> list[str]:
    return [board.render_line(y).text.rstrip() for y in range(board.size.height)]


async def type_in(pilot: Pilot[None], key: str, words: str) -> None:
    await pilot.press(key)
    await at_rest(pilot)
    for char in words:
        await pilot.press("space" if char == " " else char)
    await pilot.press("enter")
    await at_rest(pilot)


async def test_the_board_and_its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna, ben = await room.join("Anna"), await room.join("Ben\x1b[31m")
        await until(lambda: anna.classroom._link.up and ben.classroom._link.up)
        group = Group(Entrance.read(room.host.folder / "class.json"))
        app = CoolheadApp(first=ConsoleScreen(group))
        async with app.run_test(size=(110, 24)) as pilot:
            await until(lambda: len(group.present()) == 2, "both are on the board")
            board = app.screen.query_one(Board)
            await pilot.press("s")
            await at_rest(pilot)
            await pilot.press("down", "enter")
            await at_rest(pilot)
            await pilot.press("up", "enter")  # the last: as a test
            await until(lambda: anna.call and ben.call and anna.call.loop and ben.call.loop, "a call for both")
            assert anna.call
            assert ben.call
            assert anna.call.started.seed == ben.call.started.seed
            assert anna.call.started.settings["cues"] == "off"

            await anna.say("Hello, this is Sam at the help desk. How can I help you?")
            ben.classroom.ask_for_help()
            await until(lambda: "calls you" in shown(board)[0], "who calls comes first")
            await until(lambda: "angry" in shown(board)[1] and "Anna" in shown(board)[1], "anger in words")
            assert not any("\x1b" in line for line in shown(board))

            anna_row = next(person for person in group.present() if person.id == anna.id)
            assert await chosen(pilot, board, anna_row)
            await pilot.press("plus")
            await type_in(pilot, "w", "slow down")
            await type_in(pilot, "t", "who pays")
            await type_in(pilot, "m", "good")
            await pilot.press("c")
            await at_rest(pilot)
            await pilot.press("enter")
            await pilot.press("g")
            await pilot.press("p")
            await until(lambda: anna_row.paused, "paused")
            await until(lambda: "paused" in "".join(shown(board)), "the board says so")
            await pilot.press("p")
            await until(lambda: len(steps(anna)) == 8, f"all steps: {steps(anna)}")
            kinds = [step for step, _, _ in steps(anna)]
            assert kinds == ["nudge", "whisper", "speak", "mark", "curveball", "manager", "pause", "go_on"]
            assert steps(anna)[0][2] == 10.0
            assert steps(ben) == []

            await pilot.press("enter")
            await at_rest(pilot)
            assert isinstance(app.screen, WatchScreen)
            await until(lambda: app.screen.query(Transcript), "the call in full")
            await until(lambda: "who pays" in words_on(app.screen), "with the customer's words")
            watched = app.screen.query_one("#watched", Static)
            assert str(watched.render()) == "Anna · calling you: Ben [31m"
            await pilot.press("x")
            await at_rest(pilot)
            await pilot.press("enter")
            await until(lambda: anna.call and anna.call.ended, "ended")
            await until(lambda: anna_row.view.ended, "and the board knows")
            await pilot.press("escape")
            await until(lambda: "trainer ended" in "".join(shown(board)), f"how it ended: {shown(board)}")
            await ben.vanish()
            await until(lambda: "no line" in "".join(shown(board)), "he is gone, and his row is not")
            await until(lambda: "lost in the middle" in str([*app._notifications]), "and the trainer is told")
        await room.has_all(anna)

        calls = taken(Register(room.host.folder), names=False)
        assert [one.who for one in calls] == ["Trainee 1", "Trainee 2"]
        html = page("Test", calls)
        assert "good" in html
        assert "Anna" not in html
        assert "stopped" in table(calls)
        assert "Anna" in page("Test", taken(Register(room.host.folder), names=True))
        for each in (anna, ben):
            await each.close()


async def chosen(pilot: Pilot[None], board: Board, person: Person) -> bool:
    await pilot.press("home")
    for _ in range(3):
        if board.chosen is person:
            return True
        await pilot.press("down")
    return False


def words_on(screen: object) -> str:
    assert isinstance(screen, WatchScreen)
    return " ".join(str(each.render()) for each in screen.query(".turn-text").results(Static))


async def test_who_watches_one_call_is_told_that_the_class_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")
        group = Group(Entrance.read(room.host.folder / "class.json"))
        app = CoolheadApp(first=ConsoleScreen(group))
        async with app.run_test(size=(110, 24)) as pilot:
            await until(lambda: anna.classroom._link.up and group.present(), "Anna is on the board")
            group.start([anna.id], "flatpack-bookcase", 3)
            await until(lambda: group.present()[0].call, "and in a call")
            await pilot.press("enter")
            await until(lambda: isinstance(app.screen, WatchScreen) and app.screen.query(Transcript), "in full")
            assert not group.trouble
            room.end()
            watched = app.screen.query_one("#watched", Static)
            await until(lambda: strings.CLASS_GONE in str(watched.render()), "whoever watches is told")
            await pilot.press("escape")
            board_says = app.screen.query_one("#phase", Static)
            await until(lambda: str(board_says.render()) == strings.CLASS_GONE, "and so is the board")
        await anna.close()


async def test_a_console_that_comes_late_sees_the_whole_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_class(tmp_path, monkeypatch) as room:
        anna = await room.join("Anna")
        await until(lambda: anna.classroom._link.up)
        early = Group(Entrance.read(room.host.folder / "class.json"))
        early.open()
        await until(lambda: early.present())
        early.start([anna.id], "flatpack-bookcase", 3)
        await until(lambda: anna.call and anna.call.loop)
        await anna.say("Hello, this is Sam at the help desk. How can I help you?")
        await room.has_all(anna)
        late = Group(Entrance.read(room.host.folder / "class.json"))
        late.open()
        await until(lambda: late.present() and late.present()[0].lines == anna.journal.count(b"\n"), "all lines")
        assert late.present()[0].view.lines == early.present()[0].view.lines
        for _ in range(3):  # as after three losses in a row: the last one counts
            late._came()
        late.people.clear()
        late._came()
        await until(lambda: late.present() and late.present()[0].lines == anna.journal.count(b"\n"), "and once more")
        for each in (early, late):
            await each.close()
        await anna.close()
