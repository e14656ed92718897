"""A trainee's side of the class: sends journals on, says what they are at, does what the trainer asks. No Textual.

The call itself knows nothing of all this: the outbox is one more sink, and steering comes in as events of the world.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from pathlib import Path

from dialogue.events import CallEnded, Event, Steered, Step
from dialogue.files import finite
from dialogue.printable import cleaned
from ui import strings
from ui.calls.driver import Call
from ui.classroom import protocol, tls
from ui.classroom.heard import Heard
from ui.classroom.link import FRESH_SECONDS, Address, Link, Message
from ui.classroom.outbox import Outbox
from ui.classroom.protocol import Answer, Batch, Listen, Start, State, Steer, Topics
from ui.classroom.register import Entrance
from ui.classroom.seat import CALLS
from ui.classroom.untrusted import Malformed
from ui.records.archive import as_heard_path, calls_folder
from ui.runtime.log import record_fault
from ui.runtime.private_files import append_private
from voice.monitoring.tap import Tap

SPOKEN: frozenset[Step] = frozenset({"speak", "curveball", "manager"})
"""Steps in which the customer speaks: they wait until the trainee does not, and is not on hold."""
FLOOR_POLL_SECONDS = 0.05
POKE_SECONDS = 1.0
IDS_KEPT = 500


class Classroom:
    """All of it on one loop. `tell` is given sentences for the trainee; `on_start` calls that are to be taken."""

    def __init__(self, folder: Path, entrance: Entrance, tell: Callable[[str], None]) -> None:
        self.entrance = entrance
        self.tell = tell
        self.on_start: Callable[[Start], object] = lambda start: None
        self.on_ear: Callable[[str, Call], Coroutine[None, None, None]] | None = None
        """Speaks a whisper into the trainee's ear, beside the call."""
        self.on_heard: Callable[[bool], object] = lambda on: None
        """Told whether the trainer hears the call now."""
        self.refused = False
        """The class has no place for this person any more."""
        self._folder = folder
        self._topics = Topics(entrance.class_id)
        address = Address(entrance.host, entrance.port, tls.trusting(entrance.certificate))
        self._link = Link(address, entrance.user, entrance.password)
        self._link.on_up, self._link.on_down, self._link.on_message = self._up, self._down, self._take
        self._link.will(self._topics.state(entrance.user), protocol.encode(State(entrance.name, "lost")))
        self._outbox = Outbox(self._send, time.monotonic)
        self._heard = Heard(partial(self._link.stream, self._topics.sound(entrance.user)), lambda on: self.on_heard(on))
        self._state = State(entrance.name, "waiting")
        self._call: Call | None = None
        self._was_up = False
        self._done: deque[str] = deque(maxlen=IDS_KEPT)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """Lines that have not reached the trainer."""
        return self._outbox.waiting

    @property
    def trouble(self) -> str:
        """Why no call can come now; "" when one can."""
        if self.refused:
            return strings.CLASS_SEAT_REFUSED
        at = self.entrance
        return "" if not self._link.down else strings.CLASS_NO_LINE.format(host=at.host, port=at.port)

    @property
    def tap(self) -> Tap:
        """For the devices of a call that is to be taken: what the trainer may hear."""
        return self._heard.tap

    def open(self) -> None:
        """On the running loop: connect, and send what is left from before."""
        for path in self._calls_before():
            with contextlib.suppress(OSError):  # what cannot be read now is sent when one comes back
                self._outbox.add(path)
        self._link.open()
        self._start(self._poke())

    async def close(self) -> None:
        """Leave: say so, and be gone."""
        self._heard.end()
        self._say(State(self.entrance.name, "away"))
        for task in self._tasks:
            task.cancel()
        await self._link.close()

    def attach(self, call: Call, path: Path) -> None:
        """The call is taken in class: its journal at `path` goes to the trainer too. After its first sink, the file."""
        self._call = call
        try:
            append_private(self._folder / CALLS, f"{path.name}\n")
        except OSError as problem:  # a full disk stops no call
            self.tell(strings.CLASS_ONLY_NOW.format(reason=problem.strerror))
        call.sinks.insert(1, self._outbox.begin(path.stem))
        call.sinks.append(self._follow)
        self._say(State(self.entrance.name, "in_call", path.stem, call.pack.id, sound=self._may_be_heard))

    def ringing(self) -> None:
        """A call is being loaded: no other one begins meanwhile."""
        self._say(replace(self._state, status="ringing", trouble=""))

    def not_taken(self, problem: Exception) -> None:
        """The call that was started cannot be taken here: the trainer reads why."""
        self._say(replace(self._state, status="waiting", trouble=cleaned(str(problem))[: protocol.MOST_TEXT]))

    def back(self) -> None:
        """The trainee has looked at the debrief, or has not taken the call, and waits."""
        if self._call is None or self._call.ended:
            self._say(replace(self._state, status="waiting"))

    def allow_sound(self, on: bool) -> None:
        """Whether the trainer may listen to spoken calls."""
        self._heard.allow(on)
        self._say(replace(self._state, sound=self._may_be_heard))

    def change_sound(self) -> None:
        """The trainee has thought better of it."""
        self.allow_sound(not self._heard.allowed)
        self.tell(strings.CLASS_SOUND[self._heard.allowed])

    def ask_for_help(self) -> None:
        """Call the trainer, or take that back."""
        self._say(replace(self._state, help=not self._state.help))
        self.tell(strings.CLASS_HELP_ASKED if self._state.help else strings.CLASS_HELP_TAKEN_BACK)

    # --- outwards -----------------------------------------------------------------------------------------------------

    @property
    def _may_be_heard(self) -> bool:
        call = self._call
        return self._heard.allowed and call is not None and call.ear is not None and not call.ended

    def _say(self, state: State) -> None:
        call = self._call if state.status == "in_call" else None
        at = call.now() if call and call.loop else None  # before it is picked up its clock shows something else
        self._state = state = replace(state, at=at)
        self._link.publish(self._topics.state(self.entrance.user), protocol.encode(state), retain=True)

    def _send(self, call: str, batch: Batch) -> bool:
        return self._link.publish(self._topics.journal(self.entrance.user, call), batch.encode())

    def _follow(self, event: Event) -> None:
        if isinstance(event, CallEnded):
            self._heard.end()
            self._say(replace(self._state, status="debrief", sound=False))

    def _calls_before(self) -> list[Path]:
        try:
            names = finite(self._folder / CALLS).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return []
        paths = [calls_folder() / name for name in names if name]
        heard = [as_heard_path(path) if as_heard_path(path).exists() else path for path in paths]  # what was sent
        return [path for path in heard if path.exists()]

    async def _poke(self) -> None:
        while True:
            await asyncio.sleep(POKE_SECONDS)
            if self._link.up:
                self._outbox.poke()

    # --- inwards ------------------------------------------------------------------------------------------------------

    def _up(self) -> None:
        self._link.subscribe(self._topics.told(self.entrance.user), self._topics.have(self.entrance.user, "+"))
        self._say(self._state)
        self._outbox.again()
        if self._was_up:
            self.tell(strings.CLASS_LINE_BACK)
        self._was_up = True

    def _down(self) -> None:
        self.refused = self._link.refused
        self.tell(self.trouble if self.refused or not self._was_up else strings.CLASS_LINE_LOST)

    def _take(self, message: Message) -> None:
        """From the trainer or the desk: nobody else may write there."""
        try:
            match self._topics.parts(message.topic):
                case ["people", _, "have", call] if message.payload.isdigit():
                    self._outbox.confirmed(call, int(message.payload))
                case ["people", _, "told"]:
                    self._obey(protocol.order(message.payload))
        except Malformed:
            return  # of another version: what it means cannot be guessed

    def _obey(self, order: protocol.Order) -> None:
        if order.id in self._done:
            return  # the broker may bring a message twice
        self._done.append(order.id)
        match order:
            case Start() if self._state.status != "ringing" and (self._call is None or self._call.ended):
                self.ringing()
                self.on_start(order)
            case Steer() if call := self._meant(order):
                self._start(self._steer(call, order))
                if order.step == "ear" and self.on_ear:
                    self._start(self.on_ear(order.text, call))
            case Listen() if call := self._meant(order):
                self._heard.for_seconds(call, order.seconds)
            case Answer():
                self._say(replace(self._state, help=False))
                self.tell(strings.CLASS_HELP_OVER)

    def _meant(self, order: Steer | Listen) -> Call | None:
        """The call that it is about, if that is the one that goes on and the order has not been under way too long:
        what a dead network held back comes when the moment is another one."""
        call = self._call
        if call is None or call.ended or order.call != self._state.call:
            return None
        late = order.at is not None and call.now() - order.at > FRESH_SECONDS
        return None if late else call

    async def _steer(self, call: Call, steer: Steer) -> None:
        while steer.step in SPOKEN and not call.ended and not call.may_speak:
            await asyncio.sleep(FLOOR_POLL_SECONDS)
        call.emit(Steered(call.now(), steer.step, steer.text, steer.points))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            self.tell(strings.CLASS_FAULT.format(path=record_fault(fault)))
