"""A class under load, on one machine: how fast the trainer's hand arrives, and what 200 trainees cost.

    python -m benchmarks.classroom [--trainees 200] [--seconds 20] [--rounds 50]

A real Mosquitto, host, console (its screen drawn, headless) and trainees, all over TLS on loopback. The trainees of the
load are one process that plays a recorded call's own journal in real time, each from another moment of it. Figures:
median and 95th percentile in ms; CPU as a share of one core; memory as resident set.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dialogue import journal
from dialogue.events import CallStarted, Event, Partial, SpeechStarted, Steered, Utterance
from dialogue.persona import load
from dialogue.session import Session
from ui import archive
from ui.app import CoolheadApp
from ui.archive import JournalFile
from ui.call import Call
from ui.classroom import certificate, protocol, seat
from ui.classroom import code as join_code
from ui.classroom.group import Group
from ui.classroom.host import Host, Plan
from ui.classroom.link import Address, Link
from ui.classroom.protocol import Batch, Start, State, Topics
from ui.classroom.register import Entrance
from ui.classroom.screens.board import Board
from ui.classroom.screens.console import ConsoleScreen
from ui.classroom.trainee import Classroom
from voice.clock import CallClock

PACK = "flatpack-bookcase"
JOURNALS = Path("tests/journals")
PORT = 18_931
PARTIAL_SECONDS = 0.3
"""How often a recogniser says what it has so far, at most."""
CONNECTING_AT_ONCE = 20
WAIT_SECONDS = 120.0


async def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.001)


def told(name: str, seconds: list[float]) -> None:
    ordered = sorted(1000 * value for value in seconds)
    print(f"{name:<44}{statistics.median(ordered):8.1f} ms median{ordered[int(0.95 * len(ordered))]:9.1f} ms 95 %")


def cpu(pid: int) -> float:
    """Seconds of CPU that the process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident set, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Taker:
    """A trainee by keyboard in this process."""

    def __init__(self, folder: Path, entrance: Entrance) -> None:
        self.classroom = Classroom(folder, entrance, lambda sentence: None)
        self.classroom.on_start = self._ring
        self.call: Call | None = None
        self.arrived: list[float] = []
        self._running: asyncio.Future[object] | None = None

    def _ring(self, start: Start) -> None:
        pack = load(start.pack)
        started = CallStarted(0.0, pack.id, pack.sha256, start.seed or 1, "text", "0")
        self.call = Call(pack, Session(pack), started, clock=CallClock(), sinks=[JournalFile.new(started), self._note])
        file = self.call.sinks[0]
        assert isinstance(file, JournalFile)
        self.classroom.attach(self.call, file.path)
        self._running = asyncio.ensure_future(self.call.run())

    def _note(self, event: Event) -> None:
        if isinstance(event, Steered):
            self.arrived.append(time.monotonic())


async def latency(group: Group, taker: Taker, rounds: int) -> None:
    """Both ways, with the class as busy as it is."""
    id = taker.classroom.entrance.user
    steering: list[float] = []
    state: list[float] = []
    for _ in range(rounds):
        assert taker.call
        count, lines = len(taker.arrived), group.people[id].lines
        sent = time.monotonic()
        group.steer(id, "nudge", points=random.choice((1.0, -1.0)))
        await until(lambda count=count: len(taker.arrived) > count)
        steering.append(taker.arrived[-1] - sent)
        await until(lambda lines=lines: group.people[id].lines >= lines + 2)
        state.append(time.monotonic() - taker.arrived[-1])
        await asyncio.sleep(0.05)
    told("steering reaches the trainee's session", steering)
    told("the change reaches the console", state)


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


def play(
    host: str, port: int, pem: str, class_id: str, accounts: list[tuple[str, str]], seconds: float, go: Any
) -> None:
    """The load, in a process of its own: each account plays the call in real time, from the moment that `go` is set."""
    go.wait()
    asyncio.run(_play(host, port, pem, class_id, accounts, seconds))


