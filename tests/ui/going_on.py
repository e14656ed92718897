"""A call whose turns may go on: what is said in it, when, and what the session and the screens are told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from dialogue import journal
from dialogue.events import CallEnded, Event, SpeechStarted, TraineeAction, Utterance
from tests.ui.driven import PATIENCE_SECONDS, HandClock, Mouth, text_call, until
from ui.calls.driver import Call

FIRST = "I am sorry that the bookcase"
REST = "came with the wrong screws."


@dataclass
class Stage:
    call: Call
    told: list[Event]
    clock: HandClock
    mouth: Mouth
    running: asyncio.Task[CallEnded]

    def kinds(self) -> list[str]:
        return [event.type for event in self.told]

    def turns(self) -> list[Utterance]:
        return [event for event in self.told if isinstance(event, Utterance)]

    async def pause(self) -> None:
        """Say FIRST and begin to go on."""
        await self.speak(FIRST, 1.0, 3.0, 3.4)
        self.clock.t = 3.8
        self.call.emit(SpeechStarted(3.8))
        await self.call.answered()
        await asyncio.sleep(0.02)

    async def speak(self, text: str, begin: float, end: float, heard: float) -> None:
        """From `begin` to `end`, recognised at `heard`."""
        self.call.emit(SpeechStarted(begin))
        await self.call.answered()
        await asyncio.sleep(0.02)
        self.clock.t = heard
        self.call.emit(Utterance(heard, begin, end, text, "voice", confidence=0.9))
        await self.call.answered()
        await asyncio.sleep(0.02)


def _end(told: list[Event]) -> int:
    return next(n for n, event in enumerate(told) if isinstance(event, CallEnded))


@contextlib.asynccontextmanager
async def picked_up() -> AsyncIterator[Stage]:
    """Hung up at the end: then all is told, in the order of time, and the journal replays equal."""
    call, told, clock = text_call()
    call.mouth = mouth = Mouth(call)
    call.merges = True
    running = asyncio.create_task(call.run())
    await until(lambda: told)
    yield Stage(call, told, clock, mouth, running)
    call.act("hang_up")
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(running, PATIENCE_SECONDS)
    times = [event.t for event in told]
    assert times == sorted(times)
    assert not any(isinstance(event, (Utterance, TraineeAction, SpeechStarted)) for event in told[_end(told) :])
    assert journal.replay([journal.encode(event) for event in told]) is None
