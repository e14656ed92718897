"""Every journal of `tests/journals` recomputes equal, without any model, whole and cut off anywhere."""

from pathlib import Path

import pytest

from dialogue.journal import read, replay
from dialogue.persona import load
from dialogue.scoring import debrief

JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("*.jsonl"))


def test_there_are_journals() -> None:
    assert len(JOURNALS) >= 8


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_journal_recomputes_equal(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert replay(lines) is None
    for kept in range(1, len(lines), 7):
        assert replay([*lines[:kept], lines[kept][:20]]) is None
    events = read(lines)
    assert debrief(events, load(events[0].pack)).outcome  # type: ignore[union-attr]
