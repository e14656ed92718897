"""What the calls on disk show, in words and as JSON; what cannot be read is left out."""

import json
import shutil
from pathlib import Path

import pytest

from dialogue.persona.loading import own_folder
from ui.commands import progress
from ui.records import retention
from ui.records.archive import calls_folder
from ui.records.drill_results import Tally, drilled_path, keep

JOURNALS = Path(__file__).parents[2] / "journals"


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    calls_folder().mkdir(parents=True)


def _taken(*names: str) -> None:
    for number, name in enumerate(names):
        shutil.copy(JOURNALS / f"{name}.jsonl", calls_folder() / f"2026-01-0{number + 1}T10-00-00-{name}.jsonl")


def test_calls_become_skills_bests_and_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    _taken("flatpack-bookcase-poor", "flatpack-bookcase-excellent", "broadband-dropouts-poor")
    first = (JOURNALS / "flatpack-bookcase-poor.jsonl").read_text(encoding="utf-8")
    assert '"settings":{' in first
    again = first.replace('"settings":{', '"settings":{"retry_turn":"2",', 1).replace(
        '"retry_turn":"2",}', '"retry_turn":"2"}', 1
    )
    (calls_folder() / "2026-01-08T10-00-00-again.jsonl").write_text(again, encoding="utf-8")
    (calls_folder() / "2026-01-09T10-00-00-broken.jsonl").write_text("not a journal\n")
    own_folder().mkdir(parents=True)
    (own_folder() / "half-written.yaml").write_text("format: 1\n")
    assert progress.run(json_lines=False) == 0
    told = capsys.readouterr().out
    assert "3 calls; the customer was satisfied in 1." in told
    assert "Empathy and respect" in told
    assert "? is too few of them" in told
    assert "The bookcase that came down" in told
    assert "Next drill: coolhead drill " in told
    assert "Next call: coolhead call " in told


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _taken("flatpack-bookcase-excellent")
    assert progress.run(json_lines=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["calls"] == 1
    assert all(0.0 <= skill["low"] <= skill["share"] <= skill["high"] <= 1.0 for skill in told["skills"])


def test_without_a_call_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert progress.run(json_lines=False) == 0
    assert "take one with `coolhead call`" in capsys.readouterr().out


def test_a_call_in_which_nothing_was_said_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _taken("flatpack-bookcase-poor")
    (taken,) = calls_folder().iterdir()
    said = ('"type":"utterance"', '"type":"appraisal"')
    lines = taken.read_text(encoding="utf-8").splitlines(keepends=True)
    taken.write_text("".join(line for line in lines if not any(kind in line for kind in said)), encoding="utf-8")
    assert progress.run(json_lines=False) == 0
    assert "take one with `coolhead call`" in capsys.readouterr().out


def test_drills_that_were_done_stand_there_with_how_they_went(capsys: pytest.CaptureFixture[str]) -> None:
    keep("find-the-gap", Tally(3, 1, 0), spoken=False)
    keep("find-the-gap", Tally(3, 3, 2), spoken=True)
    keep("spot-the-turn", Tally(), spoken=True)  # left before the first round was over
    with drilled_path().open("a", encoding="utf-8") as file:
        file.write('not json\n{"at": "yesterday"}\n{"at": "2026-01-01T10:00:00+00:00", "drill": "x", "rounds": 0}\n')
    assert drilled_path().stat().st_mode & 0o077 == 0
    assert progress.run(json_lines=False) == 0
    told = capsys.readouterr().out
    assert "Find the gap: 1/3  3/3  (2 times, last on " in told
    assert "Spot the turn" not in told
    assert progress.run(json_lines=True) == 0
    done = json.loads(capsys.readouterr().out)["drills"]["find-the-gap"]
    assert [each["passed"] for each in done] == [3, 1]
    assert drilled_path() in retention.kept()
