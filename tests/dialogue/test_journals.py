"""Every journal of `tests/journals` recomputes equal, without any model, whole and cut off anywhere."""

from pathlib import Path

import pytest

from dialogue.events import CallEnded
from dialogue.journal import read, replay

JOURNALS = sorted((Path(__file__).parents[1] / "journals").glob("*.jsonl"))


def test_there_are_journals() -> None:
    assert len(JOURNALS) >= 8


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_journal_recomputes_equal(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert replay(lines) is None
    for kept in range(1, len(lines), 7):
        assert replay([*lines[:kept], lines[kept][:20]]) is None
    assert any(isinstance(event, CallEnded) for event in read(lines))
