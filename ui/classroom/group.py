"""The console's view of the class: everybody's calls, and orders to them. No Textual.

Journal lines come live from the trainees; missed ones come as copies from the desk.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from dialogue.events import Event, Step
from dialogue.printable import cleaned
from ui import strings
from ui.classroom import protocol, tls
from ui.classroom.link import FRESH_SECONDS, Address, Link, Message
from ui.classroom.person import Following, Person
from ui.classroom.protocol import TRAINER, Answer, Ask, Batch, Difficulty, Listen, Order, Start, State, Steer, Topics
from ui.classroom.register import Entrance
from ui.classroom.untrusted import Malformed, event_of

Reader = Callable[[str, str, int, Sequence[Event]], None]
"""Gets (person, call, number of the first line, events) for all lines, in the order of arrival."""


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
        self.on_news: Callable[[str], object] = lambda sentence: None
        """Told what the trainer has to know at once."""
        self.listening: Tuned | None = None
        """The call that the trainer listens to."""
        self.tuning = asyncio.Lock()
        """Held while who is listened to changes."""
        self._topics, self._now = Topics(entrance.class_id), now
        address = Address(entrance.host, entrance.port, tls.trusting(entrance.certificate))
        self._link = Link(address, entrance.user, entrance.password)
        self._link.on_up, self._link.on_message = self._came, self.take

    @property
    def trouble(self) -> str:
        """Why nothing comes from the class; "" when all is well."""
        if self._link.refused:
            return strings.CLASS_SEAT_REFUSED
        return strings.CLASS_GONE if self._link.down else ""

    @property
    def steers(self) -> bool:
        """Whether this account may steer. Observers only watch; the broker enforces it, too."""
        return self.entrance.user == TRAINER

    def open(self) -> None:
        self._link.open()

    async def close(self) -> None:
        if self.listening:
            await self.listening.close()
        await self._link.close()

    def present(self) -> list[Person]:
        """Everybody who has not left: those who want help first, then by name."""
        here = [person for person in self.people.values() if person.state.status != "away" and person.state.name]
        return sorted(here, key=lambda person: (not person.state.help, person.state.name.casefold(), person.id))

    def shown(self) -> list[Person]:
        """Everybody who is on the board: who has left after a call stays there, at its end."""
        left = [person for person in self.people.values() if person.state.status == "away" and person.call]
        return self.present() + sorted(left, key=lambda person: (person.state.name.casefold(), person.id))

    # --- orders ---------------------------------------------------------------------------------------------------

    def steer(self, person: str, step: Step, text: str = "", points: float = 0.0) -> bool:
        """Step into this person's call. Returns whether the order was sent, as do the methods below."""
        words = cleaned(text)[: protocol.MOST_TEXT]
        return self._order(person, Steer(_id(), self._person(person).call, step, words, points, self._at(person)))

    def start(
        self, people: Sequence[str], pack: str, seed: int, *, cues: bool = True, difficulty: Difficulty = "normal"
    ) -> bool:
        """Start a call with the same customer and seed for all of them; a test has no cues."""
        sent = [self._order(person, Start(_id(), pack, seed, cues, difficulty)) for person in people]
        return bool(sent) and all(sent)

    def seen(self, person: str) -> bool:
        return self._order(person, Answer(_id()))

    def listen(self, person: str, seconds: float) -> bool:
        """Hear that trainee's call for so many seconds, 0 to stop. The sound goes to `on_sound`."""
        topic = self._topics.sound(person)
        if seconds:
            self._link.subscribe(topic)
        else:
            self._link.unsubscribe(topic)
        return self._order(person, Listen(_id(), self._person(person).call, seconds, self._at(person)))

    def _at(self, person: str) -> float | None:
        """The current time of that person's call, s."""
        return self._person(person).clock(self._now())

    def _order(self, person: str, order: Order) -> bool:
        return self._link.publish(self._topics.told(person), protocol.encode(order), fresh_seconds=FRESH_SECONDS)

    def fetch(self, person: str, call: str, first: int = 1) -> None:
        """Ask the desk for the lines of a call, which go to the readers."""
        self._link.publish(self._topics.ask(self.entrance.user), protocol.encode(Ask(person, call, first)))

    # --- what arrives ---------------------------------------------------------------------------------------------

    def _came(self) -> None:
        at = self._topics
        self._link.subscribe(at.state("+"), at.journal("+", "+"), at.copy(self.entrance.user, "+", "+"))
        self._link.publish(at.ask(self.entrance.user), protocol.encode(Ask()))

    def take(self, message: Message) -> None:
        """Handle a message. Malformed ones are ignored: the desk deals with their sender."""
        try:
            match self._topics.parts(message.topic):
                case ["people", id, "state"]:
                    person = self._person(id)
                    before, person.state = person.state, protocol.state(message.payload)
                    state = person.state
                    if not message.retained:
                        self._tell_of(person, before)
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

    def _tell_of(self, person: Person, before: State) -> None:
        name, state = person.state.name, person.state
        if state.trouble and state.trouble != before.trouble:
            self.on_news(strings.NOT_TAKEN.format(name=name, problem=state.trouble))
        if person.leaves_call(before, self._now()):
            self.on_news(strings.GONE_IN_CALL[state.status].format(name=name))

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
            if not person.is_newest(call):
                return  # an older call that is being sent late
            person.call, person.following = call, Following()
        here = self._now()
        for event in person.following.fresh(batch.first, events):
            person.read(event, here, live=live)
        if person.following.lacks(batch.first, here):
            self.fetch(id, call, person.lines + 1)


def _id() -> str:
    return secrets.token_hex(8)
