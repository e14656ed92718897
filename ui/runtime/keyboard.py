"""Lines from standard input as they come, without blocking the loop."""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator
from typing import TextIO


async def lines(source: TextIO | None = None) -> AsyncIterator[str]:
    """Each line without its end, until end of file.

    A terminal or pipe is watched by the loop itself. Where the loop cannot watch it (Windows, plain files), a thread
    waits for each line.
    """
    source = source or sys.stdin
    if source is None:  # started without one
        return
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()
    descriptor = source.fileno()

    def ready() -> None:
        # Reading the descriptor itself: a line left in a text buffer would never be announced as readable.
        try:
            chunk = os.read(descriptor, 65536)
        except BlockingIOError:
            return
        except OSError:  # the terminal was closed
            chunk = b""
        if not chunk:
            loop.remove_reader(descriptor)  # the end would be announced over and over
        chunks.put_nowait(chunk)

    try:
        loop.add_reader(descriptor, ready)
    except (NotImplementedError, OSError, ValueError):
        _read_in_thread(source, loop, chunks)
    rest = b""
    try:
        while chunk := await chunks.get():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode("utf-8", "replace").rstrip("\r")
        if rest:
            yield rest.decode("utf-8", "replace")
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_reader(descriptor)


def _read_in_thread(source: TextIO, loop: asyncio.AbstractEventLoop, chunks: "asyncio.Queue[bytes]") -> None:
    """A thread that the end of the program does not wait for: whoever has hung up need not press Enter first."""

    def read() -> None:
        try:
            while line := source.readline():
                loop.call_soon_threadsafe(chunks.put_nowait, line.encode("utf-8", "replace"))
            loop.call_soon_threadsafe(chunks.put_nowait, b"")
        except (OSError, ValueError, RuntimeError):
            pass  # the input, or the loop, was closed

    threading.Thread(target=read, name="keyboard", daemon=True).start()
