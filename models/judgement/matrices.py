"""Turns as numbers: the features of `dialogue.content.features` and the embedding, as matrices to fit on."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dialogue.content.classifier import weighted
from dialogue.content.encoder import Encoder, spoken
from dialogue.content.features import MEANING, cues, letter_groups, word_groups
from dialogue.content.plain import plain
from dialogue.content.rules import ALL

EMBEDDING_WEIGHT = 1.5
TEXT_WEIGHT = 2.1
CUE_WEIGHT = 0.6
"""These three were chosen by cross-validation on the training sentences."""
LEAST_WORD_ROWS, LEAST_LETTER_ROWS = 3, 4
"""A sentence makes up to two rows: three ask for at least two sentences."""

Array = Any


@dataclass
class Features:
    """Of a list of turns, before any vocabulary is chosen."""

    words: list[Counter[str]]
    letters: list[Counter[str]]
    cues: list[frozenset[str]]
    embeddings: Array
    """What they are about: shape (turns, 384)."""

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder) -> "Features":
        turns = [plain(text) for text in texts]
        sentences = [spoken(turn) or "." for turn in turns]
        distinct = sorted(set(sentences), key=lambda sentence: (len(sentence), sentence))
        vectors = np.vstack([encoder.embed(distinct[i : i + 16]) for i in range(0, len(distinct), 16)])
        place = {sentence: i for i, sentence in enumerate(distinct)}
        embeddings = vectors[[place[sentence] for sentence in sentences], MEANING]
        return cls(list(map(word_groups, turns)), list(map(letter_groups, turns)), list(map(cues, turns)), embeddings)

    def take(self, rows: Iterable[int]) -> "Features":
        index = list(rows)
        pick: Callable[[list[Any]], list[Any]] = lambda items: [items[i] for i in index]  # noqa: E731
        return Features(pick(self.words), pick(self.letters), pick(self.cues), self.embeddings[index])

    def __add__(self, other: "Features") -> "Features":
        return Features(
            self.words + other.words,
            self.letters + other.letters,
            self.cues + other.cues,
            np.vstack([self.embeddings, other.embeddings]),
        )


@dataclass
class Vocabulary:
    words: dict[str, int]
    words_idf: Array
    letters: dict[str, int]
    letters_idf: Array
    cues: dict[str, int]

    @classmethod
    def of(cls, features: Features) -> "Vocabulary":
        names = {rule.name for rule in ALL} | {rule.behaviour for rule in ALL} | {"~" + r.behaviour for r in ALL}
        return cls(
            *_groups(features.words, LEAST_WORD_ROWS),
            *_groups(features.letters, LEAST_LETTER_ROWS),
            {name: i for i, name in enumerate(sorted(names))},
        )

    def matrix(self, features: Features) -> tuple[Array, Array]:
        """Dense (turns, 384 + cues) and sparse (turns, words + letters) parts, weighted, float32."""
        from scipy import sparse  # type: ignore[import-untyped]

        cue = np.zeros((len(features.cues), len(self.cues)))
        for row, found in enumerate(features.cues):
            cue[row, [self.cues[name] for name in found]] = CUE_WEIGHT
        texts = (
            _sparse([weighted(g, self.words, self.words_idf) for g in features.words], len(self.words)),
            _sparse([weighted(g, self.letters, self.letters_idf) for g in features.letters], len(self.letters)),
        )
        dense = np.hstack([features.embeddings * EMBEDDING_WEIGHT, cue])
        return dense.astype(np.float32), (sparse.hstack(texts) * TEXT_WEIGHT).tocsr().astype(np.float32)


def _groups(counts: Sequence[Counter[str]], least: int) -> tuple[dict[str, int], Array]:
    rows = Counter(group for count in counts for group in count)
    kept = sorted(group for group, n in rows.items() if n >= least)
    idf = np.array([np.log((1 + len(counts)) / (1 + rows[group])) + 1 for group in kept])
    return {group: i for i, group in enumerate(kept)}, idf


def _sparse(rows: Sequence[tuple[list[int], list[float]]], width: int) -> Array:
    from scipy import sparse

    ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = [column for row, _ in rows for column in row]
    values = [value for _, row in rows for value in row]
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), width))
