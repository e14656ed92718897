"""A scorer that remembers: the text model reads each sentence once, ever, on this machine.

Embeddings and label probabilities are kept in a small SQLite file per model under the user's cache folder; whoever
changes a pack's wordings pays only for the new ones. Meant for rehearsals, where the same sentences come again and
again. A cache that cannot be read or written is done without.
"""

import hashlib
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from dialogue import content
from dialogue.content.encoder import Classifier, Encoder, Scorer, model_name, models_folder
from dialogue.content.plain import Plain
from dialogue.events import Scores

KEPT_SECONDS = 14 * 86_400.0
"""How long the scores of a model that is not used any more are kept."""


def cache_folder() -> Path:
    return Path(platformdirs.user_cache_dir("coolhead")) / "scores"


def features_version() -> str:
    """Of the code that tells what is in a text: its cues may change while the classifier that weighs them does not."""
    digest = hashlib.sha256()
    for path in sorted(Path(content.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Shelf:
    """Vectors of float32 by text, in memory and in a file of this model's own."""

    def __init__(self, folder: Path | None, model: str) -> None:
        """`folder`: where the file is kept; None for memory only."""
        self._known: dict[tuple[str, str], Any] = {}
        self._new: list[tuple[str, str, bytes]] = []
        self._file: sqlite3.Connection | None = None
        if folder is not None:
            with suppress(OSError, sqlite3.Error):
                self._file = _opened(folder / f"{hashlib.sha256(model.encode()).hexdigest()[:16]}.sqlite")

    def get(self, kind: str, text: str) -> Any:
        """The vector, or None."""
        import numpy as np

        found = self._known.get((kind, text))
        if found is None and self._file is not None:
            with suppress(sqlite3.Error):
                row = self._file.execute("SELECT vector FROM scores WHERE kind = ? AND text = ?", (kind, text))
                bytes_found = row.fetchone()
                if bytes_found:
                    found = np.frombuffer(bytes_found[0], dtype=np.float32)
                    self._known[kind, text] = found
        return found

    def put(self, kind: str, text: str, vector: Any) -> None:
        self._known[kind, text] = vector
        self._new.append((kind, text, vector.tobytes()))

    def save(self) -> None:
        """Write what is new, all at once: another rehearsal may be running beside this one."""
        if self._file is not None and self._new:
            with suppress(sqlite3.Error), self._file:
                self._file.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?)", self._new)
        self._new.clear()


def _opened(path: Path) -> sqlite3.Connection:
    """The file, made anew when it is damaged. Files of other models are dropped after a while."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # a pack may be nobody else's business
    for old in path.parent.glob("*.sqlite"):
        if old != path and time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    try:
        return _table(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _table(path)


def _table(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=5.0)
    file.execute(
        "CREATE TABLE IF NOT EXISTS scores (kind TEXT, text TEXT, vector BLOB, PRIMARY KEY (kind, text)) WITHOUT ROWID"
    )
    return file


class _RememberedEncoder:
    """An encoder that is only loaded for a sentence never seen before."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._encoder: Encoder | None = None

    def embed(self, sentences: Sequence[str]) -> Any:
        """As `Encoder.embed`; shape (sentences, 384)."""
        import numpy as np

        found = [self._shelf.get("embedding", sentence) for sentence in sentences]
        new = [i for i, vector in enumerate(found) if vector is None]
        for i in new:  # one by one: in a batch the padding would move the last decimals
            self._encoder = self._encoder or Encoder()
            found[i] = self._encoder.embed([sentences[i]])[0]
            self._shelf.put("embedding", sentences[i], found[i])
        return np.stack(found)


class _RememberedClassifier:
    """A classifier that is only loaded for a text never seen before."""

    def __init__(self, shelf: Shelf) -> None:
        import json

        self._shelf = shelf
        self._kind = f"labels by {features_version()}"
        self._folder = models_folder() / "judgement"
        self.labels: list[str] = json.loads((self._folder / "classifier.json").read_text(encoding="utf-8"))["labels"]
        self._classifier: Classifier | None = None

    def probabilities(self, turn: Plain, embedding: Any) -> Any:
        """As `Classifier.probabilities`. The embedding follows from the text, so the text is the key, with the cues."""
        import numpy as np

        found = self._shelf.get(self._kind, turn.text)
        if found is None:
            self._classifier = self._classifier or Classifier(self._folder)
            found = np.asarray(self._classifier.probabilities(turn, embedding), dtype=np.float32)
            self._shelf.put(self._kind, turn.text, found)
        return found


class RememberingScorer:
    """As `dialogue.content.encoder.Scorer` for a pack's wordings, each text scored once. Not thread-safe."""

    def __init__(self, wordings: Mapping[str, Sequence[str]], folder: Path | None) -> None:
        """`folder`: of the cache, such as `cache_folder()`; None to remember in memory only."""
        self.model = model_name()
        self._shelf = Shelf(folder, self.model)
        self._scorer = Scorer(
            wordings, encoder=_RememberedEncoder(self._shelf), classifier=_RememberedClassifier(self._shelf)
        )
        self._scores: dict[str, Scores] = {}

    def score(self, text: str) -> Scores:
        scores = self._scores.get(text)
        if scores is None:
            scores = self._scores[text] = self._scorer.score(text)
        return scores

    def save(self) -> None:
        """Keep what is new for the next time."""
        self._shelf.save()
