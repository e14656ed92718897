"""Pairs of replies to a customer's line, alike but for one thing a coach cares about: from which tact is learnt."""

import json
from collections import Counter
from dataclasses import dataclass

from models.judgement.rows import FOLDER


@dataclass(frozen=True)
class Pair:
    better: str
    worse: str
    weight: float
    """So that in each file the pairs whose better reply is the longer one weigh as much as the others do: worse replies
    are often the longer ones, and length is no manners."""


def read_pairs() -> list[Pair]:
    read = [
        (path.name, item["better"], item["worse"])
        for path in sorted((FOLDER / "pairs").glob("*.jsonl"))
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]
    in_file = Counter(file for file, _, _ in read)
    alike = Counter((file, len(better) > len(worse)) for file, better, worse in read)
    return [
        Pair(better, worse, in_file[file] / (2 * alike[file, len(better) > len(worse)])) for file, better, worse in read
    ]
