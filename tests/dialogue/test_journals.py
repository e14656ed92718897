"""Every journal of `tests/journals` recomputes equal, without any model, whole and cut off anywhere."""

import json
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


def test_a_scenario_that_has_changed_is_told_as_that() -> None:
    started, *rest = JOURNALS[0].read_text(encoding="utf-8").splitlines()
    facts = json.loads(started)
    facts["pack_sha256"] = "0" * 64
    told = str(replay([json.dumps(facts), *rest]))
    assert f"pack {facts['pack']} sha256: 000000000000 -> " in told
    assert "no longer produces" not in told
