"""Scorers with a cache on disk: the text model reads each sentence once on this machine (`ui.records.vector_store`).

`CachedScorer` is for rehearsals, where the same sentences come again and again. `scorer_of_call` caches the wordings of
a pack and nothing that is said.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from dialogue import content
from dialogue.content.classifier import TACT, Classifier
from dialogue.content.encoder import Classifies, Embeds, Encoder, Scorer, model_name, models_folder
from dialogue.content.plain import Plain
from dialogue.events import Scores
from ui.records.vector_store import VectorStore

if TYPE_CHECKING:
    from ui.records.vector_store import Vector


def cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("coolhead", appauthor=False)) / "scores"


def features_version() -> str:
    """A hash of the code in `dialogue.content`: its cues may change while the classifier does not."""
    digest = hashlib.sha256()
    for path in sorted(Path(content.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def embeddings(folder: Path | None) -> VectorStore:
    """The stored embeddings of the encoder installed here."""
    encoder = model_name().partition("+")[0]
    runs = (f"{name} {version(name)}" for name in ("onnxruntime", "tokenizers"))
    return VectorStore(folder, "embeddings", " ".join((encoder, *runs)))


def _embedded(sentences: Sequence[str], store: VectorStore, encoder: Callable[[], Embeds]) -> "Vector":
    """As `Encoder.embed` of these sentences in one batch. The key is the whole batch, for the results of a sentence
    differ between batches in the last decimals."""
    batch = "\n".join(sentences)
    found = store.get(batch)
    if found is None:
        found = encoder().embed(sentences)
        store.put(batch, found)
    return found.reshape(len(sentences), -1)


def scorer_of_call(
    wordings: Mapping[str, Sequence[str]], encoder: Embeds, folder: Path, classifier: Classifies | None = None
) -> Scorer:
    """The same as `Scorer`, bit by bit, for live calls: `encoder` only reads wordings that it has never read on this
    machine. What is said later goes to the plain encoder and is not stored. `folder`: `cache_folder()`.
    """
    cached = _CachedUntilClosed(encoder, embeddings(folder))
    try:
        return Scorer(wordings, encoder=cached, classifier=classifier)
    finally:
        cached.close()


class _CachedUntilClosed:
    """An encoder with a cache, and without it after `close`."""

    def __init__(self, encoder: Embeds, store: VectorStore) -> None:
        self._encoder = encoder
        self._store: VectorStore | None = store

    def embed(self, sentences: Sequence[str]) -> "Vector":
        """As `Encoder.embed`; shape (sentences, 768)."""
        if self._store is None:
            embedded: Vector = self._encoder.embed(sentences)
            return embedded
        return _embedded(sentences, self._store, lambda: self._encoder)

    def close(self) -> None:
        """Save the cache and stop using it."""
        store, self._store = self._store, None
        if store is not None:
            store.save()
            store.close()


class _CachedEncoder:
    """An encoder that is only loaded for sentences that are not in the cache."""

    def __init__(self, store: VectorStore) -> None:
        self._store = store
        self._encoder: Encoder | None = None

    def embed(self, sentences: Sequence[str]) -> "Vector":
        """As `Encoder.embed` of each sentence alone, since batches seldom repeat; shape (sentences, 768)."""
        import numpy as np

        return np.concatenate([_embedded([one], self._store, self._loaded) for one in sentences])

    def _loaded(self) -> Encoder:
        self._encoder = self._encoder or Encoder()
        return self._encoder


class _CachedClassifier:
    """A classifier that is only loaded for texts that are not in the cache."""

    def __init__(self, folder: Path | None) -> None:
        self.store = VectorStore(folder, "labels", f"{model_name()} {features_version()}")
        self._folder = models_folder() / "judgement"
        settings = json.loads((self._folder / "classifier.json").read_text(encoding="utf-8"))
        self.labels: list[str] = [*settings["labels"], TACT]
        self._classifier: Classifier | None = None

    def probabilities(self, turn: Plain, embedding: "Vector") -> "Vector":
        """As `Classifier.probabilities`. The text alone is the key: cues and embedding follow from it."""
        import numpy as np

        found = self.store.get(turn.text)
        if found is None:
            self._classifier = self._classifier or Classifier(self._folder)
            found = np.asarray(self._classifier.probabilities(turn, embedding), dtype=np.float32)
            self.store.put(turn.text, found)
        return found


class CachedScorer:
    """As `dialogue.content.encoder.Scorer` for a pack's wordings, each text scored once. Not thread-safe."""

    def __init__(self, wordings: Mapping[str, Sequence[str]], folder: Path | None) -> None:
        """`folder`: `cache_folder()`, or None for a cache in memory."""
        self.model = model_name()
        classifier = _CachedClassifier(folder)
        self._stores = (embeddings(folder), classifier.store)
        self._scorer = Scorer(wordings, encoder=_CachedEncoder(self._stores[0]), classifier=classifier)
        self._scores: dict[str, Scores] = {}

    def score(self, text: str) -> Scores:
        scores = self._scores.get(text)
        if scores is None:
            scores = self._scores[text] = self._scorer.score(text)
        return scores

    def save(self) -> None:
        """Write new entries to disk."""
        for store in self._stores:
            store.save()
