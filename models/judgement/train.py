"""Train the classifier of behaviours: `python -m models.judgement.train`. Deterministic: same sentences, same weights.

One logistic regression per behaviour, all fitted at once by L-BFGS, over the features of
`dialogue.content.features` and the sentence embedding. Every sentence is seen twice, as written and as a recogniser
without punctuation would give it. Thresholds are chosen out of fold and folded into the intercepts, so that 0.5 is
where the product acts. Needs the dependency group `train` (scikit-learn brings scipy). The sentences are those in
`sentences/*.jsonl` and no others.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from dialogue.content.encoder import Encoder, spoken, weighted
from dialogue.content.features import cues, letter_groups, word_groups
from dialogue.content.labels import CORE, HARMFUL, LABELS
from dialogue.content.plain import plain
from dialogue.content.rules import ALL

FOLDER = Path(__file__).parent
FOLDS = 4
NEEDS_CONTEXT = ("name_use", "wrong_name", "paraphrase")
"""Judged by rules alone."""
FEWEST_EXAMPLES = 15

EMBEDDING_WEIGHT = 1.5
TEXT_WEIGHT = 1.5
CUE_WEIGHT = 0.6
INVERSE_PENALTY = 2.0
POSITIVE_WEIGHT = 2.0
"""These five were chosen by cross-validation on the training sentences."""
ITERATIONS = 50
HARMFUL_PRECISION = 0.8
"""A false "rude" or "blaming" costs the trainee anger and their trust: thresholds rise until this is reached ..."""
LEAST_RECALL = 0.6
"""... as long as this much of the label is still found."""
LEAST_WORD_ROWS, LEAST_LETTER_ROWS = 2, 4

Array = Any


@dataclass(frozen=True)
class Row:
    text: str
    labels: frozenset[str]
    group: str
    """Rows of one group (a minimal pair, the same words) are never split over folds."""
    file: str

    @cached_property
    def fold(self) -> int:
        return int(hashlib.md5(self.group.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def read_rows() -> list[Row]:
    rows = []
    for path in sorted((FOLDER / "sentences").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            pair = next((tag for tag in item["tags"] if tag.startswith("pair:")), "")
            group = path.name + pair if pair else plain(item["text"]).text.replace(" ", "")[:40]
            rows.append(Row(item["text"], frozenset(item["labels"]), group, path.name))
    return rows


def unpunctuated(text: str) -> str:
    """As a recogniser without punctuation writes it."""
    return re.sub(r"\s+", " ", re.sub(r"[.,!?;:…\"“”()–—]", " ", text)).strip().lower()


@dataclass
class Features:
    """Of a list of turns, before any vocabulary is chosen."""

    words: list[Counter[str]]
    letters: list[Counter[str]]
    cues: list[frozenset[str]]
    embeddings: Array
    """Shape (turns, 384)."""

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder) -> "Features":
        turns = [plain(text) for text in texts]
        sentences = [spoken(turn) or "." for turn in turns]
        distinct = sorted(set(sentences), key=lambda sentence: (len(sentence), sentence))
        vectors = np.vstack([encoder.embed(distinct[i : i + 16]) for i in range(0, len(distinct), 16)])
        place = {sentence: i for i, sentence in enumerate(distinct)}
        embeddings = vectors[[place[sentence] for sentence in sentences]]
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


def fit(parts: tuple[Array, Array], wanted: Array, weights: Array) -> tuple[Array, Array]:
    """Coefficients (features, labels) and intercepts (labels,) of L2-penalised logistic regressions.

    `wanted` and `weights` have shape (turns, labels); a weight of 0 leaves a turn out for a label.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    dense, sparse = parts
    turned = sparse.T.tocsr()
    edge, width, labels = dense.shape[1], dense.shape[1] + sparse.shape[1], wanted.shape[1]
    sign = (2.0 * wanted - 1.0).astype(np.float32)
    cost = (INVERSE_PENALTY * weights * np.where(wanted == 1, POSITIVE_WEIGHT, 1.0)).astype(np.float32)

    def loss(flat: Array) -> tuple[float, Array]:
        w, b = flat[:-labels].reshape(width, labels).astype(np.float32), flat[-labels:].astype(np.float32)
        margin = (dense @ w[:edge] + sparse @ w[edge:] + b) * sign
        slope = -sign * cost / (1.0 + np.exp(np.clip(margin, -50, 50)))
        value = 0.5 * float((flat[:-labels] ** 2).sum()) + float((cost * np.logaddexp(0.0, -margin)).sum())
        gradient = w + np.vstack([dense.T @ slope, turned @ slope])
        return value, np.concatenate([gradient.ravel(), slope.sum(axis=0)]).astype(np.float64)

    start = np.concatenate([np.zeros(width * labels), np.full(labels, -3.0)])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 8}).x
    return found[:-labels].reshape(width, labels), found[-labels:]


def logits(parts: tuple[Array, Array], coefficients: Array, intercepts: Array) -> Array:
    edge = parts[0].shape[1]
    return parts[0] @ coefficients[:edge] + parts[1] @ coefficients[edge:] + intercepts


def f1(wanted: Array, given: Array) -> float:
    return 2 * float((wanted & given).sum()) / max(1.0, float(wanted.sum() + given.sum()))


