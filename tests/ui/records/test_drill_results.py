"""Results of drills: the newest first, and whatever is no result is passed over."""

import json
from pathlib import Path

import pytest

from ui.records.drill_results import Tally, by_drill, drilled, drilled_path, keep


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))


def test_the_newest_comes_first_and_each_drill_has_its_own() -> None:
    assert drilled() == []
    for drill, passed in (("openings", 1), ("no_buts", 2), ("openings", 3)):
        keep(drill, Tally(3, passed, 1), spoken=False)
    keep("openings", Tally(), spoken=True)  # left in its first round
    assert [(one.drill, one.passed) for one in drilled()] == [("openings", 3), ("no_buts", 2), ("openings", 1)]
    assert {drill: len(done) for drill, done in by_drill(drilled()).items()} == {"openings": 2, "no_buts": 1}


@pytest.mark.parametrize(
    "changes",
    [{"rounds": 0, "passed": 0, "at_once": 0}, {"passed": 4}, {"at_once": 3}, {"at_once": -1}, {"at": "yesterday"}],
)
def test_counts_that_no_drill_has_are_no_result(changes: dict[str, object]) -> None:
    keep("openings", Tally(3, 2, 1), spoken=True)
    row = json.loads(drilled_path().read_text(encoding="utf-8"))
    with drilled_path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(row | changes) + "\n")
    assert len(drilled()) == 1