async def _play(host: str, port: int, pem: str, class_id: str, accounts: list[tuple[str, str]], seconds: float) -> None:
    call, topics, trust = recorded(), Topics(class_id), certificate.trusting(pem)
    ends = time.monotonic() + seconds

    async def one(number: int, user: str, password: str) -> None:
        link = Link(Address(host, port, trust), user, password)
        link.open()
        await until(lambda: link.up)
        here, again = random.Random(number).randrange(1, len(call) // 2), 0
        while time.monotonic() < ends:
            name = f"2026-01-01T00-00-{again:02d}-{number:04d}"
            state = State(f"Trainee {number:03d}", "in_call", name, PACK)
            link.publish(topics.state(user), protocol.encode(state), retain=True)
            began = time.monotonic() - call[here][0]
            link.publish(topics.journal(user, name), Batch(1, tuple(line for _, line in call[:here])).encode())
            for index, (t, line) in enumerate(call[here:], here + 1):
                await asyncio.sleep(max(0.0, began + t - time.monotonic()))
                link.publish(topics.journal(user, name), Batch(index, (line,)).encode())
            here, again = 1, again + 1
        await asyncio.sleep(max(0.0, ends - time.monotonic()))
        await link.close()

    tasks = []
    for number, (user, password) in enumerate(accounts):
        tasks.append(asyncio.ensure_future(one(number, user, password)))
        if number % CONNECTING_AT_ONCE == 0:
            await asyncio.sleep(0.3)
    await asyncio.gather(*tasks)


async def measure(trainees: int, seconds: float, rounds: int) -> None:
    host, stop = Host(Plan("Load", "127.0.0.1", PORT, seats=trainees + 1), lambda line: None), asyncio.Event()
    running = asyncio.ensure_future(host.run(stop))
    await until(lambda: host.codes)
    assert host.broker
    broker = host.broker.pid
    folder, entrance = await seat.take(join_code.read(host.codes["trainee"]), "Probe")
    taker = Taker(folder, entrance)
    taker.classroom.open()
    empty = memory(broker)
    accounts = [host._door.admit(f"t-{number:08x}", "trainee") for number in range(trainees)]
    length = 0.3 * trainees / CONNECTING_AT_ONCE + seconds + 60.0 + 0.3 * rounds
    apart = multiprocessing.get_context("spawn")
    go = apart.Event()
    load_process = apart.Process(
        target=play, args=("127.0.0.1", PORT, host.pem, host.class_id, accounts, length, go), daemon=True
    )
    load_process.start()  # before Textual takes the terminal's descriptors
    group = Group(Entrance.read(host.folder / "class.json"))
    app = CoolheadApp(first=ConsoleScreen(group))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: group.present())
        group.start([entrance.user], PACK, 7)
        await until(lambda: taker.call and taker.call.loop and group.people[entrance.user].lines)
        print("one trainee")
        await latency(group, taker, rounds)

        go.set()
        await until(lambda: sum(bool(person.lines) for person in group.people.values()) > trainees)
        print(f"{trainees} trainees")
        lines = sum(person.lines for person in group.people.values())
        mine, brokers, began = time.process_time(), cpu(broker), time.monotonic()
        await asyncio.sleep(seconds)
        took = time.monotonic() - began
        rate = (sum(person.lines for person in group.people.values()) - lines) / took
        print(f"{'journal lines a second, all together':<44}{rate:8.0f}")
        print(f"{'console, desk and probe (one process)':<44}{(time.process_time() - mine) / took:8.0%} of one core")
        print(f"{'broker':<44}{(cpu(broker) - brokers) / took:8.0%} of one core")
        print(f"{'broker: memory':<44}{(memory(broker) - empty) / trainees * 1000:8.0f} kB a trainee")
        print(f"{'console, desk and probe: memory':<44}{memory(os.getpid()):8.0f} MB")
        await latency(group, taker, rounds)
        await keys(app, pilot, rounds)
        load_process.terminate()
    stop.set()
    await taker.classroom.close()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def keys(app: CoolheadApp, pilot: object, rounds: int) -> None:
    """From a key to the row that it chose."""
    board = app.screen.query_one(Board)
    took: list[float] = []
    for _ in range(rounds):
        before, sent = board.chosen, time.monotonic()
        await pilot.press("down")  # type: ignore[attr-defined]
        await until(lambda before=before: board.chosen is not before)
        took.append(time.monotonic() - sent)
    told("a key on the board", took)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trainees", type=int, default=200)
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--rounds", type=int, default=50)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COOLHEAD_DATA"] = folder
        archive.calls_folder().mkdir(parents=True)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        asyncio.run(measure(given.trainees, given.seconds, given.rounds))


if __name__ == "__main__":
    main()