def best_threshold(wanted: Array, probability: Array, precision: float = 0.0) -> float:
    """Where F1 is highest, smoothed over neighbouring thresholds.

    With `precision`: the lowest threshold from there on that reaches it, if `LEAST_RECALL` is kept.
    """
    candidates = np.arange(0.05, 0.76, 0.02)
    scores = np.array([f1(wanted, probability >= t) for t in candidates])
    smooth = np.convolve(np.pad(scores, 3, "edge"), np.ones(7) / 7, "valid")
    best = int(smooth.argmax())
    for candidate in candidates[best:]:
        given = probability >= candidate
        right = float((wanted & given).sum())
        if right >= precision * float(given.sum()) and right >= LEAST_RECALL * float(wanted.sum()):
            return float(candidate)
    return float(candidates[best])


def precision_recall(wanted: Array, given: Array) -> tuple[float, float]:
    right = float((wanted & given).sum())
    return right / max(1.0, float(given.sum())), right / max(1.0, float(wanted.sum()))


def trusted(rows: Sequence[Row], features: Features, labels: Sequence[str]) -> Array:
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
            for row, found in zip(rows, features.cues, strict=True)
        ]
    )


@dataclass
class Examples:
    """Turns as written and as recognised, each at half weight; once, at full weight, where both look the same."""

    features: Features
    wanted: Array
    weights: Array

    @classmethod
    def of(cls, features: Features, bare: Features, wanted: Array, weights: Array) -> "Examples":
        rows = range(len(features.words))
        twice = [i for i in rows if (features.words[i], features.cues[i]) != (bare.words[i], bare.cues[i])]
        share = np.ones((len(rows), 1))
        share[twice] = 0.5
        return cls(
            features + bare.take(twice),
            np.vstack([wanted, wanted[twice]]),
            np.vstack([weights * share, weights[twice] / 2]),
        )

    def fit(self) -> tuple["Vocabulary", Array, Array]:
        vocabulary = Vocabulary.of(self.features)
        return vocabulary, *fit(vocabulary.matrix(self.features), self.wanted, self.weights)


def train(report: bool = True) -> None:
    """Fit, choose thresholds out of fold, write `classifier.json` and `classifier.npz`."""
    rows, encoder = read_rows(), Encoder()
    counts = Counter(label for row in rows for label in row.labels)
    labels = [x.id for x in LABELS if x.id not in NEEDS_CONTEXT and counts[x.id] >= FEWEST_EXAMPLES]
    both = Features.of([row.text for row in rows] + [unpunctuated(row.text) for row in rows], encoder)
    written, bare = both.take(range(len(rows))), both.take(range(len(rows), 2 * len(rows)))
    wanted = np.array([[float(label in row.labels) for label in labels] for row in rows])
    weights = trusted(rows, written, labels)
    folds = np.array([row.fold for row in rows])

    out_of_fold = np.zeros(wanted.shape)
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        examples = Examples.of(written.take(inside), bare.take(inside), wanted[inside], weights[inside])
        vocabulary, coefficients, intercepts = examples.fit()
        outcome = logits(vocabulary.matrix(written.take(outside)), coefficients, intercepts)
        out_of_fold[outside] = 1 / (1 + np.exp(-outcome))
    thresholds = []
    for i, label in enumerate(labels):
        believed = weights[:, i] > 0
        y, p = wanted[believed, i] == 1, out_of_fold[believed, i]
        thresholds.append(best_threshold(y, p, HARMFUL_PRECISION if label in HARMFUL else 0.0))
        if report:
            given = p >= thresholds[-1]
            right, complete = precision_recall(y, given)
            print(f"{label:18} {int(y.sum()):5} examples  threshold {thresholds[-1]:.2f}  ", end="")
            print(f"F1 {f1(y, given):.3f}  precision {right:.2f}  recall {complete:.2f}")

    vocabulary, coefficients, intercepts = Examples.of(written, bare, wanted, weights).fit()
    chosen = np.array(thresholds)
    write(labels, vocabulary, coefficients, intercepts - np.log(chosen / (1 - chosen)), thresholds, len(rows))


def write(
    labels: list[str],
    vocabulary: Vocabulary,
    coefficients: Array,
    intercepts: Array,
    thresholds: list[float],
    rows: int,
) -> None:
    ends = np.cumsum([384, len(vocabulary.cues), len(vocabulary.words), len(vocabulary.letters)])
    embedding, cue, words, letters = np.split(coefficients, ends[:-1])
    np.savez_compressed(
        FOLDER / "classifier.npz",
        intercept=intercepts.astype(np.float32),
        embedding=(embedding * EMBEDDING_WEIGHT).astype(np.float16),
        words=(words * TEXT_WEIGHT).astype(np.float16),
        letters=(letters * TEXT_WEIGHT).astype(np.float16),
        cues=(cue * CUE_WEIGHT).astype(np.float16),
        words_idf=vocabulary.words_idf.astype(np.float16),
        letters_idf=vocabulary.letters_idf.astype(np.float16),
    )
    settings = {
        "labels": labels,
        "thresholds": [round(t, 2) for t in thresholds],
        "sentences": rows,
        "cues": list(vocabulary.cues),
        "words": list(vocabulary.words),
        "letters": list(vocabulary.letters),
    }
    text = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "classifier.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="no table of out-of-fold figures")
    train(report=not parser.parse_args().quiet)
