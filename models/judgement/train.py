"""Train the classifier of behaviours: `python -m models.judgement.train`. Deterministic: same sentences, same weights.

Two judges of a turn, whose log odds are mixed: a logistic regression per behaviour over the features of
`dialogue.content.features` and the sentence embedding, and the encoder's layers, tuned to the core behaviours and to
tact at once (`models.judgement.tuning`). Every sentence is seen twice, as written and as a recogniser without
punctuation would give it. Thresholds are chosen on lines that the judges have not read, and folded into the intercepts,
so that 0.5 is where the product acts; those of the core behaviours on the last authors' lines by judges that have read
only the others', since trainees too speak in words of their own.

Needs the dependency group `train` (scikit-learn brings scipy) and `pip install onnx torch==2.13.0`, the CPU build. The
sentences are those in `sentences/*.jsonl`; the layers also read `contrasts/*.jsonl` and the replies in `pairs/*.jsonl`.
An hour of one core.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from dialogue.content.encoder import MANNER, Encoder, spoken
from dialogue.content.labels import CORE, HARMFUL, LABELS
from dialogue.content.plain import plain
from models.judgement import graph, tuning
from models.judgement.matrices import CUE_WEIGHT, EMBEDDING_WEIGHT, TEXT_WEIGHT, Features, Vocabulary
from models.judgement.regression import (
    LOWEST_THRESHOLD,
    RECALL_WEIGHT,
    best_threshold,
    f_beta,
    fit,
    logits,
    precision_recall,
)
from models.judgement.replies import read_pairs
from models.judgement.rows import CONTRASTS, FOLDER, SENTENCES, Row, read_rows, trusted, unpunctuated

NEEDS_CONTEXT = ("name_use", "wrong_name", "paraphrase")
"""Judged by rules alone."""
FEWEST_EXAMPLES = 15
TUNED_SHARE = 0.5
"""Of the tuned layers in the mix, for the labels they know. Chosen on six sets of lines that neither had read."""

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


class Lines:
    """The labelled sentences, and all that is read of them."""

    def __init__(self) -> None:
        self.rows: list[Row] = read_rows(SENTENCES)
        counts = Counter(label for row in self.rows for label in row.labels)
        self.labels = [x.id for x in LABELS if x.id not in NEEDS_CONTEXT and counts[x.id] >= FEWEST_EXAMPLES]
        self.core = np.array([label in CORE for label in self.labels])
        self.wanted = np.array([[float(label in row.labels) for label in self.labels] for row in self.rows])
        encoder = Encoder()
        texts = [[row.text for row in self.rows], [unpunctuated(row.text) for row in self.rows]]
        both = Features.of(texts[0] + texts[1], encoder)
        self.written = both.take(range(len(self.rows)))
        self.bare = both.take(range(len(self.rows), 2 * len(self.rows)))
        self.weights = trusted(self.rows, self.written.cues, self.labels)
        self._turns = self._as_turns(self.rows, self.weights)
        contrasts = read_rows(CONTRASTS)
        self._contrasts = self._as_turns(contrasts, np.ones((len(contrasts), len(self.labels))))
        pairs = read_pairs()
        better, worse = ([_read(pair.better) for pair in pairs], [_read(pair.worse) for pair in pairs])
        self._replies = tuning.Replies(better, worse, np.array([pair.weight for pair in pairs]))
        of_turns = {text for part in (self._turns, self._contrasts) for text in (*part.written, *part.bare)}
        of_replies = {text for side in (better, worse) for forms in side for text in forms}
        distinct = sorted(of_turns | of_replies, key=lambda text: (len(text), text))
        self._states = dict(zip(distinct, encoder.states(distinct), strict=True))

    def _as_turns(self, rows: list[Row], weights: Array) -> tuning.Turns:
        core = [label for label in self.labels if label in CORE]
        wanted = np.array([[float(label in row.labels) for label in core] for row in rows])
        written, bare = zip(*(_read(row.text) for row in rows), strict=True)
        return tuning.Turns(written, bare, wanted, weights[:, self.core])

    def regressions(self, inside: Array, columns: Array) -> tuple[Vocabulary, Array, Array]:
        cells = np.ix_(inside, columns)
        examples = Examples.of(
            self.written.take(inside), self.bare.take(inside), self.wanted[cells], self.weights[cells]
        )
        return examples.fit()

    def tuned(self, inside: Array) -> tuning.Tuned:
        """On the sentences `inside` alone: to choose thresholds by."""
        return tuning.tune(self._states, self._turns.take(inside))

    def tuned_on_all(self) -> tuning.Tuned:
        return tuning.tune(self._states, self._turns + self._contrasts, self._replies)

    def unread(self, columns: Array, inside: Array, outside: Array, tuned: bool) -> Array:
        """Log odds of the lines `outside` by judges that have read those `inside`; shape (outside, columns)."""
        vocabulary, coefficients, intercepts = self.regressions(inside, columns)
        found = logits(vocabulary.matrix(self.written.take(outside)), coefficients, intercepts)
        if tuned:
            other = tuning.logits(self.tuned(inside), [self._states[self._turns.written[i]] for i in outside])
            found = (1.0 - TUNED_SHARE) * found + TUNED_SHARE * other
        return found


def train(report: bool = True) -> None:
    """Fit, choose thresholds on unread lines, write `classifier.json`, `classifier.npz` and `manner.onnx`."""
    lines = Lines()
    thresholds = np.zeros(len(lines.labels))
    authors, folds = (np.array([getattr(row, which) for row in lines.rows]) for which in ("author", "fold"))
    for columns, groups, held_out, tuned in (
        (np.flatnonzero(lines.core), authors, [authors.max()], True),
        (np.flatnonzero(~lines.core), folds, list(np.unique(folds)), False),
    ):
        outside = [np.flatnonzero(groups == group) for group in held_out]
        odds = np.vstack([lines.unread(columns, np.flatnonzero(groups != group), rows, tuned)
                          for group, rows in zip(held_out, outside, strict=True)])  # fmt: skip
        rows = np.concatenate(outside)
        for i, column in enumerate(columns):
            believed = lines.weights[rows, column] > 0
            y, p = lines.wanted[rows[believed], column] == 1, 1.0 / (1.0 + np.exp(-odds[believed, i]))
            thresholds[column] = _threshold(lines.labels[column], y, p, report)
    everything = np.arange(len(lines.rows))
    vocabulary, coefficients, intercepts = lines.regressions(everything, np.arange(len(lines.labels)))
    net = lines.tuned_on_all()
    manner = np.zeros((graph.DIMENSIONS, len(lines.labels)))
    weight, bias = net.regressions()
    coefficients[:, lines.core] *= 1.0 - TUNED_SHARE
    intercepts[lines.core] = (1.0 - TUNED_SHARE) * intercepts[lines.core] + TUNED_SHARE * bias[:-1]
    manner[:, lines.core] = TUNED_SHARE * weight[:, :-1]
    graph.write(net.written_layers(), FOLDER / MANNER)
    intercepts -= np.log(thresholds / (1 - thresholds))
    write(lines, vocabulary, coefficients, manner, intercepts, thresholds, tact=(weight[:, -1], bias[-1]))


def _read(text: str) -> tuple[str, str]:
    """What the encoder reads of it, as written and bare."""
    written, bare = (spoken(plain(form)) or "." for form in (text, unpunctuated(text)))
    return written, bare


def _threshold(label: str, y: Array, p: Array, report: bool) -> float:
    beta = 1.0 if label in CORE and label not in HARMFUL else RECALL_WEIGHT
    chosen = best_threshold(y, p, beta, LOWEST_THRESHOLD if label in CORE else 0.0)
    if report:
        given = p >= chosen
        right, complete = precision_recall(y, given)
        print(f"{label:18} {int(y.sum()):5} examples  threshold {chosen:.2f}  ", end="")
        print(f"F1 {f_beta(y, given, 1.0):.3f}  precision {right:.2f}  recall {complete:.2f}", flush=True)
    return chosen


def write(
    lines: Lines,
    vocabulary: Vocabulary,
    coefficients: Array,
    manner: Array,
    intercepts: Array,
    thresholds: Array,
    *,
    tact: tuple[Array, Array],
) -> None:
    """`tact`: its coefficients (384,) on the manner, and its intercept."""
    ends = np.cumsum([graph.DIMENSIONS, len(vocabulary.cues), len(vocabulary.words), len(vocabulary.letters)])
    embedding, cue, words, letters = np.split(coefficients, ends[:-1])
    np.savez_compressed(
        FOLDER / "classifier.npz",
        intercept=intercepts.astype(np.float32),
        embedding=np.vstack([embedding * EMBEDDING_WEIGHT, manner]).astype(np.float16),
        words=(words * TEXT_WEIGHT).astype(np.float16),
        letters=(letters * TEXT_WEIGHT).astype(np.float16),
        cues=(cue * CUE_WEIGHT).astype(np.float16),
        words_idf=vocabulary.words_idf.astype(np.float16),
        letters_idf=vocabulary.letters_idf.astype(np.float16),
        tact=tact[0].astype(np.float32),
        tact_intercept=np.float32(tact[1]),
    )
    settings = {
        "labels": lines.labels,
        "thresholds": [round(float(t), 2) for t in thresholds],
        "sentences": len(lines.rows),
        "cues": list(vocabulary.cues),
        "words": list(vocabulary.words),
        "letters": list(vocabulary.letters),
    }
    text = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "classifier.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="no table of the figures on unread lines")
    train(report=not parser.parse_args().quiet)
