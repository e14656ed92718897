"""Models on this machine: fetch, unpack, verify, remove. A model's folder is either whole or not there.

Installing works beside the final place and ends in one rename. With the files goes a list of their sizes and hashes,
by which `verify` finds what has changed since.
"""

import hashlib
import importlib.util
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from voice.models import weights
from voice.models.download import fetch
from voice.models.unpack import Unpacked, unpack
from voice.models.weights import ModelEntry, ModelFile
from voice.ports import Progress, VoiceProblem

FILE_LIST = "coolhead-files.json"
"""In every installed folder: the archive's hash, and path, bytes and sha256 of each file."""
UNPACKED_TIMES_LARGER = 2
"""What a speech model needs on disk as a multiple of its archive; only to warn in time."""
ABANDONED_SECONDS = 3600.0
"""Work folders older than this were left by a process that was killed."""
_WORK_PREFIX = ".unpacking-"
_BLOCK_BYTES = 1 << 20

Status = Literal["bundled", "installed", "not installed"]
Report = Callable[[str, int, int], None]
"""(stage, bytes done, bytes in all); the stages are "Fetching", "Checking" and "Unpacking"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found of one model."""

    name: str
    status: Status
    files: int
    problems: tuple[str, ...]
    """A phrase for each file that is not as published; none when the model is whole."""


def status(model: ModelEntry) -> Status:
    if not model.url:
        return "bundled"
    return "installed" if weights.installed_dir(model.name) else "not installed"


def install(model: ModelEntry, report: Report, archive: Path | None = None) -> Path:
    """The model's folder, filled from its official address or from an `archive` brought by hand.

    Either way size and SHA-256 must be the manifest's. A broken download goes on where it stopped the next time; a
    model that is installed and whole is left alone, a damaged one is replaced. Raises VoiceProblem, with nothing half
    there.
    """
    if not model.url:
        raise VoiceProblem(f"{model.name} comes with Coolhead: there is nothing to install.")
    installed = weights.installed_dir(model.name)
    if installed and not _damage(installed, model)[1]:
        return installed
    with _writable(weights.models_dir()) as models:
        if archive is not None:
            if problem := _unlike(archive, model, _stage(report, "Checking")):
                raise VoiceProblem(f"{archive} is not the published {model.name} ({problem}): it was not installed.")
            return _unpack_into_place(archive, model, models, report)
        part = models / f"{model.name}.zip.part"
        _check_space(models, model, part)
        try:
            fetch(model.url, part, model.bytes, _stage(report, "Fetching"))
        except VoiceProblem as trouble:
            raise VoiceProblem(f"{trouble} A zip brought by hand installs with --from FILE.") from trouble
        if problem := _unlike(part, model, _stage(report, "Checking")):
            part.unlink()
            raise VoiceProblem(f"What {model.url} sent is not the published file ({problem}): it was thrown away.")
        folder = _unpack_into_place(part, model, models, report)
        part.unlink(missing_ok=True)
        return folder


def verify(model: ModelEntry) -> Verdict:
    """Every file of a bundled or installed model against its hash; for one not installed there is nothing to check."""
    where = status(model)
    if where == "bundled":
        damaged = tuple(problem for file in model.files if (problem := _bundled_damage(file)))
        if not damaged and any(len(file.parts) > 1 for file in model.files):
            weights.verify(model.name)  # the joined copy is what is loaded; it is made anew when it is damaged
        return Verdict(model.name, where, len(model.files), damaged)
    folder = weights.installed_dir(model.name)
    return Verdict(model.name, where, *(_damage(folder, model) if folder else (0, ())))


def remove(model: ModelEntry) -> None:
    """Delete an installed model and what is left of its download. Raises VoiceProblem when there is nothing of it."""
    if not model.url:
        raise VoiceProblem(f"{model.name} comes with Coolhead and cannot be removed.")
    folder = weights.installed_dir(model.name)
    part = weights.models_dir() / f"{model.name}.zip.part"
    if folder is None and not part.exists():
        raise VoiceProblem(f"{model.name} is not installed.")
    with _writable(weights.models_dir()) as models:
        part.unlink(missing_ok=True)
        if folder is not None:
            with _work_folder(models) as work:
                folder.rename(work / model.name)


