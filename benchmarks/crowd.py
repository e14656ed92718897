"""The people of a class under load, each of them a process of its own: host, one real trainee, and a crowd."""

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from dialogue import journal
from dialogue.events import CallStarted, Event, Partial, SpeechStarted, Steered, Utterance
from dialogue.persona import load
from dialogue.session import Session
from ui.calls.driver import Call
from ui.classroom import code as join_code
from ui.classroom import protocol, seat, tls
from ui.classroom.host import Host, Plan
from ui.classroom.link import Address, Link
from ui.classroom.protocol import Batch, Start, State, Topics
from ui.classroom.trainee import Classroom
from ui.records.archive import JournalFile
from voice.audio import FRAME_SAMPLES, FRAME_SECONDS
from voice.clock import CallClock

PACK = "flatpack-bookcase"
JOURNALS = Path("tests/journals")
PORT = 18_931
PARTIAL_SECONDS = 0.3
"""How often a recogniser says what it has so far, at most."""
CONNECTING_AT_ONCE = 20
WAIT_SECONDS = 120.0


class Ear:
    """Of a call that is spoken, as far as the class is concerned."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def mute(self, on: bool) -> None: ...

    def customer_speaking(self, on: bool) -> None: ...


async def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.001)


def hold(trainees: int, pipe: Any) -> None:
    """The host, in a process of its own: tells its broker's pid and certificate and the load's accounts."""

    async def run() -> None:
        host, stop = Host(Plan("Load", "127.0.0.1", PORT, seats=trainees + 1), lambda line: None), asyncio.Event()
        running = asyncio.ensure_future(host.run(stop))
        await until(lambda: host.codes or running.done())
        assert host.broker
        accounts = [host._door.admit(f"t-{number:08x}", "trainee") for number in range(trainees)]
        pipe.send((host.codes["trainee"], host.broker.pid, host.pem, host.class_id, accounts))
        await asyncio.to_thread(pipe.recv)  # that it is over
        stop.set()
        await running

    asyncio.run(run())


def take_calls(code: str, arrived: Any) -> None:
    """One real trainee by keyboard, in a process of its own. Into `arrived`: when each of the trainer's nudges came."""

    async def run() -> None:
        folder, entrance = await seat.take(join_code.read(code), "Probe")
        classroom = Classroom(folder, entrance, lambda sentence: None)
        running: list[asyncio.Future[object]] = []

        def note(event: Event) -> None:
            if isinstance(event, Steered) and event.step == "nudge":
                arrived.put(time.monotonic())

        def ring(start: Start) -> None:
            pack = load(start.pack)
            started = CallStarted(0.0, pack.id, pack.sha256, start.seed or 1, "text", "0")
            file = JournalFile.new(started)
            call = Call(pack, Session(pack), started, clock=CallClock(), sinks=[file, note])
            call.ear = Ear()
            classroom.attach(call, file.path)
            running.append(asyncio.ensure_future(call.run()))

        classroom.on_start = ring
        classroom.open()
        arrived.put(entrance.user)
        noise = np.random.default_rng(1).normal(0.0, 0.1, FRAME_SAMPLES).astype(np.float32)
        due = time.monotonic()
        while True:  # both devices of the call
            classroom.tap.heard(noise)
            classroom.tap.played(noise)
            due += FRAME_SECONDS
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    asyncio.run(run())


def recorded() -> list[tuple[float, bytes]]:
    """(time, line) of the longest journal of the tests, with the lines that a recogniser adds while somebody speaks."""
    path = max(JOURNALS.glob("*.jsonl"), key=lambda path: path.stat().st_size)
    events: list[Event] = []
    for event in journal.read(path.read_text(encoding="utf-8").splitlines()):
        if isinstance(event, Utterance):
            words = event.text.split()
            steps = max(1, int((event.end - event.start) / PARTIAL_SECONDS))
            events.append(SpeechStarted(event.start))
            for step in range(1, steps):
                said = " ".join(words[: len(words) * step // steps])
                events.append(Partial(event.start + step * PARTIAL_SECONDS, said))
        events.append(event)
    return [(event.t, journal.encode(event).encode() + b"\n") for event in events]


def play(pem: str, class_id: str, accounts: list[tuple[str, str]], go: Any) -> None:
    """The load, in a process of its own: each account plays the call in real time, from the moment that `go` is set."""
    go.wait()
    asyncio.run(_play(pem, class_id, accounts))


async def _play(pem: str, class_id: str, accounts: list[tuple[str, str]]) -> None:
    call, topics, trust = recorded(), Topics(class_id), tls.trusting(pem)

    async def one(number: int, user: str, password: str) -> None:
        link = Link(Address("127.0.0.1", PORT, trust), user, password)
        up = asyncio.Event()
        link.on_up = up.set
        link.open()
        await up.wait()
        here, again = random.Random(number).randrange(1, len(call) // 2), 0
        while True:
            name = f"2026-01-01T00-00-{again:02d}-{number:04d}"
            state = State(f"Trainee {number:03d}", "in_call", name, PACK)
            link.publish(topics.state(user), protocol.encode(state), retain=True)
            began = time.monotonic() - call[here][0]
            link.publish(topics.journal(user, name), Batch(1, tuple(line for _, line in call[:here])).encode())
            for index, (t, line) in enumerate(call[here:], here + 1):
                await asyncio.sleep(max(0.0, began + t - time.monotonic()))
                link.publish(topics.journal(user, name), Batch(index, (line,)).encode())
            here, again = 1, again + 1

    tasks = []
    for number, (user, password) in enumerate(accounts):
        tasks.append(asyncio.ensure_future(one(number, user, password)))
        if number % CONNECTING_AT_ONCE == 0:
            await asyncio.sleep(0.3)
    await asyncio.gather(*tasks)
