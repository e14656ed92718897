"""Two calls side by side: the same whichever is named first; what changed, with its quotes."""

import json
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.ui.kept import take
from tests.ui.stage import press
from ui import strings
from ui.app import CoolheadApp
from ui.commands import history as command
from ui.debrief.call_comparison import Comparison, compared, figures, sections
from ui.records import index
from ui.records.archive import calls_folder
from ui.records.scenarios import pack_titles
from ui.runtime.problems import Problem
from ui.screens.compare import CompareScreen
from ui.screens.history import HistoryScreen

JOURNALS = Path(__file__).parents[2] / "journals"
pytestmark = pytest.mark.usefixtures("home")


def poor_then_excellent() -> tuple[Path, Path]:
    poor = take("1-poor", days_ago=3)
    good = take("2-excellent", days_ago=1)
    good.write_text((JOURNALS / "flatpack-bookcase-excellent.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    return poor, good


def comparison() -> Comparison:
    poor_then_excellent()
    newest, oldest = index.calls()
    return compared(newest, oldest)


def told(found: Comparison) -> dict[str, str]:
    return {heading: "\n".join(lines) for heading, lines in sections(found)}


def test_the_earlier_call_comes_first_and_what_got_better_has_its_quotes() -> None:
    found = comparison()
    assert [found.then.call.path.name, found.now.call.path.name] == ["1-poor.jsonl", "2-excellent.jsonl"]
    assert found.better
    assert all((then.state, now.state) == ("missed", "met") for then, now in found.better)
    words = told(found)
    for then, now in found.better:
        assert f"✘ → ✔ {now.title}" in words[strings.COMPARE_BETTER]
        for mark in (then, now):
            assert not mark.signs or mark.signs[0].quote in words[strings.COMPARE_BETTER]
    assert words[strings.COMPARE_WORSE] == strings.COMPARE_NONE_WORSE
    ends = next(row for row in figures(found) if row[0] == strings.COMPARE_END)
    assert float(ends[1]) > float(ends[2])


def test_the_other_way_round_what_got_better_got_worse() -> None:
    _, good = poor_then_excellent()
    good.rename(calls_folder() / "0-excellent.jsonl")
    newest, oldest = index.calls()
    assert compared(newest, oldest).worse
    assert compared(newest, oldest) == compared(oldest, newest)
    assert not compared(newest, oldest).better


def test_habits_are_what_the_trainee_did_more_or_less_of() -> None:
    found = comparison()
    assert found.habits
    for cause in found.habits:
        before, after = (looked.habits.get(cause, (0, 0.0)) for looked in (found.then, found.now))
        assert before[0] != after[0]
    turns = found.now.review.turns
    assert all(count <= turns for count, _ in found.now.habits.values())


def test_in_lines_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    poor, good = poor_then_excellent()
    assert command.compare(one=Path("1"), other=Path("2"), json_lines=False) == 0
    out = capsys.readouterr().out
    assert strings.COMPARE_BETTER in out
    assert out.index("then: ") < out.index("now: ")
    assert command.compare(one=poor, other=good, json_lines=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["journals"] == [str(poor), str(good)]
    with pytest.raises(Problem, match="one and the same"):
        command.compare(one=Path("1"), other=good, json_lines=False)
    broken = calls_folder() / "broken.txt"
    broken.write_text("no journal")
    with pytest.raises(Problem, match="not a Coolhead journal"):
        command.compare(one=broken, other=good, json_lines=False)


async def test_two_marked_calls_stand_side_by_side() -> None:
    poor_then_excellent()
    app = CoolheadApp(first=HistoryScreen(index.calls(), pack_titles(), calls_folder()))
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await press(pilot, "m", "m")  # marked, and no longer
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "m", "down", "m")
        await pilot.pause(0.5)
        assert isinstance(app.screen, CompareScreen)
        shown = "\n".join(str(each.render()) for each in app.screen.query(Static))
        assert strings.COMPARE_BETTER in shown
        assert "Anger at the end: " in shown
        await press(pilot, "escape")
        assert isinstance(app.screen, HistoryScreen)
