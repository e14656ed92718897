"""What the judgement is taught from: pairs of replies in their form, and nothing of what it is judged by."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from dialogue.language import normal
from dialogue.persona.parsing import parse
from models.judgement.rows import CONTRASTS, FOLDER, SENTENCES
from testing.heldout import FOLDER as HELDOUT

PAIRS = FOLDER / "pairs"
LONG_WORDS = 11
"""Nobody writes a sentence of so many words again by chance."""
SHORT_WORDS, MOST_SHARED = 6, 0.05
"""Of shorter ones this share may: "Is there anything else I can help you with?". Below six words all are formulas."""


def texts(path: Path) -> Iterator[str]:
    """Every string in a file of JSON lines or of YAML."""
    whole = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        yield from (text for line in whole.splitlines() for text in _strings(json.loads(line)))
    else:
        yield from _strings(parse(whole, path.name)[0])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in _strings(each))


def hashes(paths: Iterable[Path], least: int) -> frozenset[str]:
    """Of those of `least` words and more, by their words alone. Some held-out files are read by nobody: so none is ever
    printed."""
    words = (
        "".join(letter if letter.isalnum() else " " for letter in normal(t)).split() for p in paths for t in texts(p)
    )
    return frozenset(sha256(" ".join(each).encode()).hexdigest() for each in words if len(each) >= least)


def test_no_line_that_it_is_judged_by_is_taught() -> None:
    files = [path for folder in (SENTENCES, CONTRASTS, PAIRS) for path in folder.glob("*.jsonl")]
    judged_by = sorted(path for path in HELDOUT.rglob("*") if path.suffix in (".jsonl", ".yaml"))
    long, short = (hashes(files, least) for least in (LONG_WORDS, SHORT_WORDS))
    assert len(long) > 5000
    assert len(judged_by) >= 20
    assert [path.name for path in judged_by if hashes([path], LONG_WORDS) & long] == []
    for path in judged_by:
        unseen = hashes([path], SHORT_WORDS)
        shared = len(unseen & short) / max(len(unseen), 1)
        assert shared <= MOST_SHARED, path.name


def test_a_line_taught_again_would_be_found_whatever_its_marks(tmp_path: Path) -> None:
    one, other, short = (tmp_path / name for name in ("one.jsonl", "other.yaml", "short.jsonl"))
    one.write_text(json.dumps({"text": "I’ll send it to YOU today, Ms Lang."}) + "\n", encoding="utf-8")
    other.write_text('lines:\n  - ["I\'ll send it to you today Ms Lang"]\n', encoding="utf-8")
    short.write_text(json.dumps({"text": "Send it today."}) + "\n", encoding="utf-8")
    assert hashes([one], SHORT_WORDS) == hashes([other], SHORT_WORDS) != frozenset()
    assert not hashes([short], SHORT_WORDS)


def test_every_pair_is_two_replies_to_one_line_and_says_how_they_differ() -> None:
    rows = [json.loads(line) for path in sorted(PAIRS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) >= 500
    for row in rows:
        assert set(row) == {"customer", "better", "worse", "differs"}
        assert all(isinstance(value, str) and value == value.strip() != "" for value in row.values())
        assert normal(row["better"]) != normal(row["worse"])
    twice = [replies for replies, count in Counter((row["better"], row["worse"]) for row in rows).items() if count > 1]
    assert twice == []
