"""A call in a test's hands: its clock, its mouth and its ear are moved by the test, the rest is real."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from dialogue import journal
from dialogue.events import Event, PlaybackFinished, PlaybackStarted, Reply
from dialogue.persona import load
from dialogue.session import Session
from ui.calls.driver import Call
from ui.calls.switchboard import Wishes, started_event
from ui.runtime.settings import Settings


class HandClock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.t = 0.0

    def now(self) -> float:
        return self.t

    def pick_up(self, at: float = 0.0) -> None:
        self.t = at


class Mouth:
    """Begins a line when the test says so, and goes on until it is stopped."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.lines: list[Reply] = []
        self.stops = 0
        self.prepared: list[Reply] = []
        self.breaths: list[str] = []
        self.music = False

    @property
    def speaking(self) -> bool:
        return bool(self.lines)

    def say(self, reply: Reply, words_at: float = 0.0) -> None:
        self.lines.append(reply)

    def breathe(self, text: str, anger: float, paused_seconds: float) -> None:
        self.breaths.append(text)

    def prepare(self, reply: Reply) -> None:
        self.prepared.append(reply)

    def hold(self, on: bool) -> None:
        self.music = on

    def begin(self) -> None:
        self._call.emit(PlaybackStarted(self._call.now(), self.lines[0].id))

    def stop(self) -> None:
        self.stops += 1
        for line in self.lines:
            self._call.emit(PlaybackFinished(self._call.now(), line.id, 0.0, "", interrupted=True))
        self.lines.clear()

    close = stop


class Ear:
    """Notes whether it is muted, and when the customer speaks."""

    def __init__(self) -> None:
        self.muted = False
        self.told: list[bool] = []

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def mute(self, on: bool) -> None:
        self.muted = on

    def customer_speaking(self, on: bool) -> None:
        self.told.append(on)


def text_call() -> tuple[Call, list[Event], HandClock]:
    pack = load("flatpack-bookcase")
    started = started_event(pack, Settings.model_construct(), Wishes(seed=3), {})
    clock = HandClock()
    call = Call(pack, Session(pack), started, clock=clock)
    events: list[Event] = []
    call.sinks.append(events.append)
    return call, events, clock


PATIENCE_SECONDS = 60.0
"""A bound for broken programs, not a measure: machines that test may be very busy."""


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def taken() -> AsyncIterator[tuple[Call, list[Event], HandClock]]:
    """A typed call that has been picked up; hung up at the end."""
    call, events, clock = text_call()
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    yield call, events, clock
    call.act("hang_up")
    await asyncio.wait_for(running, PATIENCE_SECONDS)


@contextlib.asynccontextmanager
async def spoken_call(*, headset: bool = True) -> AsyncIterator[tuple[Call, list[Event], Mouth, Ear]]:
    """A call in which the customer has just been given a line; hung up at the end, and its journal replayed."""
    call, events, _ = text_call()
    call.mouth = mouth = Mouth(call)
    call.ear = ear = Ear()
    call.barge_in = headset
    running = asyncio.create_task(call.run())
    await until(lambda: events)
    call.say("Good morning, this is Sam, how can I help?")
    await until(lambda: mouth.lines)
    yield call, events, mouth, ear
    call.act("hang_up")
    await asyncio.wait_for(running, PATIENCE_SECONDS)
    assert journal.replay([journal.encode(event) for event in events]) is None
