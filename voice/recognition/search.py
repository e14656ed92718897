"""Beam search for the likeliest text: a few texts grow a token at a time, the unlikeliest are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What the decoder keeps of the tokens of each text."""

    values: Floats
    """Keys and values of its layers: (2 * layers, texts, heads, tokens, 64)."""
    seen: Floats
    """Where in the sound each token looked, by the heads that follow the speech: (texts, heads, tokens, frames)."""

    @property
    def texts(self) -> int:
        return int(self.values.shape[1])

    @property
    def tokens(self) -> int:
        return int(self.values.shape[3])

    def of(self, texts: Sequence[int]) -> "Memory":
        """The memory of these texts alone; one may be there twice."""
        return Memory(self.values[:, list(texts)], self.seen[list(texts)])

    def first(self, tokens: int) -> "Memory":
        """As it was after so many tokens."""
        return Memory(self.values[:, :, :, :tokens], self.seen[:, :, :tokens])


Step = Callable[[npt.NDArray[np.int64], Memory], tuple[Floats, Memory]]
"""(tokens of each text, shape (texts, n); the memory of what came before) -> (log probabilities of what follows each,
shape (texts, n, vocabulary); the memory grown by them)."""


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

    def apply(self, following: Floats, *, first: bool) -> None:
        """Take away what may not follow from log probabilities of shape (..., vocabulary)."""
        if first:
            following[..., self.not_first] = -np.inf
        following[..., self.never] = -np.inf
        following[..., self.end + 1 :] = -np.inf


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    tokens: tuple[int, ...]
    log_probabilities: tuple[float, ...]
    """Of each token."""
    mean_log_probability: float
    """Per token, its end included; <= 0."""
    no_speech: float
    """The model's probability that nothing is said, 0..1."""
    seen: Floats
    """Where the last token of the prompt and each of the text looked: (heads, up to 1 + tokens, frames)."""


@dataclass(frozen=True, slots=True)
class _Growing:
    tokens: tuple[int, ...] = ()
    logs: tuple[float, ...] = ()
    total: float = 0.0


def search(step: Step, memory: Memory, rules: Rules, *, beam: int, longest: int) -> Text:
    """The likeliest of the `beam` texts that end first; `longest` is how many tokens a text may have."""
    log_probabilities, memory = step(np.array([rules.prompt], np.int64), memory)
    no_speech = float(np.exp(log_probabilities[0, 0, rules.no_speech]))
    following = log_probabilities[:, -1]
    texts = [_Growing()]
    ended: list[tuple[float, _Growing, Floats]] = []
    while True:
        rules.apply(following, first=not texts[0].tokens)
        grown: list[_Growing] = []
        parents: list[int] = []
        totals = np.array([text.total for text in texts], np.float32)
        for rank, (parent, token, total) in enumerate(_likeliest(totals[:, None] + following, 2 * beam)):
            text = texts[parent]
            if token == rules.end:
                if rank < beam:  # one that would have been dropped must not end the search
                    ended.append((total / (len(text.tokens) + 1), text, memory.seen[parent]))
            elif len(grown) < beam:
                log = float(following[parent, token])
                grown.append(_Growing((*text.tokens, token), (*text.logs, log), total))
                parents.append(parent)
            if len(ended) >= beam:
                break
        texts = grown or texts
        if len(ended) >= beam or not grown or len(texts[0].tokens) >= longest:
            break
        if parents != list(range(memory.texts)):
            memory = memory.of(parents)
        log_probabilities, memory = step(np.array([[text.tokens[-1]] for text in texts], np.int64), memory)
        following = log_probabilities[:, -1]
    if not ended:
        rows = parents if grown else range(len(texts))
        ended = [
            (text.total / (len(text.tokens) + 1), text, memory.seen[n]) for n, text in zip(rows, texts, strict=True)
        ]
    score, text, seen = max(ended, key=lambda one: one[0])
    return Text(text.tokens, text.logs, score, no_speech, seen[:, len(rules.prompt) - 1 :])


def _likeliest(totals: Floats, count: int) -> Sequence[tuple[int, int, float]]:
    """The best (text, token, total) of a table of shape (texts, vocabulary), best first."""
    flat = totals.reshape(-1)
    best = np.argpartition(flat, -count)[-count:]
    best = best[np.argsort(flat[best])[::-1]]
    return [(int(n) // totals.shape[1], int(n) % totals.shape[1], float(flat[n])) for n in best]
