"""A turn in clauses, each with what the text model makes of it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogue.content.clauses import split
from dialogue.events import Scores
from dialogue.language import normal
from dialogue.understanding.asking import CLEFT, CLEFT_REST, INDIRECT, INDIRECT_TOO, TAG, asks

SINGLE_WORDS = 12
"""A question of at most so many words, without a mark in it, is one question."""
MOST_BETWEEN = 3
"""Clauses in which the rest of a cleft sentence is looked for."""
MOST_CHARACTERS = 5_000
"""A longer turn is, as a whole too, only those of its clauses that are read: searches are quadratic in it."""
INNER_MARK = re.compile(r"[.?!,;:](?=\s)")


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    plain: str
    cosines: Mapping[str, float]
    """Similarity to each of the pack's meanings, by id; empty where no text model has read it."""
    asking: bool
    """Whether it wants an answer, where it stands."""


def clauses_of(text: str, scores: Scores | None) -> tuple[Clause, list[Clause]]:
    """The whole turn, and its clauses; both are one where there is only one. The text model reads both ends of a long
    turn: the clauses between them have no similarities."""
    read = {(one.start, one.end): one.facts for one in scores.clauses} if scores else {}
    spans = split(text) or [(0, len(text))]
    edges = (spans[0][0], spans[-1][1])
    plain = [_marked(text, *span) for span in spans]
    parts = [
        Clause(
            text[a:b], plain[place], read.get((a, b), {}), asks(plain[place]) and not _leads_on(place, text[a:b], plain)
        )
        for place, (a, b) in enumerate(spans)
    ]
    whole = _marked(text, *edges) if edges[1] - edges[0] <= MOST_CHARACTERS else " ".join(plain)
    single = not INNER_MARK.search(text[slice(*edges)]) and len(whole.split()) <= SINGLE_WORDS and asks(whole)
    all_of_it = Clause(text[slice(*edges)], whole, read.get(edges, {}), asks(whole))
    return all_of_it, [all_of_it] if single else parts


def _leads_on(place: int, text: str, plain: Sequence[str]) -> bool:
    """Whether a clause in the form of a question is a part of a statement that stands around it."""
    before, rest = plain[place - 1] if place else "", plain[place + 1 : place + 1 + MOST_BETWEEN]
    if CLEFT.search(plain[place]) and any(CLEFT_REST.search(one) for one in rest):
        return True
    if INDIRECT_TOO.search(plain[place]) and INDIRECT.search(before) and not asks(before):
        return True
    return bool(TAG.search(text)) and not asks(normal(TAG.sub("", text)))


def _marked(text: str, start: int, end: int) -> str:
    """The clause in plain form, with the question mark that may stand right behind it."""
    plain = normal(text[start:end]).replace(" ?", "?")
    return plain + "?" if text[end : end + 1] == "?" and not plain.endswith("?") else plain
