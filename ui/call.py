"""The driver: carries events between the world and the session, and hands them to the sinks, in order.

Everything here runs on one asyncio loop. Ear and mouth call `emit` from their threads; `emit` only puts the event on
the loop's queue. No Textual: the dashboard, the plain mode, the demo and the tests drive calls through this.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from dialogue.events import (
    Action,
    AudioProblem,
    CallEnded,
    CallStarted,
    Event,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    Scores,
    SessionEvent,
    SpeechStarted,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.persona import Pack
from dialogue.session import Session

POKE_SECONDS = 0.25
"""How long nothing may happen before the session is told that time passes: well under any silence it notices."""
WORDS_PER_SECOND = 2.5
"""Unhurried speech (150 words a minute): what a typed turn and a line that is only shown last."""
QUIET_POLL_SECONDS = 0.001
LAST_WORDS_SECONDS = 20.0
"""How long the customer's last line may take to sound after the call has ended."""

Sink = Callable[[Event], None]
E = TypeVar("E", bound=WorldEvent)


class Mouth(Protocol):
    """What says the customer's lines: `voice.mouth.Mouth`, or `ShownMouth` in a call by keyboard."""

    @property
    def speaking(self) -> bool: ...

    def say(self, reply: Reply) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Ear(Protocol):
    """What hears the trainee: `voice.ear.Ear`."""

    def start(self) -> None: ...

    def stop(self) -> object: ...

    def mute(self, on: bool) -> None: ...

    def customer_speaking(self, on: bool) -> None: ...


class Clock(Protocol):
    """`voice.clock.CallClock`."""

    def now(self) -> float:
        """Seconds since the call was picked up."""
        ...

    def pick_up(self) -> None:
        """The call begins now."""
        ...


class TextModel(Protocol):
    """`dialogue.content.encoder.Scorer`."""

    def score(self, text: str) -> Scores: ...


@dataclass(frozen=True, slots=True)
class Meter:
    """The latest values, for screens that poll."""

    level_dbfs: float = -120.0
    speaking: bool = False
    customer_speaking: bool = False
    listening: str = "keyboard"
    """microphone, keyboard or file."""


class ShownMouth:
    """The customer's lines as text: each takes as long as saying it would, and typing on counts as having read it."""

    def __init__(self, now: Callable[[], float], emit: Callable[[WorldEvent], None]) -> None:
        self._now = now
        self._emit = emit
        self._waiting: list[Reply] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def speaking(self) -> bool:
        return bool(self._waiting)

    def say(self, reply: Reply) -> None:
        self._waiting.append(reply)
        if len(self._waiting) == 1:
            self._start()

    def stop(self) -> None:
        """All lines are on the screen already: whoever goes on typing has read them."""
        if self._timer:
            self._timer.cancel()
        while self._waiting:
            self._finish(start_next=False)
            if self._waiting:
                self._emit(PlaybackStarted(self._now(), self._waiting[0].id))

    close = stop

    def _start(self) -> None:
        reply = self._waiting[0]
        self._emit(PlaybackStarted(self._now(), reply.id))
        self._timer = asyncio.get_running_loop().call_later(spoken_seconds(reply.text), self._finish)

    def _finish(self, *, start_next: bool = True) -> None:
        reply = self._waiting.pop(0)
        self._emit(PlaybackFinished(self._now(), reply.id, spoken_seconds(reply.text), reply.text))
        if start_next and self._waiting:
            self._start()


