"""How near a clause is to each meaning of a pack, by the pack's own example wordings.

Two views of the same vectors are mixed. The nearest wordings say how near the clause is at all. A ridge regression
(Hoerl & Kennard 1970) from vector to "is a wording of this meaning" says which: what all the meanings of a pack share,
that something is asked or is about a shelf, tells them apart no more, and what only one of them has counts. It is
solved anew when a pack is read: a few hundred wordings, some milliseconds.
"""

from collections.abc import Mapping
from typing import Any

NEAREST = (3.0, 2.0, 1.0)
"""Weights of the nearest wordings. One that happens to share a phrase with the clause says less than three that are
near."""
TOLD_APART = 0.42
"""Share of the regression in the mix; both weights as fitted in `dialogue.understanding.matching`."""
RIDGE = 1.0
"""Penalty on the regression's weights: about one wording's worth."""


class Meanings:
    """Example wordings by id, as unit vectors."""

    def __init__(self, examples: Mapping[str, Any]) -> None:
        """`examples`: id -> array of shape (wordings, dimensions)."""
        import numpy as np

        self._examples = dict(examples)
        self._weights: dict[str, Any] = {}
        if self._examples:
            everything = np.concatenate(list(self._examples.values()))
            whose = np.repeat(np.arange(len(self._examples)), [len(each) for each in self._examples.values()])
            targets = np.equal.outer(whose, np.arange(len(self._examples))).astype(np.float32)
            kernel = everything @ everything.T + RIDGE * np.eye(len(everything), dtype=np.float32)
            weights = everything.T @ np.linalg.solve(kernel, targets)
            self._weights = dict(zip(self._examples, weights.T, strict=True))

    def near(self, vector: Any) -> dict[str, float]:
        """Id -> how near: about 0 (something else) to 1 (one of its wordings), three decimals."""
        return {name: round(self._near(name, vector), 3) for name in self._examples}

    def _near(self, name: str, vector: Any) -> float:
        apart = float(self._weights[name] @ vector)
        return (1.0 - TOLD_APART) * _nearness(self._examples[name] @ vector) + TOLD_APART * apart


def _nearness(cosines: Any) -> float:
    """The mean of the nearest wordings, weighted."""
    import numpy as np

    nearest = np.sort(cosines)[::-1][: len(NEAREST)]
    return float(np.average(nearest, weights=NEAREST[: len(nearest)]))
