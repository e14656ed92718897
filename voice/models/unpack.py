"""A zip file from the network, unpacked so that nothing in it can reach outside its folder or fill the disk."""

import errno
import hashlib
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voice.ports import Progress, VoiceProblem

MOST_FILES = 10_000
MOST_TIMES_LARGER = 20
"""Than the archive; speech models unpack to about twice their size."""
LEAST_LIMIT_BYTES = 1 << 20
_BLOCK_BYTES = 1 << 20
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One file that was written."""

    path: str
    """Within the folder, with forward slashes."""
    bytes: int
    sha256: str


def unpack(archive: Path, folder: Path, progress: Progress) -> list[Unpacked]:
    """Write the files of `archive` into the new `folder`; the archive's single top folder, if it has one, is left out.

    The whole list of names is judged before the first byte is written: absolute paths, "..", drives, backslashes,
    links and devices, names that differ only in case, encrypted entries, too many or too large files are refused with
    VoiceProblem, as are broken archives and a full disk. The caller removes the folder when this fails.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _judged(opened, archive)
            total = sum(info.file_size for info, _ in entries)
            folder.mkdir(parents=True)
            done, written = 0, []
            for info, path in entries:
                written.append(_write(opened, info, path, folder))
                done += info.file_size
                progress(done, total)
            return written
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
        raise VoiceProblem(f"{archive.name} is not a whole zip file ({broken}).") from broken
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise VoiceProblem(f"The disk that holds {folder.parent} is full: free some space.") from problem
        raise VoiceProblem(
            f"{archive.name} could not be unpacked to {folder.parent} ({problem.strerror})."
        ) from problem


def _judged(opened: zipfile.ZipFile, archive: Path) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files to write and where, all of them found harmless."""
    infos = [info for info in opened.infolist() if not info.is_dir()]
    most_bytes = max(MOST_TIMES_LARGER * archive.stat().st_size, LEAST_LIMIT_BYTES)
    if not infos:
        raise VoiceProblem(f"{archive.name} holds no files.")
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > most_bytes:
        raise VoiceProblem(f"{archive.name} would unpack to far more than a speech model: it was refused.")
    paths = [PurePosixPath(info.orig_filename) for info in infos]
    for info, path in zip(infos, paths, strict=True):
        if reason := _harm(info, path):
            raise VoiceProblem(f"{archive.name} was refused: {info.orig_filename!r} {reason}.")
    if len({str(path).casefold() for path in paths}) < len(paths):
        raise VoiceProblem(f"{archive.name} was refused: two of its files would have the same name.")
    top = {path.parts[0] for path in paths}
    if len(top) == 1 and all(len(path.parts) > 1 for path in paths):
        paths = [PurePosixPath(*path.parts[1:]) for path in paths]
    return list(zip(infos, paths, strict=True))


def _harm(info: zipfile.ZipInfo, path: PurePosixPath) -> str:
    """Why an entry must not be written, or ""."""
    name, mode = info.orig_filename, info.external_attr >> 16
    if any(mark in name for mark in "\\:\0"):
        return "has a character that is a path on another system"
    if path.is_absolute() or ".." in path.parts:
        return "leads out of the folder"
    if not path.parts:
        return "has no name"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link or a device"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    return ""


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: PurePosixPath, folder: Path) -> Unpacked:
    """zipfile stops at the size that was judged and checks the CRC."""
    target = folder.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with opened.open(info) as source, target.open("xb") as out:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
            size += len(block)
            out.write(block)
    return Unpacked(str(path), size, digest.hexdigest())
