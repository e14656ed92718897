"""One file over HTTP, into a .part file that a broken connection does not waste."""

import errno
import http.client
import urllib.error
import urllib.request
from pathlib import Path

from voice.ports import Progress, VoiceProblem

_BLOCK_BYTES = 1 << 16
_TIMEOUT_SECONDS = 30.0
_IDLE_ATTEMPTS = 3
"""Attempts in a row that bring not one byte, after which we give up."""


class _Broken(Exception):
    """The connection ended early; what has come is in the part file."""


def fetch(url: str, part: Path, size: int, progress: Progress) -> None:
    """Bring `part` up to `size` bytes of `url`, going on from what it already holds.

    A connection that breaks is taken up again where it broke. Raises VoiceProblem when the server cannot be reached,
    refuses, has a file of another size, or keeps breaking off; `part` then holds what has come, for another time. The
    content is not checked here.
    """
    idle = 0
    progress(_held(part, size), size)
    while (before := _held(part, size)) < size:
        try:
            _continue(url, part, size, progress)
        except _Broken as broken:
            after = _held(part, size)
            idle = 0 if after > before else idle + 1
            if idle == _IDLE_ATTEMPTS:
                raise VoiceProblem(
                    f"The connection broke after {after / 1e6:.1f} of {size / 1e6:.1f} MB ({broken}): "
                    "try again, and it goes on from there."
                ) from broken


def _held(part: Path, size: int) -> int:
    """Bytes that `part` holds; a part longer than the whole is no part of it and is deleted."""
    held = part.stat().st_size if part.exists() else 0
    if held > size:
        part.unlink()
        return 0
    return held


def _continue(url: str, part: Path, size: int, progress: Progress) -> None:
    """One connection: append to `part` until it is whole. Raises _Broken, VoiceProblem."""
    held = _held(part, size)
    request = urllib.request.Request(url, headers={"User-Agent": "coolhead", "Accept-Encoding": "identity"})
    if held:
        request.add_header("Range", f"bytes={held}-")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
            if held and not _goes_on_at(response, held):
                held = 0  # the server sends the file from its start, whatever we asked for
            _check_size(url, response, held, size)
            with part.open("ab" if held else "wb") as out:
                while block := response.read(min(_BLOCK_BYTES, size - held + 1)):
                    held += len(block)
                    if held > size:
                        raise _other_size(url, "more", size)
                    out.write(block)
                    progress(held, size)
    except urllib.error.HTTPError as refusal:
        if refusal.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
            raise _Broken("the server cannot go on from there") from refusal
        raise VoiceProblem(f"{url} answers {refusal.code} {refusal.reason}: try again later.") from refusal
    except urllib.error.URLError as failure:
        raise VoiceProblem(
            f"{request.host} cannot be reached ({_reason(failure.reason)}): check the network and try again."
        ) from failure
    except http.client.HTTPException as broken:
        raise _Broken(type(broken).__name__) from broken
    except OSError as broken:
        if broken.errno in (errno.ENOSPC, errno.EDQUOT):
            raise VoiceProblem(f"The disk that holds {part.parent} is full: free some space.") from broken
        if broken.filename is not None:
            raise VoiceProblem(f"{broken.filename} cannot be written ({broken.strerror}).") from broken
        raise _Broken(_reason(broken)) from broken
    if held < size:
        raise _Broken("it ended early")


def _goes_on_at(response: http.client.HTTPResponse, held: int) -> bool:
    """Whether a partial answer begins at byte `held`."""
    content_range = response.headers.get("Content-Range", "")
    return response.status == http.client.PARTIAL_CONTENT and content_range.startswith(f"bytes {held}-")


def _check_size(url: str, response: http.client.HTTPResponse, held: int, size: int) -> None:
    """Refuse another file before any of it is fetched."""
    promised = response.headers.get("Content-Length")
    if promised is not None and promised.isdecimal() and held + int(promised) != size:
        raise _other_size(url, f"{held + int(promised):,}", size)


def _other_size(url: str, found: str, size: int) -> VoiceProblem:
    return VoiceProblem(
        f"{url} is not the published file ({found} instead of {size:,} bytes), so it was not used; "
        "see whether this network asks you to log in first."
    )


def _reason(problem: object) -> str:
    """The system's word for it, without its number."""
    return str(getattr(problem, "strerror", None) or problem or type(problem).__name__)
