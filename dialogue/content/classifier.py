"""The classifier: one logistic regression per behaviour over meaning, manner, word groups, letter groups and cues, and
one for tact over the manner. Trained by `models/judgement/train.py`.
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dialogue.content.features import MEANING, cues, letter_groups, word_groups
from dialogue.content.plain import Plain

TACT = "tact"
"""Of the regression that tells how a turn will be taken (`dialogue.content.tact`)."""


class Classifier:
    """Logistic regressions over the features of a turn; their thresholds are shifted to 0.5 by the intercepts."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        settings = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / "classifier.npz")
        self.labels: list[str] = [*settings["labels"], TACT]
        self.cue_names: list[str] = settings["cues"]
        self._words = {group: i for i, group in enumerate(settings["words"])}
        self._letters = {group: i for i, group in enumerate(settings["letters"])}
        self._cues = {name: i for i, name in enumerate(self.cue_names)}
        self._arrays: dict[str, Any] = {name: arrays[name].astype(np.float32) for name in arrays.files}
        self._idf = {name: self._arrays.pop(f"{name}_idf").tolist() for name in ("words", "letters")}

    def probabilities(self, turn: Plain, embedding: Any) -> Any:
        """Shape (labels,), 0..1; the last of them is tact."""
        import numpy as np

        logits = self.logits(turn, embedding)
        tact = embedding[MEANING.stop :] @ self._arrays["tact"] + self._arrays["tact_intercept"]
        return 1.0 / (1.0 + np.exp(-np.clip(np.append(logits, tact), -30.0, 30.0)))

    def logits(self, turn: Plain, embedding: Any) -> Any:
        """Log odds of the behaviours; shape (labels - 1,)."""
        import numpy as np

        a = self._arrays
        logits = a["intercept"] + embedding @ a["embedding"]
        for groups, index, name in (
            (word_groups(turn), self._words, "words"),
            (letter_groups(turn), self._letters, "letters"),
        ):
            rows, values = weighted(groups, index, self._idf[name])
            if rows:
                logits = logits + np.array(values, dtype=np.float32) @ a[name][rows]
        present = [self._cues[name] for name in cues(turn) if name in self._cues]
        if present:
            logits = logits + a["cues"][sorted(present)].sum(axis=0)
        return logits


def weighted(groups: Counter[str], index: Mapping[str, int], idf: Any) -> tuple[list[int], list[float]]:
    """TF-IDF of the known groups: sublinear term frequency, unit length."""
    from math import log, sqrt

    rows = [(index[group], count) for group, count in groups.items() if group in index]
    values = [(1.0 + log(count)) * float(idf[row]) for row, count in rows]
    length = sqrt(sum(value * value for value in values)) or 1.0
    return [row for row, _ in rows], [value / length for value in values]
