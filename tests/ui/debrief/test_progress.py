"""Progress: weeks and their averages, the screen in the lobby, what it says to who has taken no call."""

import threading
from collections.abc import Sequence
from datetime import date, timedelta

from textual.widgets import Static

from dialogue.debrief.rubric import Mark, Scorecard, SectionMarks
from dialogue.drills import practising
from tests.ui.past import call
from tests.ui.stage import Switchboard, at_rest, press
from tests.ui.story import pack
from ui import strings
from ui.app import CoolheadApp
from ui.debrief.progress import Progress, next_steps, sections
from ui.records.history import PastCall
from ui.screens.briefing import BriefingScreen
from ui.screens.disk import Disk
from ui.screens.drill import DrillScreen
from ui.screens.lobby import LobbyScreen
from ui.screens.progress import ProgressScreen

TODAY = date(2026, 5, 9)  # a Saturday; the calls below are taken before it


def card(met: int, missed: int) -> Scorecard:
    marks = [*[Mark("a", "met", ())] * met, *[Mark("Asks to understand", "missed", (), ("clarify",))] * missed]
    return Scorecard("Rubric", (SectionMarks("Listening", 10.0, tuple(marks)),), ())


def shown(calls: Sequence[PastCall]) -> Progress:
    return Progress(calls, {each.path.name: card(1, 1) for each in calls})


def test_weeks_begin_on_monday_and_average_their_calls() -> None:
    calls = [call("second", 0, "satisfied", 20.0), call("second", 5, "hung_up", 90.0), call("second", 6, None, 60.0)]
    assert [each.began.weekday() for each in calls if each.began] == [5, 0, 6]
    this, last = shown(calls).weeks
    assert (this.monday, this.calls, this.satisfied, this.end, this.score) == (date(2026, 5, 4), 2, 1, 55.0, 50.0)
    assert (last.monday, last.calls, last.end) == (date(2026, 4, 27), 1, 60.0)
    told = dict(sections(shown(calls), TODAY))[strings.PROGRESS_WEEKS]
    assert told[0].startswith("this week ")
    assert "anger 62 → 55" in told[0]
    assert told[1].startswith("last week ")
    later = dict(sections(shown(calls), TODAY + timedelta(days=70)))[strings.PROGRESS_WEEKS]
    assert later[0].startswith("week of 2026-05-04")


def test_only_a_row_of_satisfied_customers_is_a_row() -> None:
    def summary(*outcomes: str) -> str:
        calls = [call("second", day, outcome, 50.0) for day, outcome in enumerate(outcomes)]  # type: ignore[arg-type]
        [(_, (line,)), *_] = sections(Progress(calls), TODAY)
        return line

    assert summary("satisfied", "satisfied", "hung_up") == (
        "3 calls; the customer was satisfied in 2. The last 2 in a row."
    )
    assert summary("satisfied", "hung_up") == "2 calls; the customer was satisfied in 1."


def test_the_next_drill_says_in_how_many_of_how_many_calls() -> None:
    calls = [call("second", 1, "satisfied", 20.0), call("second", 2, "satisfied", 20.0)]
    first, *_ = next_steps(shown(calls), strings.PROGRESS_DRILL_KEY, strings.PROGRESS_CALL_HERE)
    assert first.endswith("“Asks to understand” was missed in 2 of 2 calls")


async def test_from_the_lobby_to_progress_and_to_the_drill_it_suggests() -> None:
    calls = [call("second", 1, "satisfied", 20.0)]
    disk = Disk(past=lambda: calls, progress=lambda: shown(calls))
    app = CoolheadApp(Switchboard(), packs=lambda: [pack()], by_text=True, disk=disk)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await press(pilot, "p")
        assert isinstance(app.screen, ProgressScreen)
        drill = practising("clarify")
        assert drill
        assert f"drill “{drill.title}”" in str(app.screen.query_one("#next-steps", Static).render())
        await press(pilot, "d")
        assert isinstance(app.screen, DrillScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, LobbyScreen)


async def test_who_asks_twice_or_goes_on_meanwhile_is_not_called_back() -> None:
    ready = threading.Event()

    def slowly() -> Progress:
        assert ready.wait(10)
        return Progress()

    app = CoolheadApp(Switchboard(), packs=lambda: [pack()], disk=Disk(progress=slowly))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        await pilot.press("p", "p", "enter")
        ready.set()
        await app.workers.wait_for_complete()
        await at_rest(pilot)
        assert isinstance(app.screen, BriefingScreen)


async def test_without_a_call_it_says_how_to_take_one() -> None:
    app = CoolheadApp(first=ProgressScreen(Progress()))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        told = " ".join(str(each.render()) for each in app.screen.query(Static))
        assert strings.PROGRESS_NONE_HERE in told
        assert "d Drill" not in told
