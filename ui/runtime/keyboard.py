"""Standard input: lines as they are typed, without blocking the loop, and answers to questions."""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TextIO

MOST_BYTES = 1_000_000
"""The longest line that is read; the rest is dropped (a binary file, a device that never ends)."""


def answer() -> str:
    """The next line without surrounding white space; also "" at the end of input."""
    return sys.stdin.readline(MOST_BYTES).strip()


def confirmed(word: str, question: str) -> bool:
    """Ask the question; whether the answer is that word."""
    print(question, end="", flush=True)
    return answer().lower() == word


async def lines(source: TextIO | None = None) -> AsyncIterator[str]:
    """Each line without its end, until end of file. Nothing is read ahead of demand.

    The loop watches a terminal or pipe itself; where it cannot (Windows, plain files), a thread reads each line.
    """
    source = source or sys.stdin
    if source is None:  # started without one
        return
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue(1)
    descriptor = source.fileno()

    def ready() -> None:
        # Reading the descriptor itself: a line left in a text buffer would never be announced as readable.
        try:
            chunk = os.read(descriptor, 65536)
        except BlockingIOError:
            return
        except OSError:  # the terminal was closed
            chunk = b""
        loop.remove_reader(descriptor)
        chunks.put_nowait(chunk)

    go_on: Callable[[], object] = partial(loop.add_reader, descriptor, ready)
    try:
        go_on()
    except (NotImplementedError, OSError, ValueError):
        go_on = _read_in_thread(source, loop, chunks)
    rest = b""
    try:
        while chunk := await chunks.get():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line[:MOST_BYTES].decode("utf-8", "replace").rstrip("\r")
            rest = rest[:MOST_BYTES]
            go_on()
        if rest:
            yield rest.decode("utf-8", "replace")
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_reader(descriptor)


def _read_in_thread(
    source: TextIO, loop: asyncio.AbstractEventLoop, chunks: "asyncio.Queue[bytes]"
) -> Callable[[], object]:
    """Read one line in a thread, and one more at each call of the function returned. A daemon thread: the program ends
    without waiting for Enter."""
    wanted = threading.Semaphore()

    def read() -> None:
        line = "?"
        while line and wanted.acquire():
            try:
                line = source.readline(MOST_BYTES)
            except (OSError, ValueError):  # the input was closed
                line = ""
            with contextlib.suppress(RuntimeError):  # the loop was closed
                loop.call_soon_threadsafe(chunks.put_nowait, line.encode("utf-8", "replace"))

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    return wanted.release
