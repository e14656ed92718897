"""Scorers that remember: the text model reads each sentence once, ever, on this machine (`ui.records.vector_store`).

`RememberingScorer` is for rehearsals, where the same sentences come again and again; whoever changes a pack's wordings
pays only for the new ones. `scorer_of_call` remembers the pack's wordings and nothing that is said.
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
    return Path(platformdirs.user_cache_dir("coolhead")) / "scores"


def features_version() -> str:
    """Of the code that tells what is in a text: its cues may change while the classifier that weighs them does not."""
    digest = hashlib.sha256()
    for path in sorted(Path(content.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def embeddings(folder: Path | None) -> VectorStore:
    """What the encoder of this installation makes of sentences."""
    encoder = model_name().partition("+")[0]
    runs = (f"{name} {version(name)}" for name in ("onnxruntime", "tokenizers"))
    return VectorStore(folder, "embeddings", " ".join((encoder, *runs)))


def _embedded(sentences: Sequence[str], store: VectorStore, encoder: Callable[[], Embeds]) -> "Vector":
    """As `Encoder.embed` of these sentences in one batch: its padding moves the last decimals, so it is the key."""
    batch = "\n".join(sentences)
    found = store.get(batch)
    if found is None:
        found = encoder().embed(sentences)
        store.put(batch, found)
    return found.reshape(len(sentences), -1)


def scorer_of_call(
    wordings: Mapping[str, Sequence[str]], encoder: Embeds, folder: Path, classifier: Classifies | None = None
) -> Scorer:
    """As `Scorer`, and bit by bit so, but `encoder` is asked only for wordings that it has never read on this machine.

    For live calls: once the wordings are read it is the plain encoder that answers, and nothing more is kept.
    `folder`: of the cache, such as `cache_folder()`.
    """
    reading = _Reading(encoder, embeddings(folder))
    try:
        return Scorer(wordings, encoder=reading, classifier=classifier)
    finally:
        reading.over()


class _Reading:
    """An encoder that remembers until it is told that the reading is over."""

    def __init__(self, encoder: Embeds, store: VectorStore) -> None:
        self._encoder = encoder
        self._store: VectorStore | None = store

    def embed(self, sentences: Sequence[str]) -> "Vector":
        """As `Encoder.embed`; shape (sentences, 768)."""
        if self._store is None:
            embedded: Vector = self._encoder.embed(sentences)
            return embedded
        return _embedded(sentences, self._store, lambda: self._encoder)

    def over(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.save()
            store.close()


class _RememberedEncoder:
    """An encoder that is only loaded for a sentence never seen before."""

    def __init__(self, store: VectorStore) -> None:
        self._store = store
        self._encoder: Encoder | None = None

    def embed(self, sentences: Sequence[str]) -> "Vector":
        """As `Encoder.embed` of each sentence alone, for they come in ever new batches; shape (sentences, 768)."""
        import numpy as np

        return np.concatenate([_embedded([one], self._store, self._loaded) for one in sentences])

    def _loaded(self) -> Encoder:
        self._encoder = self._encoder or Encoder()
        return self._encoder


class _RememberedClassifier:
    """A classifier that is only loaded for a text never seen before."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: of the cache."""
        self.store = VectorStore(folder, "labels", f"{model_name()} {features_version()}")
        self._folder = models_folder() / "judgement"
        settings = json.loads((self._folder / "classifier.json").read_text(encoding="utf-8"))
        self.labels: list[str] = [*settings["labels"], TACT]
        self._classifier: Classifier | None = None

    def probabilities(self, turn: Plain, embedding: "Vector") -> "Vector":
        """As `Classifier.probabilities`. The embedding follows from the text, so the text is the key, with the cues."""
        import numpy as np

        found = self.store.get(turn.text)
        if found is None:
            self._classifier = self._classifier or Classifier(self._folder)
            found = np.asarray(self._classifier.probabilities(turn, embedding), dtype=np.float32)
            self.store.put(turn.text, found)
        return found


class RememberingScorer:
    """As `dialogue.content.encoder.Scorer` for a pack's wordings, each text scored once. Not thread-safe."""

    def __init__(self, wordings: Mapping[str, Sequence[str]], folder: Path | None) -> None:
        """`folder`: of the cache, such as `cache_folder()`; None to remember in memory only."""
        self.model = model_name()
        classifier = _RememberedClassifier(folder)
        self._stores = (embeddings(folder), classifier.store)
        self._scorer = Scorer(wordings, encoder=_RememberedEncoder(self._stores[0]), classifier=classifier)
        self._scores: dict[str, Scores] = {}

    def score(self, text: str) -> Scores:
        scores = self._scores.get(text)
        if scores is None:
            scores = self._scores[text] = self._scorer.score(text)
        return scores

    def save(self) -> None:
        """Keep what is new for the next time."""
        for store in self._stores:
            store.save()