def _unpack_into_place(archive: Path, model: ModelEntry, models: Path, report: Report) -> Path:
    """Unpack beside the final place, add the file list, then rename."""
    folder = models / model.name
    with _work_folder(models) as work:
        fresh = work / "new"
        files = unpack(archive, fresh, _stage(report, "Unpacking"))
        listed = {"archive_sha256": model.sha256, "files": [asdict(file) for file in files]}
        (fresh / FILE_LIST).write_text(json.dumps(listed, indent=1), encoding="utf-8")
        if folder.exists():
            folder.rename(work / "old")
        fresh.rename(folder)
    return folder


@contextmanager
def _work_folder(models: Path) -> Iterator[Path]:
    """A folder of its own that is gone afterwards, together with those that killed processes left behind."""
    for left in models.glob(f"{_WORK_PREFIX}*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=models))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _writable(models: Path) -> Iterator[Path]:
    try:
        models.mkdir(parents=True, exist_ok=True)
        yield models
    except OSError as problem:
        where = problem.filename or models
        raise VoiceProblem(
            f"{where} cannot be written ({problem.strerror or problem}): "
            "make room, or set COOLHEAD_DATA to a folder that is yours."
        ) from problem


def _check_space(models: Path, model: ModelEntry, part: Path) -> None:
    held = part.stat().st_size if part.exists() else 0
    needed = model.bytes - held + UNPACKED_TIMES_LARGER * model.bytes
    free = shutil.disk_usage(models).free
    if free < needed:
        raise VoiceProblem(
            f"{model.name} needs about {needed / 1e6:.0f} MB, but the disk that holds {models} has only "
            f"{free / 1e6:.0f} MB free."
        )


def _stage(report: Report, stage: str) -> Progress:
    return lambda done, total: report(stage, done, total)


def _unlike(archive: Path, model: ModelEntry, progress: Progress) -> str:
    """How a file differs from the manifest's archive, or "". Raises VoiceProblem when it cannot be read."""
    try:
        size = archive.stat().st_size
        if size != model.bytes:
            return f"{size:,} bytes instead of {model.bytes:,}"
        found = _sha256([archive], lambda done: progress(done, size))
    except OSError as problem:
        raise VoiceProblem(f"{archive} cannot be read ({problem.strerror}).") from problem
    return "" if found == model.sha256 else f"its SHA-256 is {found[:12]}… instead of {model.sha256[:12]}…"


def _damage(folder: Path, model: ModelEntry) -> tuple[int, tuple[str, ...]]:
    """How many files an installed model has, and what is wrong with them."""
    try:
        listed = json.loads((folder / FILE_LIST).read_text(encoding="utf-8"))
        files = [Unpacked(**file) for file in listed["files"]]
        archive_sha256 = listed["archive_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0, (f"{FILE_LIST} is missing or damaged",)
    problems = [problem for file in files if (problem := _file_damage(folder / file.path, file))]
    if archive_sha256 != model.sha256:
        problems.append("it was installed from another archive than the manifest's")
    known = {file.path for file in files} | {FILE_LIST}
    present = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if not path.is_dir())
    problems += [f"{path} does not belong to it" for path in present if path not in known]
    return len(files), tuple(problems)


def _file_damage(path: Path, expected: Unpacked) -> str:
    try:
        if path.stat().st_size != expected.bytes:
            return f"{expected.path} has {path.stat().st_size:,} bytes instead of {expected.bytes:,}"
        found = _sha256([path])
    except OSError as problem:
        return f"{expected.path}: {problem.strerror}"
    return "" if found == expected.sha256 else f"{expected.path} has other content"


def _bundled_damage(file: ModelFile) -> str:
    """What is wrong with a file that comes in packages, perhaps in parts, or ""."""
    paths = []
    for part in file.parts:
        package, _, path = part.partition("/")
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            return f"{file.name}: the package {package} is missing"
        paths.append(Path(spec.submodule_search_locations[0]) / path)
    try:
        found = _sha256(paths)
    except OSError as problem:
        return f"{file.name}: {problem.strerror} ({problem.filename})"
    return "" if found == file.sha256 else f"{file.name} has other content"


def _sha256(paths: Iterable[Path], progress: Callable[[int], None] = lambda done: None) -> str:
    """Of the files joined in order, in hex."""
    digest, done = hashlib.sha256(), 0
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
                done += len(block)
                progress(done)
    return digest.hexdigest()
