"""The opinion's rows, as the debrief prints them, add up to what it says they come to."""

import re
from pathlib import Path

import pytest

from dialogue.debrief.opinion import opinion
from dialogue.journal import read
from dialogue.persona import load
from ui.debrief.wording import opinion_lines

JOURNALS = Path(__file__).parents[2] / "journals"


@pytest.mark.parametrize("path", sorted(JOURNALS.glob("*.jsonl")), ids=lambda path: path.stem)
@pytest.mark.parametrize("most", [1, 4, 1000])
def test_the_rows_shown_add_up(path: Path, most: int) -> None:
    events, pack = read(path.read_text(encoding="utf-8").splitlines()), load(path.stem.rpartition("-")[0])
    thinks = opinion(events, pack)
    _, *rows = opinion_lines(thinks, pack, most)
    shown = [float(re.match(r"\s*([+-]\d+\.\d)", row)[1]) for row in rows]  # type: ignore[index]
    assert len(shown) == min(most + 1, len(thinks.rows))
    assert sum(shown) == pytest.approx(thinks.end - thinks.start, abs=0.05 * len(shown) + 1e-6)
