"""A class on the trainer's machine: its broker, desk and join codes. No Textual."""

import asyncio
import contextlib
import secrets
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ui import strings
from ui.classroom import code, tls
from ui.classroom.broker import Accounts, Broker, password
from ui.classroom.code import CLASS_BYTES, SECRET_BYTES, JoinCode, Role
from ui.classroom.desk import Desk
from ui.classroom.doors import GivenDoor, OwnDoor
from ui.classroom.link import Address, Link
from ui.classroom.protocol import DESK, TRAINER, Topics
from ui.classroom.register import Entrance, Register, alone, classes_folder
from ui.runtime import keyboard
from ui.runtime.problems import Problem

WATCH_SECONDS = 0.5
"""How often the broker is checked, and started again if it has ended."""
UP_SECONDS = 10.0
MQTTS_PORT = 8883
ENTRANCE = "class.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of a class."""

    name: str
    address: str = ""
    """Where trainees reach this machine; found out when empty."""
    port: int = MQTTS_PORT
    seats: int = 30
    code_seconds: float = 900.0
    observers: bool = False
    broker: str = ""
    """mqtts://host:port of an existing broker."""
    accounts: Path | None = None
    """Its accounts for this class, as `coolhead class accounts` wrote them."""
    authority: Path | None = None
    """Its certificate authority, if the system does not know it."""


def join_account(role: Role) -> str:
    return f"join-{role}"


