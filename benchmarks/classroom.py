"""A class under load, on one machine: how fast the trainer's hand arrives, and what 200 trainees cost.

    python -m benchmarks.classroom [--trainees 200] [--seconds 20] [--rounds 50]

A real Mosquitto, host, console (its screen drawn, headless) and trainees, all over TLS on loopback; each a process of
its own. The trainees of the load are one process that plays a recorded call's own journal in real time, each from
another moment of it, with the lines that a recogniser adds while somebody speaks. Figures: median and 95th percentile
in ms; CPU as a share of one core; memory as resident set; bytes as the TLS connections of the broker count them.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import tempfile
import time
from functools import partial
from typing import Any

from textual.events import Key

from benchmarks.crowd import PACK, PORT, WAIT_SECONDS, hold, play, take_calls, until
from benchmarks.figures import cpu_seconds, memory_mb
from ui.app import CoolheadApp
from ui.classroom.group import Group
from ui.classroom.host import ENTRANCE
from ui.classroom.person import Person
from ui.classroom.protocol import LISTEN_SECONDS
from ui.classroom.register import Entrance, newest
from ui.classroom.screens.board import Board
from ui.classroom.screens.console import ConsoleScreen
from ui.records import archive

SETTLE_SECONDS = 5.0
"""Until what everybody sends at first has been read."""
SOUND_SECONDS = 4.0


def told(name: str, seconds: list[float]) -> None:
    ordered = sorted(1000 * value for value in seconds)
    print(f"{name:<44}{statistics.median(ordered):8.1f} ms median{ordered[int(0.95 * len(ordered))]:9.1f} ms 95 %")


def traffic(port: int) -> int:
    """Bytes that the broker at `port` has received and sent over its open connections (Linux, ss of iproute2)."""
    shown = subprocess.run(["ss", "-tinHO", f"sport = :{port}"], capture_output=True, text=True, check=True).stdout
    return sum(map(int, re.findall(r"bytes_(?:received|acked):(\d+)", shown)))


async def latency(group: Group, probe: str, arrived: Any, rounds: int) -> None:
    """Both ways, with the class as busy as it is."""

    def arrived_at_console(lines: int) -> bool:
        return group.people[probe].lines >= lines

    steering: list[float] = []
    state: list[float] = []
    for _ in range(rounds):
        lines = group.people[probe].lines
        sent = time.monotonic()
        group.steer(probe, "nudge", points=random.choice((1.0, -1.0)))
        await until(partial(arrived_at_console, lines + 2))
        here = time.monotonic()
        there = await asyncio.to_thread(arrived.get, timeout=WAIT_SECONDS)
        steering.append(there - sent)
        state.append(here - there)
        await asyncio.sleep(0.05)
    told("steering reaches the trainee's session", steering)
    told("the change reaches the console", state)


async def measure(trainees: int, seconds: float, rounds: int) -> None:
    apart = multiprocessing.get_context("spawn")
    here, there = apart.Pipe()
    go, arrived = apart.Event(), apart.Queue()
    host = apart.Process(target=hold, args=(trainees, there), daemon=False)
    host.start()  # before Textual takes the terminal's descriptors
    code, broker, pem, class_id, accounts = await asyncio.to_thread(here.recv)
    crowd = apart.Process(target=play, args=(pem, class_id, accounts, go), daemon=True)
    crowd.start()
    one = apart.Process(target=take_calls, args=(code, arrived), daemon=True)
    one.start()
    assert host.pid
    probe = await asyncio.to_thread(arrived.get)
    empty = memory_mb(broker)
    entrance = newest(ENTRANCE)
    assert entrance
    group = Group(Entrance.read(entrance))
    app = CoolheadApp(first=ConsoleScreen(group))
    async with app.run_test(size=(120, 40)):
        await until(lambda: group.present())
        group.start([probe], PACK, 7)
        await until(lambda: group.people[probe].lines)
        print("one trainee")
        await latency(group, probe, arrived, rounds)
        await sound(group, probe)

        began = time.monotonic()
        go.set()
        await until(lambda: sum(bool(person.lines) for person in group.people.values()) > trainees)
        print(f"{trainees} trainees, all there after {time.monotonic() - began:.0f} s")
        await asyncio.sleep(SETTLE_SECONDS)
        lines = sum(person.lines for person in group.people.values())
        before, began, sent = (
            [time.process_time(), cpu_seconds(host.pid), cpu_seconds(broker)],
            time.monotonic(),
            traffic(PORT),
        )
        await asyncio.sleep(seconds)
        took = time.monotonic() - began
        rate = (sum(person.lines for person in group.people.values()) - lines) / took
        bytes_a_second = (traffic(PORT) - sent) / took
        after = [time.process_time(), cpu_seconds(host.pid), cpu_seconds(broker)]
        print(f"{'journal lines a second, all together':<44}{rate:8.0f}")
        for name, was, now in zip(("console", "host", "broker"), before, after, strict=True):
            print(f"{name + ': CPU':<44}{(now - was) / took:8.1%} of one core")
        print(f"{'network at the broker, in and out':<44}{bytes_a_second / trainees / 1000:8.2f} kB/s a trainee")
        print(f"{'broker: memory':<44}{(memory_mb(broker) - empty) / trainees * 1000:8.0f} kB a trainee")
        print(f"{'console: memory':<44}{memory_mb(os.getpid()):8.0f} MB")
        print(f"{'host: memory':<44}{memory_mb(host.pid):8.0f} MB")
        await latency(group, probe, arrived, rounds)
        await keys(app, rounds)
    for process in (crowd, one):
        process.terminate()
    here.send("over")
    host.join()


async def sound(group: Group, probe: str) -> None:
    """What it costs to listen to one trainee."""
    pieces: list[bytes] = []
    group.on_sound = lambda person, piece: pieces.append(piece)
    group.listen(probe, LISTEN_SECONDS)
    await until(lambda: pieces)
    begun, before, heard = time.monotonic(), traffic(PORT), len(pieces)
    await asyncio.sleep(SOUND_SECONDS)
    took = time.monotonic() - begun
    print(f"{'sound of one call: pieces':<44}{(len(pieces) - heard) / took:8.1f} a second")
    print(f"{'sound of one call: to the broker, and on':<44}{(traffic(PORT) - before) / took * 8 / 1000:8.0f} kbit/s")
    group.listen(probe, 0.0)
    await asyncio.sleep(0.5)


async def keys(app: CoolheadApp, rounds: int) -> None:
    """From a key, as the terminal gives it, to the row that it chose having been drawn."""
    board = app.screen.query_one(Board)

    def moved(before: Person | None) -> bool:
        return board.chosen is not before

    took: list[float] = []
    for number in range(rounds):
        before, sent, drawn = board.chosen, time.monotonic(), asyncio.Event()
        app.post_message(Key("down" if number < rounds / 2 else "up", None))
        await until(partial(moved, before))
        board.call_after_refresh(drawn.set)
        await drawn.wait()
        took.append(time.monotonic() - sent)
        await asyncio.sleep(0.1)
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
