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
_NONE = -2.0
"""Farther than any wording."""


class Meanings:
    """Example wordings by id, as unit vectors."""

    def __init__(self, examples: Mapping[str, Any]) -> None:
        """`examples`: id -> array of shape (wordings, dimensions)."""
        import numpy as np

        self._ids = list(examples)
        if not self._ids:
            return
        counts = np.array([len(each) for each in examples.values()])
        self._wordings = np.concatenate(list(examples.values()))
        targets = np.repeat(np.eye(len(counts), dtype=np.float32), counts, axis=0)
        kernel = self._wordings @ self._wordings.T + RIDGE * np.eye(len(self._wordings), dtype=np.float32)
        self._apart = self._wordings.T @ np.linalg.solve(kernel, targets)
        of_each = np.arange(max(len(NEAREST), counts.max()))
        starts = np.cumsum(counts) - counts
        self._places = np.where(of_each < counts[:, None], starts[:, None] + of_each, len(self._wordings))
        """The wordings of each id, shape (ids, most wordings); beyond them, the place of none."""
        shares = np.where(of_each[: len(NEAREST)] < counts[:, None], NEAREST, 0.0)
        self._shares = shares / shares.sum(axis=1, keepdims=True)

    def near(self, vector: Any) -> dict[str, float]:
        """Id -> how near: about 0 (something else) to 1 (one of its wordings), three decimals."""
        import numpy as np

        if not self._ids:
            return {}
        cosines = np.append(self._wordings @ vector, np.float32(_NONE))[self._places]
        nearest = -np.sort(-cosines, axis=1)[:, : len(NEAREST)]
        mixed = (1.0 - TOLD_APART) * (nearest * self._shares).sum(axis=1) + TOLD_APART * (vector @ self._apart)
        return dict(zip(self._ids, np.round(mixed.astype(float), 3).tolist(), strict=True))
