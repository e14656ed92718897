"""Lines from standard input as they come, without blocking the loop."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from typing import TextIO


async def lines(source: TextIO | None = None) -> AsyncIterator[str]:
    """Each line without its end, until end of file.

    A terminal or pipe is watched by the loop itself. Where the loop cannot watch it (Windows, plain files), an executor
    thread waits for each line.
    """
    source = source or sys.stdin
    loop = asyncio.get_running_loop()
    chunks: asyncio.Queue[bytes] = asyncio.Queue()
    descriptor = source.fileno()
    try:
        # Reading the descriptor itself: a line left in a text buffer would never be announced as readable.
        loop.add_reader(descriptor, lambda: chunks.put_nowait(os.read(descriptor, 65536)))
    except (NotImplementedError, OSError, ValueError):
        while line := await asyncio.to_thread(source.readline):
            yield line.rstrip("\r\n")
        return
    rest = b""
    try:
        while chunk := await chunks.get():
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode("utf-8", "replace").rstrip("\r")
        if rest:
            yield rest.decode("utf-8", "replace")
    finally:
        loop.remove_reader(descriptor)
