"""The driver: carries events between the world and the session, and hands them to the sinks, in order.

Everything here runs on one asyncio loop. Ear and mouth call `emit` from their threads; `emit` only puts the event on
the loop's queue. No Textual here.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from dialogue.events import (
    Action,
    AudioProblem,
    CallEnded,
    CallStarted,
    Event,
    Partial,
    PlaybackFinished,
    PlaybackStarted,
    Reply,
    SessionEvent,
    SpeechStarted,
    Steered,
    TimePassed,
    TraineeAction,
    Utterance,
    WorldEvent,
)
from dialogue.persona import Pack
from dialogue.session import Session
from ui import strings
from ui.calls.deferred_keys import DeferredKeys
from ui.calls.inbox import POLL_SECONDS, Inbox
from ui.calls.microphone_gate import Gate
from ui.calls.ports import Clock, Ear, Meter, Mouth, TextModel
from ui.calls.provisional_turn import RevocableSession, cannot_wait
from ui.calls.sinks import Sink, keep_back, tell
from ui.calls.text_mouth import TextMouth, spoken_seconds
from ui.calls.text_scoring import TextScoring

POKE_SECONDS = 0.25
"""How long nothing may happen before the session is told that time passes: well under any silence it notices."""
LAST_WORDS_SECONDS = 20.0
"""How long the customer's last line may take to sound after the call has ended."""


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
        past: Sequence[WorldEvent] = (),
    ) -> None:
        """`past`: the world's events after `started`, when the call is taken up again from a moment of it."""
        self.pack = pack
        self._session = RevocableSession(session, self._tell, lambda facts: keep_back(self.sinks, facts))
        self.started = started
        self.sinks: list[Sink] = list(sinks)
        self.status, self.silent = "", True
        self.past = tuple(past)
        self.ended: CallEnded | None = None
        self.clock = clock
        self.now = clock.now
        self._inbox = Inbox(self.now, TextScoring(text_model), self._session.whole)
        self.emit = self._inbox.put
        """From any thread: an event for the session."""
        self._over = False
        self._lines: dict[int, bool] = {}
        """Ids of the replies that the mouth has not finished -> whether their playback has started."""
        self.gate = Gate()
        self.mouth: Mouth = TextMouth(self.now, self.emit)
        self.meter: Callable[[], Meter] = lambda: Meter(customer_speaking=self.mouth.speaking)
        self.on_typed: Callable[[], None] = lambda: None
        """Called before every typed turn, so that a slow ear does not report the same words as well."""
        self.barge_in = True
        """Whether the trainee's voice interrupts the customer. False without a headset: the microphone hears both."""
        self.merges = False
        """Whether speech that resumes soon after a turn continues that turn (see `provisional_turn`)."""
        self._keys = DeferredKeys(self._do)

    # --- what may be called from anywhere ---------------------------------------------------------------------

    def guess(self, turn: Utterance) -> None:
        """From any thread: the turn may be complete. Prepare the answer or, without its last words, draw a breath."""
        self._inbox.on_loop(self._guess, turn)

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """While the call runs."""
        return self._inbox.loop

    @property
    def session(self) -> Session:
        return self._session.session

    @property
    def may_speak(self) -> bool:
        """Whether the customer may start speaking: the trainee is silent and the customer is not on hold."""
        return not (self._keys.talks or self.session.state.floor.hold)

    @property
    def ear(self) -> Ear | None:
        return self.gate.ear

    @ear.setter
    def ear(self, ear: Ear) -> None:
        self.gate.ear = ear

    def customer_speaks(self, on: bool) -> None:
        """From any thread, by the mouth: playback starts or stops. Without a headset this closes the microphone."""
        if self.ear:
            self.ear.customer_speaking(on)
        if not (on and self.barge_in):  # always reopen it, even if `barge_in` has changed since it was closed
            self._inbox.on_loop(self.gate.customer_sounds, on)

    # --- what screens call, on the loop -----------------------------------------------------------------------

    def ahead(self) -> Sequence[Event]:
        """Events since the last turn while that turn may still continue: not final, and no sink has seen them."""
        return self._session.open.facts if self._session.open else ()

    def say(self, text: str) -> None:
        """A typed turn. Ignored while muted, on hold, paused or over; counts as having read the current line."""
        text = text.strip()
        if not text or self.ended or self.gate.closed:
            return
        if any(self._lines.values()):
            self.mouth.stop()
        self.on_typed()
        now = self.now()
        self.emit(Utterance(now, start=max(0.0, now - spoken_seconds(text)), end=now, text=text, source="keyboard"))

    def act(self, action: Action) -> None:
        """Mute, hold, resume or hang up."""
        self.gate.press(action)
        self._keys.press(action, None if self._over else self.loop)

    async def run(self) -> CallEnded:
        """Run the call to its end. Ear and mouth are always closed. A call that is cancelled is hung up; one that fails
        is ended as nobody's doing; what was said last is in the journal either way."""
        self._inbox.loop = asyncio.get_running_loop()
        try:
            self._begin()
            if self.ear:
                self.ear.start()
            while self.ended is None:
                self._handle(await self._inbox.next(POKE_SECONDS))
            await self._let_last_words_sound()
        except BaseException as fault:
            if self.ended is None:
                ours = isinstance(fault, Exception)
                end = Steered(self.now(), "end", strings.BROKEN_OFF) if ours else TraineeAction(self.now(), "hang_up")
                for last in (*self._inbox.unheard(), end):
                    with contextlib.suppress(Exception):  # the first failure is the one to raise
                        self._handle(last)
            raise
        finally:
            self._over = True
            if isinstance(self.mouth, TextMouth):
                self.mouth.close()  # its timer belongs to this loop
            await asyncio.to_thread(self._give_sound_back)
        return self.ended

    def _give_sound_back(self) -> None:
        """In a thread, since both wait for threads that may wait for the loop; not stopped by a second cancellation."""
        try:
            if self.ear:
                self.ear.stop()
        finally:
            if not isinstance(self.mouth, TextMouth):
                self.mouth.close()

    async def answered(self) -> None:
        """On the loop: return when every event handed in so far has been handled."""
        await self._inbox.dealt_with(lambda: self._over)

    async def quiet(self, settled: Callable[[], bool]) -> None:
        """As `answered`, and until the mouth has `settled`. Awaited before every block of sound in virtual time."""
        await self.answered()
        while not self._over and not settled():
            await asyncio.sleep(POLL_SECONDS)
            await self.answered()
        if self.ended is None and self.now() - self._inbox.latest >= POKE_SECONDS:
            self._handle(TimePassed(self.now()))

    # --- the loop ----------------------------------------------------------------------------------------------

    def _handle(self, event: WorldEvent) -> None:
        event = self._inbox.in_order(event)
        if self._session.concerns_revoked(event):
            return
        if self._session.half:
            event = self._of_the_rest(self._session.half, event)
        if turn := self._session.open:
            if isinstance(event, SpeechStarted) and turn.lasts(event.t):
                for reply in self._session.revoke(event.t):  # the turn continues: as if never answered
                    self._lines.pop(reply, None)
                self._keys.talks = True
                self.mouth.stop()
                return
            if not turn.outlasts(event):
                self._session.commit()
        if self.ended and not isinstance(event, (PlaybackStarted, PlaybackFinished)):
            return  # committing the turn has just ended the call
        self._take_note(event)
        for answer in self._session.receive(event, may_go_on=self.merges):
            self._carry_out(answer)
        if isinstance(event, Utterance):
            self._keys.release()

    def _of_the_rest(self, half: Utterance, event: WorldEvent) -> WorldEvent:
        """`event` while the trainee continues a turn whose first part is `half`. An event that cannot wait for the rest
        makes `half` a complete turn; the rest then becomes a turn that starts now."""
        if isinstance(event, Partial):
            return replace(event, text=f"{half.text} {event.text}")
        if cannot_wait(event):
            for answer in self._session.receive(replace(half, t=max(event.t, half.t))):
                self._carry_out(answer)
            if not self.ended and not isinstance(event, AudioProblem):  # after a loss the rest is not heard
                self._handle(SpeechStarted(event.t))
        return event

    def _guess(self, turn: Utterance) -> None:
        over = self.ended or self._over
        if turn.words and not over:
            self._inbox.reading.ahead(self._session.whole(turn), self._prepare)
        elif self.merges and not (over or self._session.open or self.gate.muted):
            self.mouth.breathe(turn.text, self.session.state.mood.anger, self.now() - turn.end)

    def _prepare(self, turn: Utterance) -> None:
        """Render the answer to a turn that may be complete, using a fork of the session."""
        if self.ended is None and not self._session.open:
            for answer in self.session.fork().receive(replace(turn, t=max(turn.t, self._inbox.latest))):
                if isinstance(answer, Reply):
                    self.mouth.prepare(answer)

    def _begin(self) -> None:
        """Pick up. A retried call first replays its past into the session; the customer repeats their last line."""
        lines: list[Reply] = []
        for event in (self.started, *self.past):
            self._inbox.latest = max(self._inbox.latest, event.t)
            if isinstance(event, TraineeAction):
                self.gate.press(event.action)
            answers = self._session.receive(event)
            lines = [each for each in answers if isinstance(each, Reply)] or lines
        self.clock.pick_up(self._inbox.latest)
        self.gate.tell_ear()  # again, now that the clock shows call time
        for line in lines:
            self._carry_out(line)

    def _take_note(self, event: WorldEvent) -> None:
        """Act on the event as far as ear and mouth are concerned, before the session receives it."""
        match event:
            case PlaybackStarted():
                self._lines[event.reply] = True
            case PlaybackFinished():
                self._lines.pop(event.reply, None)
            case SpeechStarted():
                self._keys.talks = True
                if self.barge_in and self._lines:  # also one that has not started to sound
                    self.mouth.stop()
            case Utterance(source="voice") | AudioProblem(kind="lost"):
                self._keys.talks = False
            case Steered(step="pause" | "go_on" as step):
                self.gate.pause(step == "pause")

    def _tell(self, facts: Sequence[Event]) -> None:
        self.ended = next((fact for fact in facts if isinstance(fact, CallEnded)), self.ended)
        tell(self.sinks, facts)

    def _carry_out(self, answer: SessionEvent) -> None:
        if isinstance(answer, Reply):
            self._lines[answer.id] = False
            self.mouth.say(answer, self._session.open.words_at if self._session.open else 0.0)

    def _do(self, action: Action) -> None:
        if action in ("hold", "hang_up") and self._lines:
            self.mouth.stop()
        if action in ("hold", "resume", "hang_up"):
            self.mouth.hold(action == "hold")
        self.emit(TraineeAction(self.now(), action))

    async def _let_last_words_sound(self) -> None:
        """The session has ended: wait for the customer's last line to finish, unless it is only shown as text."""
        if isinstance(self.mouth, TextMouth) or self.gate.hung_up:
            self.mouth.stop()
        monotonic = asyncio.get_running_loop().time
        deadline = monotonic() + LAST_WORDS_SECONDS
        while (self._lines or not self._inbox.empty) and monotonic() < deadline:
            event = await self._inbox.next(POKE_SECONDS)
            if isinstance(event, (PlaybackStarted, PlaybackFinished)):
                self._handle(event)
