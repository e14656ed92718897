"""`coolhead drill` in line mode: the list, a drill by its technique, bad input, and a story that is erased."""

from pathlib import Path

import pytest

from dialogue import drills
from tests.ui.drilling import RulesAlone, typed
from ui.commands import drill
from ui.practice import drill_session
from ui.records.drill_results import drilled
from ui.runtime.problems import Problem
from ui.runtime.settings import Settings


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr(drill, "reader", lambda: lambda wordings: RulesAlone())
    monkeypatch.setattr(drill_session, "REST_SECONDS", 0.0)


def run(name: str | None = None, *, technique: str | None = None) -> int:
    return drill.run(name=name, technique=technique, text=True, plain=True, recognizer=None, voice=None)


def test_without_a_name_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    listed = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in listed] == [each.id for each in drills.available()]


def test_a_technique_leads_to_its_drill_and_the_result_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "I'm sorry that this happened to you.", "nonsense", "nonsense", "nonsense")
    assert run(technique="003-11") == 0
    told = capsys.readouterr().out
    assert told.startswith("An apology without if or but")
    assert "The drill was ended after 2 of 3 rounds." in told
    (done,) = drilled()
    assert (done.drill, done.rounds, done.spoken) == ("a-plain-apology", 2, False)


@pytest.mark.parametrize(
    ("name", "technique", "says"),
    [
        (None, "9-9", "No drill teaches '9-9'"),
        ("find-out", "001-3", "not both"),
        ("tone-ladder", None, "needs a microphone. By keyboard there is “Breathe, then speak”"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(name: str | None, technique: str | None, says: str) -> None:
    with pytest.raises(Problem, match=says):
        run(name, technique=technique)
    assert not drilled()


@pytest.mark.parametrize("terminal", [True, False])
def test_a_story_is_erased_from_a_terminal(
    terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill, "_columns", lambda: 20)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    shown = drill.Printed(Settings.model_construct())
    shown.told("a story on two lines of it")
    shown.write("press Enter")
    shown.forget()
    lines = 2 + 1 + 1  # and the one on which Enter was pressed
    assert capsys.readouterr().out.endswith(f"\x1b[{lines}F\x1b[J") == terminal
