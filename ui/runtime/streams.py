"""Makes standard input, output and error usable as a shell may leave them: closed, or in another encoding."""

import io
import os
import sys
from pathlib import Path


def prepare() -> None:
    """Open closed streams (`>&-`) on the null device, so that no file opened later gets their descriptors. Characters
    that cannot be encoded or decoded are replaced instead of raising."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):  # in the order of their descriptors
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115, stays open to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def encodable(text: str) -> str:
    """`text` with "?" for lone surrogates, which come from JSON or from arguments that were not UTF-8."""
    return text.encode(errors="replace").decode()


def flush() -> None:
    """Flush stdout. Raises OSError when that fails (closed pipe, full disk) and redirects stdout to the null device, so
    that Python does not try again at exit and print a traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise
