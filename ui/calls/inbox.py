"""Events on their way into a call: handed in by any thread, read by the text model, never older than the one before."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dialogue.events import TimePassed, Utterance, WorldEvent
from ui.calls.text_scoring import TextScoring

POLL_SECONDS = 0.001
A = TypeVar("A")
E = TypeVar("E", bound=WorldEvent)


class Inbox:
    """Open while the call's loop runs: what is handed in before is lost."""

    def __init__(self, now: Callable[[], float], reading: TextScoring, whole: Callable[[Utterance], Utterance]) -> None:
        """`now` gives call time, s; `whole` adds to a turn what was said of it before."""
        self._now = now
        self.reading = reading
        self._whole = whole
        self._queue: asyncio.Queue[WorldEvent] = asyncio.Queue()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.latest = 0.0
        """Call time of the newest event, s."""

    @property
    def empty(self) -> bool:
        return self._queue.empty()

    def put(self, event: WorldEvent) -> None:
        """From any thread."""
        self.on_loop(self._queue.put_nowait, event)

    def on_loop(self, work: Callable[[A], object], given: A) -> None:
        """From any thread."""
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed while a thread was still talking
                self.loop.call_soon_threadsafe(work, given)

    async def next(self, timeout: float) -> WorldEvent:
        """TimePassed when nothing has come for `timeout` s."""
        try:
            async with asyncio.timeout(timeout):  # wait_for may swallow a cancellation (Python 3.11)
                event = await self._queue.get()
        except TimeoutError:
            return TimePassed(self._now())
        if isinstance(event, Utterance):
            event = self._whole(event)
            if event.scores is None:
                event = replace(event, scores=await self.reading.scores(event.text))
        return event

    def in_order(self, event: E) -> E:
        """Threads hand in their events a little late: a fact is never older than the one before it."""
        self.latest = max(self.latest, event.t)
        return event if event.t == self.latest else replace(event, t=self.latest)

    async def dealt_with(self, over: Callable[[], bool]) -> None:
        """On the loop: return when everything handed in so far has been taken out and read, or all is `over`."""
        await asyncio.sleep(0)  # what was emitted a moment ago is on its way to the queue
        while not over() and (self.reading.busy or not self.empty):
            await asyncio.sleep(POLL_SECONDS)
