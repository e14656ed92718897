"""Lines from standard input as they come, without blocking the loop."""

import asyncio
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
    arrived: asyncio.Queue[str] = asyncio.Queue()
    try:
        loop.add_reader(source, lambda: arrived.put_nowait(source.readline()))
    except (NotImplementedError, OSError, ValueError):
        while line := await asyncio.to_thread(source.readline):
            yield line.rstrip("\r\n")
        return
    try:
        while line := await arrived.get():
            yield line.rstrip("\r\n")
    finally:
        loop.remove_reader(source)
