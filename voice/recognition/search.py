"""Beam search for the likeliest text: a few texts grow a token at a time, the unlikeliest are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Step = Callable[[npt.NDArray[np.int64], Floats], tuple[Floats, Floats]]
"""(tokens of each text, shape (texts, n); memory with the texts on axis 1) -> (log probabilities of what follows each,
shape (texts, n, vocabulary); the memory grown)."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What a text may be made of; token numbers."""

    prompt: tuple[int, ...]
    end: int
    """Ends a text. Tokens above it are marks, not text."""
    no_speech: int
    never: npt.NDArray[np.int64]
    """Symbols that nobody speaks."""
    not_first: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Text:
    tokens: tuple[int, ...]
    mean_log_probability: float
    """Per token, its end included; <= 0."""
    no_speech: float
    """The model's probability that nothing is said, 0..1."""


def search(step: Step, memory: Floats, rules: Rules, *, beam: int, longest: int) -> Text:
    """The likeliest of the `beam` texts that end first; `longest` is how many tokens a text may have."""
    log_probabilities, memory = step(np.array([rules.prompt], np.int64), memory)
    no_speech = float(np.exp(log_probabilities[0, 0, rules.no_speech]))
    following = log_probabilities[:, -1]
    following[:, rules.not_first] = -np.inf
    texts: list[tuple[int, ...]] = [()]
    totals = np.zeros(1, np.float32)
    ended: list[tuple[float, tuple[int, ...]]] = []
    while True:
        following[:, rules.never] = -np.inf
        following[:, rules.end + 1 :] = -np.inf
        grown: list[tuple[int, ...]] = []
        parents: list[int] = []
        sums: list[float] = []
        for rank, (parent, token, total) in enumerate(_likeliest(totals[:, None] + following, 2 * beam)):
            if token == rules.end:
                if rank < beam:  # one that would have been dropped must not end the search
                    ended.append((total / (len(texts[parent]) + 1), texts[parent]))
            elif len(grown) < beam:
                grown.append((*texts[parent], token))
                parents.append(parent)
                sums.append(total)
            if len(ended) >= beam:
                break
        texts, totals = grown or texts, np.array(sums, np.float32)
        if len(ended) >= beam or not grown or len(texts[0]) >= longest:
            break
        if parents != list(range(memory.shape[1])):
            memory = memory[:, parents]
        log_probabilities, memory = step(np.array([[text[-1]] for text in texts], np.int64), memory)
        following = log_probabilities[:, -1]
    if not ended:
        ended = [(total / (len(text) + 1), text) for text, total in zip(texts, totals.tolist(), strict=True)]
    score, tokens = max(ended)
    return Text(tokens, score, no_speech)


def _likeliest(totals: Floats, count: int) -> Sequence[tuple[int, int, float]]:
    """The best (text, token, total) of a table of shape (texts, vocabulary), best first."""
    flat = totals.reshape(-1)
    best = np.argpartition(flat, -count)[-count:]
    best = best[np.argsort(flat[best])[::-1]]
    return [(int(n) // totals.shape[1], int(n) % totals.shape[1], float(flat[n])) for n in best]
