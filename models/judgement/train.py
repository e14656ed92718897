"""Train the classifier of behaviours: `python -m models.judgement.train`. Deterministic: same sentences, same weights.

One logistic regression per behaviour over the features of `dialogue.content.features` and the sentence embedding.
Every sentence is seen twice, as written and as a recogniser without punctuation would give it. Thresholds are chosen
out of fold and folded into the intercepts, so that 0.5 is where the product acts; those of the core behaviours on each
author's lines by a model that has read only the others', since trainees too speak in words of their own. Needs the
dependency group `train` (scikit-learn brings scipy). The sentences are those in `sentences/*.jsonl` and no others.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from dialogue.content.encoder import Encoder
from dialogue.content.labels import CORE, HARMFUL, LABELS
from models.judgement.matrices import CUE_WEIGHT, EMBEDDING_WEIGHT, TEXT_WEIGHT, Features, Vocabulary
from models.judgement.regression import RECALL_WEIGHT, best_threshold, f_beta, fit, logits, precision_recall
from models.judgement.rows import FOLDER, read_rows, trusted, unpunctuated

NEEDS_CONTEXT = ("name_use", "wrong_name", "paraphrase")
"""Judged by rules alone."""
FEWEST_EXAMPLES = 15

Array = Any


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
    weights = trusted(rows, written.cues, labels)
    core = np.array([label in CORE for label in labels])

    out_of_fold = np.zeros(wanted.shape)
    for column, folds in (
        (np.flatnonzero(core), np.array([row.author for row in rows])),
        (np.flatnonzero(~core), np.array([row.fold for row in rows])),
    ):
        for fold in np.unique(folds):
            inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            cells = np.ix_(inside, column)
            examples = Examples.of(written.take(inside), bare.take(inside), wanted[cells], weights[cells])
            vocabulary, coefficients, intercepts = examples.fit()
            outcome = logits(vocabulary.matrix(written.take(outside)), coefficients, intercepts)
            out_of_fold[np.ix_(outside, column)] = 1 / (1 + np.exp(-outcome))
    thresholds = []
    for i, label in enumerate(labels):
        believed = weights[:, i] > 0
        y, p = wanted[believed, i] == 1, out_of_fold[believed, i]
        beta = 1.0 if label in CORE and label not in HARMFUL else RECALL_WEIGHT
        thresholds.append(best_threshold(y, p, beta))
        if report:
            given = p >= thresholds[-1]
            right, complete = precision_recall(y, given)
            print(f"{label:18} {int(y.sum()):5} examples  threshold {thresholds[-1]:.2f}  ", end="")
            print(f"F1 {f_beta(y, given, 1.0):.3f}  precision {right:.2f}  recall {complete:.2f}")

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
