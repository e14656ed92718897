"""The labelled sentences, and how far each label of each is to be believed."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from dialogue.content.labels import CORE
from dialogue.content.plain import plain

FOLDER = Path(__file__).parent
SENTENCES, CONTRASTS = FOLDER / "sentences", FOLDER / "contrasts"
"""In the contrasts harm stands beside its innocent neighbours, five times as often as it is said: they teach what a
turn means, not how likely it is."""
FOLDS = 4
LAST_FILES = ("16", "35")
"""Where one author's files end; those of the first session, of the next four, and of seven authors of the seventh."""

Array = Any


@dataclass(frozen=True)
class Row:
    text: str
    labels: frozenset[str]
    group: str
    """Rows of one group (a minimal pair, the same words) are never split over folds."""
    file: str

    @property
    def author(self) -> int:
        """0 for the first author's lines, 1 for those who came next, 2 for the last."""
        return sum(self.file[:2] > last for last in LAST_FILES)

    @cached_property
    def fold(self) -> int:
        return int(hashlib.md5(self.group.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def read_rows(folder: Path) -> list[Row]:
    """Those in `SENTENCES` or `CONTRASTS`."""
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            pair = next((tag for tag in item["tags"] if tag.startswith("pair:")), "")
            group = path.name + pair if pair else plain(item["text"]).text.replace(" ", "")[:40]
            rows.append(Row(item["text"], frozenset(item["labels"]), group, path.name))
    return rows


def unpunctuated(text: str) -> str:
    """As a recogniser without punctuation writes it."""
    return re.sub(r"\s+", " ", re.sub(r"[.,!?;:…\"“”()–—]", " ", text)).strip().lower()


def trusted(rows: Sequence[Row], cues: Sequence[frozenset[str]], labels: Sequence[str]) -> Array:
    """1 where a row's label or its absence is to be believed, else 0; shape (rows, labels).

    A file that never uses a label beyond the core was not annotated for it: its rows count as counter-examples only
    where no cue of that label stands in them.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        used[row.file] |= row.labels
    return np.array(
        [
            [float(x in CORE or x in used[row.file] or x not in found) for x in labels]
            for row, found in zip(rows, cues, strict=True)
        ]
    )
