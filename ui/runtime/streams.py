"""Standard input, output and error as a shell may leave them: closed, full, gone, or unable to write every letter."""

import io
import os
import sys
from pathlib import Path


def ready() -> None:
    """Streams that are closed (`>&-`) become empty ones: no file that is opened later gets their place. A letter that
    the terminal's encoding lacks is printed as "?", and what is typed and is none is read as one that means so."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):  # in the order of their descriptors
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115, stays open to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def encodable(text: str) -> str:
    """With "?" for what no encoding has: half a character, out of JSON or of an argument that was no UTF-8."""
    return text.encode(errors="replace").decode()


def told() -> None:
    """Everything printed is out. Raises OSError where it cannot go: a pipe that nobody reads, a full disk. Nothing more
    of it is tried when the program ends, which would print a traceback of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise
