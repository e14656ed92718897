"""What the text model makes of a pack's wordings, kept on this machine: two seconds of CPU the first time, none after.

A file for each content: its name is the hash of the wordings, of the encoder and of what runs it, so that a changed
pack or model never meets an old reading; its first bytes are the hash of the rest, so that a damaged one is read anew.
Nothing that a trainee says goes in. What cannot be read or written is done without. `coolhead forget` deletes all.
"""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from dialogue.content.encoder import Embeds, model_name, spoken
from dialogue.content.plain import plain

MOST_BYTES = 64_000_000
"""Of all readings together, the last used ones stay: ours are .6 MB each."""
_DIMENSIONS = 384
_DIGEST_BYTES = hashlib.sha256().digest_size
_TEMPORARY = ".part"
_LEFT_OVER_SECONDS = 3_600.0
"""Age at which a file that was never finished belongs to nobody."""


def readings_folder() -> Path:
    return Path(platformdirs.user_cache_dir("coolhead")) / "readings"


class KeptReading:
    """An encoder that knows the vectors of a pack's wordings by heart, if they were kept; else it asks `encoder`.

    To be handed to one `Scorer` of the same wordings; `keep` afterwards writes what was new. Not thread-safe.
    """

    def __init__(self, wordings: Mapping[str, Sequence[str]], encoder: Embeds, folder: Path | None = None) -> None:
        """`folder`: where readings are kept, `readings_folder()` if not given."""
        self._encoder = encoder
        self._groups = [tuple(spoken(plain(one)) for one in ones) for ones in wordings.values() if ones]
        self._path = (folder or readings_folder()) / f"{self._name()}.vectors"
        kept = _read(self._path, self._groups)
        self._found = kept is not None
        self._vectors: dict[tuple[str, ...], Any] | None = kept or {}

    def embed(self, sentences: Sequence[str]) -> Any:
        """As `Encoder.embed`: shape (sentences, 384), float32, bit by bit what the encoder would say."""
        if self._vectors is None:
            return self._encoder.embed(sentences)
        known = self._vectors.get(tuple(sentences))
        if known is None:
            known = self._vectors[tuple(sentences)] = self._encoder.embed(sentences)
        return known

    def keep(self) -> None:
        """All wordings have been read: write them, unless they were there, and pass on whatever comes now."""
        vectors, self._vectors = self._vectors, None
        if vectors and not self._found:
            with suppress(OSError, KeyError):
                _write(self._path, b"".join(vectors[group].tobytes() for group in self._groups))
                _prune(self._path.parent)

    def _name(self) -> str:
        encoder = model_name().partition("+")[0]
        read = [encoder, version("onnxruntime"), version("tokenizers"), self._groups]
        return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:32]


def _read(path: Path, groups: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Any] | None:
    """The vectors of each group, None where the file is not there or not whole."""
    import numpy as np

    rows = sum(map(len, groups))
    try:
        with path.open("rb") as file:
            digest, data = file.read(_DIGEST_BYTES), file.read(rows * _DIMENSIONS * 4 + 1)
    except OSError:
        return None
    if len(data) != rows * _DIMENSIONS * 4 or hashlib.sha256(data).digest() != digest:
        return None
    with suppress(OSError):
        os.utime(path)
    vectors = np.frombuffer(data, dtype=np.float32).reshape(rows, _DIMENSIONS)
    ends = np.cumsum([len(group) for group in groups])
    return dict(zip(groups, np.split(vectors, ends[:-1]), strict=True))


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, whoever else writes it: it takes the place of what is there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)  # a pack of one's own may be nobody else's business
    handle, temporary = tempfile.mkstemp(suffix=_TEMPORARY, dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    """Drop what was used longest ago and is too much, and what somebody began to write and never finished."""
    left = MOST_BYTES
    seen = [(path, path.stat()) for path in folder.iterdir() if path.is_file()]
    for path, stat in sorted(seen, key=lambda one: -one[1].st_mtime):
        unfinished = path.suffix == _TEMPORARY
        left -= 0 if unfinished else stat.st_size
        if left < 0 or (unfinished and time.time() - stat.st_mtime > _LEFT_OVER_SECONDS):
            path.unlink(missing_ok=True)
