"""The queue of events for a call: filled from any thread, emptied on the loop, scored and in order of time."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from dialogue.events import TimePassed, Utterance, WorldEvent
from ui.calls.text_scoring import TextScoring

POLL_SECONDS = 0.001
A = TypeVar("A")
E = TypeVar("E", bound=WorldEvent)


class Inbox:
    """Events put before the call's loop is set, or after it has closed, are dropped."""

    def __init__(self, now: Callable[[], float], reading: TextScoring, whole: Callable[[Utterance], Utterance]) -> None:
        """`now` gives call time, s; `whole` puts the first part in front of a turn that continues."""
        self._now = now
        self.reading = reading
        self._whole = whole
        self._queue: asyncio.Queue[WorldEvent] = asyncio.Queue()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.latest = 0.0
        """Call time of the newest event, s."""
        self._being_scored: Utterance | None = None

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
                self._being_scored = event
                event = replace(event, scores=await self.reading.scores(event.text))
                self._being_scored = None
        return event

    def unheard(self) -> Iterator[Utterance]:
        """On the loop, when the call breaks off: the turns that `next` has not given out, without scores."""
        if self._being_scored:
            yield self._being_scored
        while not self.empty:
            if isinstance(event := self._queue.get_nowait(), Utterance):
                yield event

    def in_order(self, event: E) -> E:
        """`event`, not earlier than the one before it: threads hand in their events a little late."""
        self.latest = max(self.latest, event.t)
        return event if event.t == self.latest else replace(event, t=self.latest)

    async def dealt_with(self, over: Callable[[], bool]) -> None:
        """On the loop: return when every event put so far has been taken out and scored, or the call is `over`."""
        await asyncio.sleep(0)  # events from other threads reach the queue with the loop's next step
        while not over() and (self.reading.busy or not self.empty):
            await asyncio.sleep(POLL_SECONDS)
