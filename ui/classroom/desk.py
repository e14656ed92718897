"""The host's desk: admits people, stores their journals, resends missed lines, removes whoever floods.

It is a client of the broker with rights to all topics of its class. Everything runs on one loop.
"""

import asyncio
import contextlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from dialogue.printable import cleaned
from ui import strings
from ui.classroom import protocol
from ui.classroom.code import Role
from ui.classroom.doors import Door
from ui.classroom.link import Link, Message
from ui.classroom.protocol import DESK, MOST_TEXT, TRAINER, Batch, Seat, Topics, batches
from ui.classroom.register import Register
from ui.classroom.untrusted import Malformed
from ui.runtime.problems import Problem

MOST_MESSAGES, OVER_SECONDS = 400, 4.0
"""From one person within that time. A call makes about five a second; catching up sends batches."""
MOST_BYTES_OVER = 16_000_000
"""From one person within that time: more than twice as much as catching up sends."""
MOST_MALFORMED = 20
"""Malformed messages after which their sender is removed."""
BATCHES_AT_ONCE = 20
"""Handed to the client before the loop serves others again."""


class Desk:
    """`tell` gets sentences for the host's terminal."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        register: Register,
        door: Door,
        *,
        class_name: str,
        tell: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._link, self._topics, self._register, self._door = link, topics, register, door
        self._class_name, self._tell, self._now = class_name, tell, now
        self._seats: dict[str, int] = {}
        """Account for joining -> seats left."""
        self._joined: set[str] = set()
        """Client ids whose request has been answered; a replayed one is ignored."""
        self._recent: dict[str, deque[tuple[float, int]]] = {}
        """Person -> time and size of their recent messages."""
        self._nonsense: dict[str, int] = {}
        self._out: set[str] = set()
        self._copying: set[asyncio.Task[None]] = set()
        self._catching_up: dict[str, asyncio.Task[None]] = {}
        """Reader -> the newest task that sends them everybody's newest call."""
        self._disk_full = False
        link.on_message = self.take
        link.on_up = self._up

    def open_door(self, account: str, seats: int) -> None:
        """Let clients that connect as `account` join, so many times."""
        self._seats[account] = seats

    def close_door(self, account: str) -> None:
        self._seats.pop(account, None)

    @property
    def seats_left(self) -> int:
        return sum(self._seats.values())

    def _up(self) -> None:
        at = self._topics
        self._link.subscribe(at.join("+", "+"), at.state("+"), at.ask("+"))
        self._link.subscribe(at.journal("+", "+"), as_published=True)

    def take(self, message: Message) -> None:
        """Handle a message. Nothing from outside stops the desk."""
        try:
            match self._topics.parts(message.topic):
                case ["join", account, client]:
                    self._join(account, client, message.payload)
                case ["people", person, "journal", call]:
                    self._journal(person, call, message)
                case ["people", person, "state"]:
                    self._count(person, message)
                case ["ask", reader] if not self._count(reader, message):
                    self._copy(reader, message.payload)
        except Malformed as problem:
            self._malformed(message, problem)
        except OSError as error:
            if not self._disk_full:
                self._tell(strings.CLASS_DISK.format(reason=(error.strerror or str(error)).lower()))
            self._disk_full = True
        else:
            self._disk_full = False

    # --- joining ------------------------------------------------------------------------------------------------------

    def _join(self, account: str, client: str, payload: bytes) -> None:
        if client in self._joined:
            return  # a replayed request
        self._joined.add(client)
        full: OSError | None = None
        try:
            seat = self._seat(account, protocol.request(payload).name)
        except Problem as problem:
            seat = Seat(refused=str(problem))
        except OSError as error:
            seat, full = Seat(refused=strings.CLASS_SEAT_NOT_WRITTEN), error
        self._link.publish(self._topics.joined(account, client), protocol.encode(seat))
        if full:
            raise full

    def _seat(self, account: str, name: str) -> Seat:
        """A seat under that name. Raises Problem when there is none left, and OSError when it cannot be stored; then
        none is taken."""
        if account not in self._seats:
            raise Problem(strings.CLASS_CODE_OVER)
        if self._seats[account] < 1:
            raise Problem(strings.CLASS_FULL)
        role: Role = "observer" if account.endswith("observer") else "trainee"
        user, secret = self._door.admit(f"{role[0]}-{secrets.token_hex(4)}", role)
        if role == "trainee":
            try:
                self._register.enter(user, name)
            except OSError:
                with contextlib.suppress(OSError):
                    self._door.dismiss(user)
                raise
        self._seats[account] -= 1
        self._tell(strings.CLASS_JOINED[role].format(name=name))
        return Seat(user, secret, self._class_name)

    # --- journals -----------------------------------------------------------------------------------------------------

    def _journal(self, person: str, call: str, message: Message) -> None:
        if self._count(person, message):
            return
        if message.retained:
            raise Malformed("a journal is not for the broker to keep")  # it would fill the broker's memory
        batch = Batch.decode(message.payload)
        have = self._register.take(person, call, batch)
        self._link.publish(self._topics.have(person, call), b"%d" % have)

    def _copy(self, reader: str, payload: bytes) -> None:
        """Send a reader the lines they asked for; without a call, everybody's newest one."""
        wanted = protocol.ask(payload)
        protocol.person_id(reader)
        if wanted.call:
            calls = [(wanted.person, wanted.call, wanted.first)]
        else:
            calls = [(person, path.stem, 1) for person in self._register.people() for path in self._newest(person)]
        task = asyncio.ensure_future(self._send_copies(reader, calls))
        self._copying.add(task)
        task.add_done_callback(self._copying.discard)
        if not wanted.call:
            if before := self._catching_up.get(reader):
                before.cancel()
            self._catching_up[reader] = task

    def _newest(self, person: str) -> list[Path]:
        return self._register.journals(person)[-1:]

    async def _send_copies(self, reader: str, calls: list[tuple[str, str, int]]) -> None:
        sent = 0
        for person, call, first in calls:
            lines = list(self._register.lines(person, call, first))
            for batch in batches(lines, first):
                self._link.publish(self._topics.copy(reader, person, call), batch.encode())
                sent += 1
                if sent % BATCHES_AT_ONCE == 0:
                    await asyncio.sleep(0)

    # --- who floods ---------------------------------------------------------------------------------------------------

    def _count(self, person: str, message: Message) -> bool:
        """Count the message; whether its sender has been removed, for this flood or before."""
        if person in self._out or person in (DESK, TRAINER):
            return person in self._out
        recent = self._recent.setdefault(person, deque())
        now = self._now()
        recent.append((now, len(message.payload)))
        while recent[0][0] < now - OVER_SECONDS:
            recent.popleft()
        if len(recent) > MOST_MESSAGES or sum(size for _, size in recent) > MOST_BYTES_OVER:
            self._show_out(person, strings.CLASS_FLOODED)
        return person in self._out

    def _malformed(self, message: Message, problem: Malformed) -> None:
        levels = message.topic.split("/")
        person = next((level for level in levels if level.startswith(("t-", "o-"))), "")
        self._nonsense[person] = self._nonsense.get(person, 0) + 1
        if person and self._nonsense[person] == 1:
            said = cleaned(str(problem))[:MOST_TEXT]
            self._tell(strings.CLASS_MALFORMED.format(name=self._register.name(person), problem=said))
        if person and self._nonsense[person] > MOST_MALFORMED and person not in self._out:
            self._show_out(person, strings.CLASS_NONSENSE)

    def _show_out(self, person: str, why: str) -> None:
        self._out.add(person)
        self._door.dismiss(person)
        with contextlib.suppress(Malformed):
            self._tell(why.format(name=self._register.name(person)))
