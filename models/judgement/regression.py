"""Penalised logistic regressions, one per label and all fitted at once, and the thresholds to act on."""

from typing import Any

import numpy as np

INVERSE_PENALTY = 2.0
POSITIVE_WEIGHT = 2.0
"""These two were chosen by cross-validation on the training sentences."""
ITERATIONS = 50
RECALL_WEIGHT = 0.7
"""What is found is acted on, and a false "rude" costs the trainee's trust: the thresholds of harm ask for precision
more than for recall."""
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 0.2, 0.45
"""The training lines hold more look-alikes than talk does, which would drive some thresholds up to 0.67. And tuned
layers that have not read an author are too sure that nothing is there, which drove thresholds of the core down to 0.05;
those that have are not. The lowest was chosen on held-out lines that have been read (.2 to .35 alike)."""

Array = Any


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


def f_beta(wanted: Array, given: Array, beta: float) -> float:
    right, found, there = float((wanted & given).sum()), float(given.sum()), float(wanted.sum())
    return (1 + beta**2) * right / max(1.0, beta**2 * there + found)


def best_threshold(wanted: Array, probability: Array, beta: float, lowest: float = 0.0) -> float:
    """Where F-beta is highest, smoothed over neighbouring thresholds, brought within `lowest` and the highest."""
    candidates = np.arange(0.05, 0.80, 0.02)
    scores = np.array([f_beta(wanted, probability >= t, beta) for t in candidates])
    smooth = np.convolve(np.pad(scores, 3, "edge"), np.ones(7) / 7, "valid")
    return min(max(float(candidates[int(smooth.argmax())]), lowest), HIGHEST_THRESHOLD)


def precision_recall(wanted: Array, given: Array) -> tuple[float, float]:
    right = float((wanted & given).sum())
    return right / max(1.0, float(given.sum())), right / max(1.0, float(wanted.sum()))
