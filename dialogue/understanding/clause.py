"""A turn in clauses, each with what the text model makes of it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.content.clauses import split
from dialogue.events import Scores
from dialogue.language import normal
from dialogue.understanding.asking import asks

SINGLE_WORDS = 12
"""A question of at most so many words, without a mark in it, is one question."""
INNER_MARK = re.compile(r"[.?!,;:](?=\s)")


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    plain: str
    cosines: Mapping[str, float]
    """Similarity to each of the pack's meanings, by id; empty where no text model has read it."""


def clauses_of(text: str, scores: Scores | None) -> tuple[Clause, list[Clause]]:
    """The whole turn, and its clauses; both are one where there is only one."""
    spans: list[tuple[int, int, Mapping[str, float]]] = []
    if scores:
        spans = [(one.start, one.end, one.facts) for one in scores.clauses]
    if not spans:
        spans = [(start, end, {}) for start, end in split(text)] or [(0, len(text), {})]
        spans = [(spans[0][0], spans[-1][1], {}), *spans] if len(spans) > 1 else spans
    parts = [Clause(text[a:b], _marked(text, a, b), cosines) for a, b, cosines in spans]
    whole = parts[0]
    single = not INNER_MARK.search(whole.text) and len(whole.plain.split()) <= SINGLE_WORDS and asks(whole.plain)
    return whole, parts[:1] if single else parts[1:] or parts


def _marked(text: str, start: int, end: int) -> str:
    """The clause in plain form, with the question mark that may stand right behind it."""
    plain = normal(text[start:end]).replace(" ?", "?")
    return plain + "?" if text[end : end + 1] == "?" and not plain.endswith("?") else plain
