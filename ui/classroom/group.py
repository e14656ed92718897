"""What the console knows of everybody: each trainee's newest call, folded line by line as it grows. No Textual.

Lines come live from the trainees, and as copies from the desk for what was missed. Each has its number: the next one is
read, one that was read before is left out, and after a gap the desk is asked.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dialogue.events import CallStarted, Event, Reply, Steered, Step
from dialogue.files import cleaned
from ui.calls.call_view import CallView
from ui.classroom import certificate, protocol
from ui.classroom.link import FRESH_SECONDS, Address, Link, Message
from ui.classroom.protocol import (
    TRAINER,
    Answer,
    Ask,
    Batch,
    Difficulty,
    Listen,
    Order,
    Start,
    State,
    Steer,
    Topics,
)
from ui.classroom.register import Entrance
from ui.classroom.untrusted import Malformed, event_of

ASK_AGAIN_SECONDS = 2.0
CLOCK_SECONDS = 30.0
"""How long a reading of a trainee's call clock is better than any that lags behind it."""
RISING_POINTS, RISING_SECONDS = 15.0, 60.0
"""So much more anger than so long ago is worth a warning."""
SILENT_SECONDS = 20.0
"""So long without a sound from the trainee, while the customer waits."""
NOBODY = State("", "lost")


@dataclass(slots=True)
class Person:
    """One trainee, as far as the console has heard."""

    id: str
    state: State = NOBODY
    call: str = ""
    view: CallView = field(default_factory=CallView)
    lines: int = 0
    """Of the journal that have been read."""
    paused: bool = False
    listened: bool = False
    """The trainer hears the call."""
    manager: bool = False
    """The customer has asked for one."""
    thrown: frozenset[str] = frozenset()
    """Curveballs that the customer has brought up."""
    spoke_at: float = 0.0
    """When the trainee last did something, s on the call clock."""
    changed: int = 0
    """Grows with everything that may show."""
    asked_at: float = float("-inf")
    _offset: float = float("-inf")
    """Call clock minus this machine's, s: the most that has been seen of late, for what comes has been under way."""
    _seen_at: float = float("-inf")
    """When that was, on this machine's clock, s."""

    @property
    def in_call(self) -> bool:
        return self.view.started is not None and self.view.ended is None and self.state.status == "in_call"

    def now(self, here: float) -> float:
        """The call clock when this machine's says `here`, s; it stands still with the call."""
        running = self.clock(here) if self.in_call else None
        return self.view.t if running is None else max(self.view.t, running)

    def clock(self, here: float) -> float | None:
        """The call clock, s, by what has come live; None when nothing has."""
        return None if self._offset == float("-inf") else here + self._offset

    def tell_time(self, t: float, here: float) -> None:
        """The call clock showed `t` when something was sent that comes `here`, s. It falls behind for good when the
        trainee's machine sleeps: so what was seen long ago counts no more."""
        if t - here >= self._offset or here - self._seen_at > CLOCK_SECONDS:
            self._offset, self._seen_at = t - here, here

    def read(self, event: Event, here: float, *, live: bool) -> None:
        if isinstance(event, CallStarted):
            self.view, self._offset, self.spoke_at = CallView(), float("-inf"), 0.0
            self.paused, self.listened, self.manager, self.thrown = False, False, False, frozenset()
        self.view.read(event)
        if live:
            self.tell_time(event.t, here)
        match event:
            case Steered(step="pause" | "go_on" as step):
                self.paused = step == "pause"
            case Steered(step="listen" | "unlisten" as step):
                self.listened = step == "listen"
            case Reply(act="manager_demand"):
                self.manager = True
            case Reply(act=act) if act.startswith("curveball:"):
                self.thrown |= {act.removeprefix("curveball:")}
            case _ if event.type in ("utterance", "speech_started", "trainee_action"):
                self.spoke_at = event.t
        self.changed += 1

    def anger(self, here: float) -> float | None:
        return self.view.anger_at(self.now(here))

    def last_words(self) -> str:
        """The newest line of the call, and whose it is."""
        if self.view.partial and self.view.you_speak:
            return f"› {self.view.partial}"
        for line in reversed(self.view.lines):
            if line.who != "aside":
                return f"{'›' if line.who == 'you' else '‹'} {line.text}"
        return ""

    def warning(self, here: float) -> str:
        """A key of `strings.BOARD_WARNINGS`, the gravest first; "" for none."""
        view, mood = self.view, self.view.mood
        if not self.in_call or mood is None or self.paused:
            return ""
        now = self.now(here)
        if mood.band == "furious":
            return "furious"
        if self.manager:
            return "manager"
        before = view.anger_at(max(now - RISING_SECONDS, view.moods[0].t))
        if before is not None and (view.anger_at(now) or 0.0) - before >= RISING_POINTS:
            return "rising"
        silent = not (view.you_speak or view.customer_speaks or view.hold_since is not None)
        return "silent" if silent and now - max(self.spoke_at, view.t) >= SILENT_SECONDS else ""


Reader = Callable[[str, str, int, Sequence[Event]], None]
"""(person, call, number of the first line, events): told of every line that arrives, in the order of arrival."""


class Tuned(Protocol):
    """A call that the trainer listens to: `ui.classroom.listening.Listening`."""

    person: Person

    @property
    def over(self) -> bool: ...
    async def close(self) -> None: ...


