"""Opens a device while its screen may be left."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
_closing: set["asyncio.Task[None]"] = set()
"""The loop itself does not keep its tasks alive."""


async def opened(make: Callable[[], T], close: Callable[[T], Awaitable[object]]) -> T:
    """What `make` opens in a thread; closed again if nobody waits for it any more. Raises what `make` raises."""
    opening = asyncio.create_task(asyncio.to_thread(make))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        late = asyncio.create_task(_closed(opening, close))  # of its own: a worker may be cancelled more than once
        _closing.add(late)
        late.add_done_callback(_closing.discard)
        await asyncio.shield(late)
        raise


async def _closed(opening: "asyncio.Task[T]", close: Callable[[T], Awaitable[object]]) -> None:
    with contextlib.suppress(Exception):  # it did not open: nothing to close, and nobody to tell
        await close(await opening)
