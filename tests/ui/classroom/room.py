"""A class in this process: a real Mosquitto, the desk, and trainees by keyboard who answer at once."""

import asyncio
import shutil
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dialogue.events import CallStarted
from dialogue.journal import session_for
from dialogue.persona import load
from ui.calls.driver import Call
from ui.calls.ports import Ear
from ui.classroom import code as join_code
from ui.classroom import seat
from ui.classroom.host import Host, Plan
from ui.classroom.link import Link
from ui.classroom.protocol import Start
from ui.classroom.register import Entrance
from ui.classroom.trainee import Classroom
from ui.records import archive
from ui.records.archive import JournalFile
from voice.clock import CallClock

WAIT_SECONDS = 240.0
"""A bound for broken programs, not a measure: machines that test may be very busy."""


def needs_mosquitto() -> None:
    if not shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"):
        pytest.skip("Mosquitto is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until(holds: Callable[[], object], what: str = "") -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"it never came to be: {what}"
        await asyncio.sleep(0.01)


def die(link: Link) -> None:
    """As if its program was killed: no goodbye, nothing comes or goes any more."""
    link._loop = None
    link._client.on_disconnect = None
    link._client.loop_stop()
    if sock := link._client.socket():
        sock.close()


class Room:
    """An open class. `said` is what its host's terminal shows; `end` closes it, as Ctrl+C does there."""

    def __init__(self, host: Host, said: list[str], end: Callable[[], None]) -> None:
        self.host, self.said, self.end = host, said, end

    @property
    def code(self) -> str:
        return self.host.codes["trainee"]

    async def join(self, name: str) -> "Trainee":
        folder, entrance = await seat.take(join_code.read(self.code), name, f"{name}.json")
        (folder / name).mkdir(exist_ok=True)  # on one machine: each has a folder of their own in the class's
        trainee = Trainee(folder / name, entrance)
        trainee.classroom.open()
        return trainee

    def copy(self, trainee: "Trainee") -> bytes:
        """The trainer's copy of the trainee's newest call."""
        paths = self.host.register.journals(trainee.id)
        return paths[-1].read_bytes() if paths else b""

    async def has_all(self, *trainees: "Trainee") -> None:
        for each in trainees:
            await until(lambda each=each: self.copy(each) == each.journal, f"the whole journal of {each.id}")


class Trainee:
    def __init__(self, folder: Path, entrance: Entrance) -> None:
        self.told: list[str] = []
        self.folder, self.entrance = folder, entrance
        self.id = entrance.user
        self.classroom = Classroom(folder, entrance, self.told.append)
        self.classroom.on_start = self._ring
        self.ear: Ear | None = None
        """Of calls that begin from now on."""
        self.call: Call | None = None
        self.path: Path | None = None
        self._running: list[asyncio.Task[object]] = []

    @property
    def journal(self) -> bytes:
        assert self.path
        return self.path.read_bytes()

    def _ring(self, start: Start) -> None:
        pack = load(start.pack)
        cues = {"cues": "on" if start.cues else "off"}
        started = CallStarted(0.0, pack.id, pack.sha256, start.seed or 1, "text", "0", start.difficulty, settings=cues)
        call = Call(pack, session_for(started, pack), started, clock=CallClock())
        if self.ear:
            call.ear = self.ear
        file = JournalFile.new(started)
        call.sinks.append(file)
        self.call, self.path = call, file.path
        self.classroom.attach(call, file.path)
        self._running.append(asyncio.ensure_future(call.run()))

    async def say(self, text: str) -> None:
        assert self.call
        self.call.say(text)
        await self.call.answered()

    async def vanish(self) -> None:
        """As if killed: no goodbye, the call cut off, nothing kept but what is on disk."""
        for task in self._running:
            task.cancel()
        die(self.classroom._link)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.classroom.close()


@asynccontextmanager
async def open_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, seats: int = 30, code_seconds: float = 600.0
) -> AsyncIterator[Room]:
    needs_mosquitto()
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    archive.calls_folder().mkdir(parents=True)
    said: list[str] = []
    plan = Plan("Test", "127.0.0.1", free_port(), seats, code_seconds, observers=True)
    host, stop = Host(plan, said.append), asyncio.Event()
    running = asyncio.ensure_future(host.run(stop))
    try:
        await until(lambda: host.codes or running.done(), "the class is open")
        if running.done():
            await running
        yield Room(host, said, stop.set)
    finally:
        stop.set()
        await running