class Group:
    """Everybody in the class. On one loop."""

    def __init__(self, entrance: Entrance, now: Callable[[], float] = time.monotonic) -> None:
        self.entrance = entrance
        self.people: dict[str, Person] = {}
        self.readers: list[Reader] = []
        self.on_sound: Callable[[str, bytes], None] = lambda person, piece: None
        self.listening: Tuned | None = None
        """To whom the trainer listens now."""
        self.tuning = asyncio.Lock()
        """Held while who is listened to changes."""
        self._topics, self._now = Topics(entrance.class_id), now
        address = Address(entrance.host, entrance.port, certificate.trusting(entrance.certificate))
        self._link = Link(address, entrance.user, entrance.password)
        self._link.on_up, self._link.on_message = self._came, self.take

    @property
    def up(self) -> bool:
        return self._link.up

    @property
    def refused(self) -> bool:
        return self._link.refused

    @property
    def steers(self) -> bool:
        """Observers only watch; the broker sees to it as well."""
        return self.entrance.user == TRAINER

    def open(self) -> None:
        self._link.open()

    async def close(self) -> None:
        if self.listening:
            await self.listening.close()
        await self._link.close()

    def present(self) -> list[Person]:
        """Everybody who has not left; who wants help first, then by name."""
        here = [person for person in self.people.values() if person.state.status != "away" and person.state.name]
        return sorted(here, key=lambda person: (not person.state.help, person.state.name.casefold(), person.id))

    # --- orders ---------------------------------------------------------------------------------------------------

    def steer(self, person: str, step: Step, text: str = "", points: float = 0.0) -> bool:
        """Whether it went out."""
        words = cleaned(text)[: protocol.MOST_TEXT]
        return self._order(person, Steer(_id(), self._person(person).call, step, words, points, self._at(person)))

    def start(
        self, people: Sequence[str], pack: str, seed: int, *, cues: bool = True, difficulty: Difficulty = "normal"
    ) -> bool:
        """The same customer with the same choices for all of them; a test is without cues."""
        sent = [self._order(person, Start(_id(), pack, seed, cues, difficulty)) for person in people]
        return bool(sent) and all(sent)

    def seen(self, person: str) -> bool:
        return self._order(person, Answer(_id()))

    def listen(self, person: str, seconds: float) -> bool:
        """Hear that trainee's call for so long; 0: no longer. The pieces come to `on_sound`."""
        topic = self._topics.sound(person)
        if seconds:
            self._link.subscribe(topic)
        else:
            self._link.unsubscribe(topic)
        return self._order(person, Listen(_id(), self._person(person).call, seconds, self._at(person)))

    def _at(self, person: str) -> float | None:
        """Now, on the clock of that person's call."""
        return self._person(person).clock(self._now())

    def _order(self, person: str, order: Order) -> bool:
        return self._link.publish(self._topics.told(person), protocol.encode(order), fresh_seconds=FRESH_SECONDS)

    def fetch(self, person: str, call: str, first: int = 1) -> None:
        """Ask the desk for the lines of a call; they come to the readers."""
        self._link.publish(self._topics.ask(self.entrance.user), protocol.encode(Ask(person, call, first)))

    # --- what arrives ---------------------------------------------------------------------------------------------

    def _came(self) -> None:
        at = self._topics
        self._link.subscribe(at.state("+"), at.journal("+", "+"), at.copy(self.entrance.user, "+", "+"))
        self._link.publish(at.ask(self.entrance.user), protocol.encode(Ask()))

    def take(self, message: Message) -> None:
        """Whatever arrives; what is malformed is the desk's business."""
        try:
            match self._topics.parts(message.topic):
                case ["people", id, "state"]:
                    person = self._person(id)
                    person.state = state = protocol.state(message.payload)
                    person.changed += 1
                    if state.at is not None and state.call == person.call and not message.retained:
                        person.tell_time(state.at, self._now())
                case ["people", id, "journal", call]:
                    self._journal(id, call, Batch.decode(message.payload), live=True)
                case ["people", id, "sound"]:
                    self.on_sound(id, message.payload)
                case ["copy", _, id, call]:
                    self._journal(id, call, Batch.decode(message.payload), live=False)
        except Malformed:
            return

    def _person(self, id: str) -> Person:
        return self.people.setdefault(protocol.person_id(id), Person(id))

    def _journal(self, id: str, call: str, batch: Batch, *, live: bool) -> None:
        if not batch.lines:
            return
        person = self._person(id)
        call = protocol.call_id(call)
        events = [event_of(line, number) for number, line in enumerate(batch.lines, batch.first)]
        for reader in self.readers:
            reader(id, call, batch.first, events)
        if call != person.call:
            if call < person.call:
                return  # an older one that is being sent on: names begin with the time
            person.call, person.lines = call, 0
        here = self._now()
        for event in events[max(0, person.lines + 1 - batch.first) :] if batch.first <= person.lines + 1 else ():
            person.lines += 1
            person.read(event, here, live=live)
        missed = batch.first > person.lines + 1
        if missed and here - person.asked_at >= ASK_AGAIN_SECONDS:
            person.asked_at = here
            self.fetch(id, call, person.lines + 1)


def _id() -> str:
    return secrets.token_hex(8)