class Host:
    """`write` gets the lines for the terminal."""

    def __init__(self, plan: Plan, write: Callable[[str], None]) -> None:
        """Raises Problem when the plan cannot be carried out."""
        self.plan = plan
        self._write = write
        self._door: OwnDoor | GivenDoor
        self.broker: Broker | None = None
        self.codes: dict[Role, str] = {}
        self._expires = 0.0
        theirs = broker_address(plan.broker) if plan.broker else None
        given = GivenDoor.read(plan.accounts, observers=plan.observers) if theirs else None
        self.class_id = given.class_id if given else secrets.token_hex(CLASS_BYTES)
        self.topics = Topics(self.class_id)
        self.folder = classes_folder() / self.class_id
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if given and theirs:
            self._door, self.address = given, theirs
            self.pem = tls.fetch(*self.address, tls.by_authorities(plan.authority))
            desk, trainer = given.passwords[DESK], given.passwords[TRAINER]
        else:
            desk, trainer = password(), password()
            if plan.address and not code.is_host(plan.address):
                raise Problem(strings.CLASS_BAD_ADDRESS)
            self.address = plan.address or own_address(), plan.port
            self.pem = self._prepare_own(desk, trainer)
        Entrance(self.class_id, plan.name, *self.address, self.pem, TRAINER, trainer).keep(self.folder / ENTRANCE)
        self._link = Link(Address(*self.address, tls.trusting(self.pem)), DESK, desk)
        self.register = Register(self.folder)
        self.desk = Desk(self._link, self.topics, self.register, self._door, class_name=plan.name, tell=write)

    def _prepare_own(self, desk: str, trainer: str) -> str:
        """Prepare the class's own broker; returns its certificate."""
        accounts = Accounts(self.folder, self.topics)
        accounts.add(DESK, "desk", desk)
        accounts.add(TRAINER, "trainer", trainer)
        key, pem = tls.make(self.address[0], self.folder)
        self.broker = Broker(self.folder, self.plan.port, accounts, key, pem)
        self._door = OwnDoor(accounts, self.broker)
        return pem.read_text(encoding="utf-8")

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the class open until `stop`. Raises Problem when it cannot be opened."""
        with alone(self.folder):
            await self._run(stop)

    async def _run(self, stop: asyncio.Event) -> None:
        if self.broker:
            await asyncio.to_thread(self.broker.start)
        try:
            self._link.open()
            await self._until_up()
            plan = self.plan
            self._write(strings.CLASS_OPEN.format(name=plan.name, host=self.address[0], port=self.address[1]))
            self.new_codes()
            self._write(strings.CLASS_BOARD_HINT)
            await self._watch(stop)
        finally:
            await self._link.close()
            if self.broker:
                await asyncio.to_thread(self.broker.stop)
            self._write(strings.CLASS_CLOSED.format(folder=self.folder))

    def new_codes(self) -> None:
        """Make and print new join codes; the old ones become invalid."""
        plan = self.plan
        roles: list[Role] = ["trainee", "observer"] if plan.observers else ["trainee"]
        print_of = tls.fingerprint(self.pem)
        for role in roles:
            account = join_account(role)
            secret = secrets.token_hex(SECRET_BYTES)
            _, secret = self._door.admit(account, "joining", secret)
            self.desk.open_door(account, plan.seats)
            made = code.write(JoinCode(*self.address, role, print_of, self.class_id, secret))
            self.codes[role] = made
            self._write(strings.CLASS_CODE[role].format(code=made))
        for line in qr_lines(self.codes["trainee"]):
            self._write(line)
        self._expires = time.monotonic() + plan.code_seconds
        until = datetime.now() + timedelta(seconds=plan.code_seconds)
        self._write(strings.CLASS_CODE_HOLDS.format(time=f"{until:%H:%M:%S}", seats=plan.seats))

    def renew_codes(self) -> None:
        """As `new_codes`, but only says so when the disk is full."""
        try:
            self.new_codes()
        except OSError as error:
            self._write(strings.CLASS_NO_NEW_CODES.format(reason=(error.strerror or str(error)).lower()))

    def _expire(self) -> None:
        for role in self.codes:
            self.desk.close_door(join_account(role))
            with contextlib.suppress(OSError):  # a full disk: the account stays, but has no seats
                self._door.dismiss(join_account(role))
        self.codes.clear()
        self._write(strings.CLASS_CODE_EXPIRED)

    async def _until_up(self) -> None:
        try:
            async with asyncio.timeout(UP_SECONDS):
                while not self._link.up:
                    if self._link.refused:
                        raise Problem(strings.CLASS_BROKER_REFUSED)
                    await asyncio.sleep(0.02)
        except TimeoutError as error:
            host, port = self.address
            raise Problem(strings.CLASS_NO_BROKER.format(host=host, port=port, reason="no answer")) from error

    async def _watch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self.broker and not self.broker.pid:
                await asyncio.to_thread(self.broker.start)
                self._write(strings.CLASS_BROKER_BACK)
            if self.codes and (time.monotonic() > self._expires or not self.desk.seats_left):
                self._expire()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await stop.wait()


async def hold(plan: Plan, write: Callable[[str], None]) -> None:
    """Hold a class until Ctrl+C or SIGTERM; Enter makes new codes. Raises Problem."""
    try:
        host = Host(plan, write)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Problem(strings.CLASS_NOT_OPENED.format(folder=classes_folder(), reason=reason)) from error
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), stop.set)

    async def listen() -> None:
        async for _ in keyboard.lines():
            host.renew_codes()

    listening = asyncio.create_task(listen())
    try:
        await host.run(stop)
    finally:
        listening.cancel()


def broker_address(url: str) -> tuple[str, int]:
    """Host and port of mqtts://host:port. Raises Problem."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme != "mqtts" or not code.is_host(host):
            raise ValueError
        return host, parts.port or MQTTS_PORT
    except ValueError as error:
        raise Problem(strings.CLASS_BAD_BROKER) from error


def own_address() -> str:
    """This machine's address on the network of its default route; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: no packet goes there
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def qr_lines(text: str) -> list[str]:
    """A QR code of half blocks, two rows of modules a line."""
    import segno

    rows = [list(row) for row in segno.make(text.replace("-", ""), error="l", micro=False).matrix_iter(border=2)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    light_and_dark = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return [
        "".join(light_and_dark[bool(top), bool(below)] for top, below in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
