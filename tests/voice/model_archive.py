"""A small model in a zip, its manifest entry, and what may be on disk after it was installed or was not."""

import hashlib
import io
import random
import zipfile
from pathlib import Path

from voice.models import installing, weights
from voice.models.weights import ModelEntry

NAME = "vosk-model-test-0.1"
FILES = {
    "am/final.mdl": random.Random(1).randbytes(300_000),
    "graph/HCLG.fst": b"graph " * 5_000,
    "conf/mfcc.conf": b"--sample-frequency=16000\n",
}


def zipped(files: dict[str, bytes], top: str = NAME) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if top:
            archive.writestr(f"{top}/", b"")
        for name, content in files.items():
            archive.writestr(f"{top}/{name}" if top else name, content)
    return out.getvalue()


ARCHIVE = zipped(FILES)


def entry(archive: bytes, url: str = "http://127.0.0.1:9/model.zip") -> ModelEntry:
    digest = hashlib.sha256(archive).hexdigest()
    return ModelEntry(NAME, "recognition", "vosk", "en", "Apache-2.0", "nowhere", len(archive), digest, url)


def quiet(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


def assert_whole(folder: Path, place: Path) -> None:
    """The model and nothing else is there."""
    assert folder == place / NAME
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == set(FILES) | {installing.FILE_LIST}
    assert all((folder / name).read_bytes() == content for name, content in FILES.items())
    assert [path.name for path in place.iterdir()] == [NAME]


def assert_nothing(place: Path, *, part: bool = False) -> None:
    """No model, no work folder; a part file only where it may be gone on with."""
    left = {path.name for path in place.iterdir()} if place.exists() else set()
    assert left == ({f"{NAME}.zip.part"} if part else set())
    assert weights.installed_dir(NAME) is None


def by_hand(folder: Path, archive: bytes) -> Path:
    """The archive as a file that somebody brought."""
    path = folder / "brought.zip"
    path.write_bytes(archive)
    return path