class Call:
    """One call. `sinks` see every event once, in order: the journal first, then screens."""

    def __init__(
        self,
        pack: Pack,
        session: Session,
        started: CallStarted,
        *,
        clock: Clock,
        text_model: TextModel | None = None,
        sinks: Sequence[Sink] = (),
        status: str = "",
    ) -> None:
        self.pack = pack
        self.session = session
        self.started = started
        self.sinks: list[Sink] = list(sinks)
        self.status = status
        self.ended: CallEnded | None = None
        self.clock = clock
        self._text_model = text_model
        self._queue: asyncio.Queue[WorldEvent] = asyncio.Queue()
        self.loop: asyncio.AbstractEventLoop | None = None
        """While the call runs."""
        self._latest = 0.0
        self._over = False
        self._judging = False
        self._silent_lines: set[int] = set()
        """Replies that do not sound yet."""
        self.ear: Ear | None = None
        self.mouth: Mouth = ShownMouth(self.now, self.emit)
        self.meter: Callable[[], Meter] = lambda: Meter(customer_speaking=self.mouth.speaking)
        self.barge_in = True
        """Whether the trainee's voice silences the customer: with a headset, yes."""
        self._mute_key = self._on_hold = False

    # --- what may be called from anywhere ---------------------------------------------------------------------

    def emit(self, event: WorldEvent) -> None:
        """From any thread: an event for the session."""
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed while a thread was still talking
                self.loop.call_soon_threadsafe(self._queue.put_nowait, event)

    def now(self) -> float:
        """Seconds since the call was picked up."""
        return self.clock.now()

    @property
    def muted(self) -> bool:
        """The trainee cannot be heard: by the mute key, or because the customer is on hold."""
        return self._mute_key or self._on_hold

    # --- what screens call, on the loop -----------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A typed turn."""
        text = text.strip()
        if not text or self.ended:
            return
        if self.mouth.speaking:
            self.mouth.stop()
        now = self.now()
        self.emit(Utterance(now, start=max(0.0, now - spoken_seconds(text)), end=now, text=text, source="keyboard"))

    def act(self, action: Action) -> None:
        """Mute, hold, resume or hang up."""
        match action:
            case "mute" | "unmute":
                self._mute_key = action == "mute"
            case "hold" | "resume":
                self._on_hold = action == "hold"
        if self.ear:
            self.ear.mute(self.muted)
        if action == "hold" and self.mouth.speaking:
            self.mouth.stop()
        self.emit(TraineeAction(self.now(), action))

    async def run(self) -> CallEnded:
        """Take the call to its end. Ear and mouth are stopped whatever happens."""
        self.loop = asyncio.get_running_loop()
        self.clock.pick_up()
        try:
            self._handle(self.started)
            if self.ear:
                self.ear.start()
            while self.ended is None:
                self._handle(await self._next_event(POKE_SECONDS))
            await self._let_last_words_sound()
        finally:
            self._over = True
            # Both wait for threads that may be waiting for this loop.
            if self.ear:
                await asyncio.to_thread(self.ear.stop)
            await asyncio.to_thread(self.mouth.close)
        return self.ended

    async def answered(self) -> None:
        """On the loop: return when everything handed in so far has been dealt with."""
        await asyncio.sleep(0)  # what was emitted a moment ago is on its way to the queue
        while not self._over and (self._judging or not self._queue.empty()):
            await asyncio.sleep(QUIET_POLL_SECONDS)

    async def quiet(self, settled: Callable[[], bool]) -> None:
        """On the loop: return when everything handed in so far is answered and `settled` says that the mouth is ready.

        A call that runs faster than real time waits for this before every block of sound, so that it is repeatable.
        """
        await self.answered()
        while not self._over and not settled():
            await asyncio.sleep(QUIET_POLL_SECONDS)
            await self.answered()
        if self.ended is None and self.now() - self._latest >= POKE_SECONDS:
            self._handle(TimePassed(self.now()))

    # --- the loop ----------------------------------------------------------------------------------------------

    async def _next_event(self, timeout: float) -> WorldEvent:
        try:
            event = await asyncio.wait_for(self._queue.get(), timeout)
        except TimeoutError:
            return TimePassed(self.now())
        if isinstance(event, Utterance) and event.scores is None and self._text_model:
            self._judging = True
            try:
                event = replace(event, scores=await asyncio.to_thread(self._text_model.score, event.text))
            finally:
                self._judging = False
        return event

    def _handle(self, event: WorldEvent) -> None:
        event = self._in_order(event)
        if isinstance(event, AudioProblem):
            self.status = event.text
        if isinstance(event, (PlaybackStarted, PlaybackFinished)):
            self._silent_lines.discard(event.reply)
        if isinstance(event, SpeechStarted) and self.barge_in and self.mouth.speaking:
            self.mouth.stop()
        answers = self.session.receive(event)
        if isinstance(event, TimePassed) and not answers:
            return  # a poke that changed nothing is not a fact of the call
        for fact in (event, *answers):
            for sink in self.sinks:
                sink(fact)
        for answer in answers:
            self._carry_out(answer)

    def _carry_out(self, answer: SessionEvent) -> None:
        if isinstance(answer, Reply):
            self._silent_lines.add(answer.id)
            self.mouth.say(answer)
        elif isinstance(answer, CallEnded):
            self.ended = answer

    async def _let_last_words_sound(self) -> None:
        """The session is over; what is still being said is heard out and journaled. A line that is shown is there."""
        if isinstance(self.mouth, ShownMouth) or (self.ended and self.ended.outcome == "abandoned"):
            self.mouth.stop()
        monotonic = asyncio.get_running_loop().time
        deadline = monotonic() + LAST_WORDS_SECONDS
        while (self.mouth.speaking or self._silent_lines or not self._queue.empty()) and monotonic() < deadline:
            event = await self._next_event(POKE_SECONDS)
            if isinstance(event, (PlaybackStarted, PlaybackFinished)):
                self._handle(event)

    def _in_order(self, event: E) -> E:
        """Threads hand in their events a little late: a fact is never older than the one before it."""
        self._latest = max(self._latest, event.t)
        return event if event.t == self._latest else replace(event, t=self._latest)


def spoken_seconds(text: str) -> float:
    """How long saying the text takes, s."""
    return len(text.split()) / WORDS_PER_SECOND
