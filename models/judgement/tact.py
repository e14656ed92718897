"""Learn how a turn will be taken: `python -m models.judgement.tact`, the last step of `models.judgement.train`.

From `pairs/*.jsonl`, replies to a customer's line that are alike but for one thing a coach cares about: the log odds
that the better one is preferred are the difference of their scores (Bradley & Terry 1952), each a weighted sum over how
sure the behaviours of the reply are and its manner (`dialogue.content.classifier.tact_features`). Plain talk, training
sentences that show no behaviour, is held at 0.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from dialogue.content.classifier import Classifier, tact_features
from dialogue.content.encoder import Encoder, spoken
from dialogue.content.plain import plain
from models.judgement.rows import FOLDER, read_rows, unpunctuated

PENALTY = 3.0
"""On the weights. Chosen, with the weights of the features, by leaving out one author's pairs after another."""
PLAIN_WEIGHT = 0.02
"""Of one plain sentence's squared score, beside one pair's loss."""
MOST_PLAIN = 1500

Array = Any


def read_pairs() -> list[tuple[str, str, str]]:
    """(file, better, worse)."""
    return [
        (path.name, item["better"], item["worse"])
        for path in sorted((FOLDER / "pairs").glob("*.jsonl"))
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def features(texts: Sequence[str], encoder: Encoder, classifier: Classifier) -> Array:
    """Shape (texts, labels + 384)."""
    turns = [plain(text) for text in texts]
    read = [spoken(turn) or "." for turn in turns]
    embeddings = np.vstack([encoder.embed(read[i : i + 4]) for i in range(0, len(read), 4)])
    logits = np.array([classifier.logits(*turn) for turn in zip(turns, embeddings, strict=True)])
    return tact_features(logits, embeddings)


def fit(better: Array, worse: Array, plain_talk: Array) -> tuple[Array, float]:
    """Weights and the intercept that holds `plain_talk` at 0 in the mean."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    middle = plain_talk.mean(axis=0)
    differences, spread = better - worse, plain_talk - middle

    def loss(w: Array) -> tuple[float, Array]:
        margins, level = differences @ w, spread @ w
        value = np.logaddexp(0.0, -margins).sum() + 0.5 * PENALTY * w @ w + 0.5 * PLAIN_WEIGHT * level @ level
        slope = -differences.T @ (1.0 / (1.0 + np.exp(margins))) + PENALTY * w + PLAIN_WEIGHT * spread.T @ level
        return float(value), slope

    weights = minimize(loss, np.zeros(differences.shape[1]), jac=True, method="L-BFGS-B").x
    return weights, float(-middle @ weights)


def learn(report: bool = True) -> None:
    """Fit, and put the regression into `classifier.npz`, beside the behaviours'."""
    pairs, encoder, classifier = read_pairs(), Encoder(), Classifier(FOLDER)
    files = np.array([file for file, _, _ in pairs])
    better, worse = (features([pair[side] for pair in pairs], encoder, classifier) for side in (1, 2))
    neutral = [unpunctuated(row.text) for row in read_rows() if not row.labels]
    plain_talk = features(neutral[-MOST_PLAIN:], encoder, classifier)
    for file in sorted(set(files)) if report else ():
        weights, _ = fit(better[files != file], worse[files != file], plain_talk)
        out = files == file
        print(f"{file}: {np.mean((better - worse)[out] @ weights > 0.0):.3f} of {out.sum()} pairs, by the others'")
    weights, intercept = fit(better, worse, plain_talk)
    arrays = dict(np.load(FOLDER / "classifier.npz"))
    arrays |= {"tact": weights.astype(np.float32), "tact_intercept": np.float32(intercept)}
    np.savez_compressed(FOLDER / "classifier.npz", **arrays)


if __name__ == "__main__":
    learn()
