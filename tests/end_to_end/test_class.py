"""A class as its people run it: host, console and three trainees by keyboard, each in a terminal, driven by keys alone.

The broker is killed three times in mid-call, a trainee is killed and comes back; in the end every journal is equal,
byte for byte. And a host that is killed takes its broker with it.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.end_to_end import coolhead
from tests.end_to_end.tab import listens
from tests.end_to_end.terminal import Terminal
from tests.ui.classroom.room import WAIT_SECONDS, free_port, needs_mosquitto
from ui.records.scenarios import pack_heads

pytestmark = pytest.mark.real

NAMES = ("Anna", "Ben", "Cleo")


class Room:
    """Terminals, each with a home of its own below `folder`; a name may be used again after its program has ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, Terminal] = {}
        self.port = free_port()
        self.host = self.start("host", 120, 40, "host", "--address", "127.0.0.1", "--port", str(self.port))
        self.code = re.findall(r"class join (\S+)", self.sees("host", "Codes hold until"))[0]

    def start(self, name: str, columns: int, rows: int, *arguments: str, home: str = "") -> Terminal:
        where = self.folder / (home or name)
        where.mkdir(exist_ok=True)
        if before := self.open.get(name):
            before.close()
        self.open[name] = Terminal([*coolhead.PROGRAM, "class", *arguments], where, columns, rows, name=name)
        return self.open[name]

    def join(self, names: Sequence[str], *code: str) -> None:
        for name in names:
            self.start(name, 80, 24, "join", *code, "--name", name, "--text")
        for name in names:
            self.sees(name, "what leaves this machine")
            self.open[name].press("Enter")
        for name in names:
            self.sees(name, "You are in the class")

    def sees(self, name: str, pattern: str) -> str:
        return self.open[name].await_text(pattern, WAIT_SECONDS)

    def say(self, name: str, words: str) -> None:
        self.open[name].write(words)
        self.open[name].press("Enter")

    def own(self, name: str) -> bytes:
        """The trainee's newest journal."""
        return max((self.folder / name / "data" / "calls").glob("*.jsonl")).read_bytes()

    def copy(self, name: str) -> bytes:
        """The trainer's copy of it."""
        people = (self.folder / "host" / "data" / "classes").glob("*/people/*")
        [home] = [each for each in people if (each / "name").read_text(encoding="utf-8") == name]
        return max(home.glob("*.jsonl")).read_bytes()

    def broker(self) -> int:
        """Its process id; 0 when there is none."""
        found = subprocess.run(["pgrep", "-P", str(self.host.pid), "-x", "mosquitto"], capture_output=True, text=True)
        return int(found.stdout.split()[0]) if found.stdout.strip() else 0


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    needs_mosquitto()
    if not shutil.which("tmux"):
        pytest.skip("tmux is missing (apt install tmux)")
    opened = Room(tmp_path)
    yield opened
    for terminal in opened.open.values():
        terminal.close()


def until(holds: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"it never came to be: {what}"
        time.sleep(0.1)


def test_a_class_of_three(room: Room) -> None:
    room.join(NAMES, room.code)
    console = room.start("console", 80, 24, "console", home="host")
    room.sees("console", r"(?s)Anna +· waiting.*Ben +· waiting.*Cleo +· waiting")

    console.press("s")
    room.sees("console", "Which scenario")
    gentle_first = sorted(pack_heads(), key=lambda head: (head.level, head.title))
    console.press(*["Down"] * [head.id for head in gentle_first].index("flatpack-bookcase"), "Enter")
    room.sees("console", "As a test")
    console.press("Enter")
    for name in NAMES:
        room.sees(name, r"(?s)Larkwood Home.*Pick up")  # the company and the desk, before the first word
        room.open[name].press("Enter")
    for name in NAMES:
        room.sees(name, "Type what you would say|Your turn")
        room.say(name, "Hello, this is Sam at the help desk.")
        room.sees(name, r"Dana +\S")
    room.sees("console", r"(?s)Anna +▶ in call.*Ben +▶ in call.*Cleo +▶ in call")

    console.press("Home", "w")
    room.sees("console", "Whisper to Anna")
    room.say("console", "Ask for her name.")
    room.sees("Anna", "to you alone: Ask for")
    console.press("t")
    room.sees("console", "Dana says")
    room.say("console", "And who pays for Saturday?")
    room.sees("Anna", r"Dana +And who pays")
    console.press("+")
    room.sees("Anna", "10 +The trainer moved it")
    room.open["Ben"].press("F9")
    room.sees("console", "Ben +! calls you")
    console.press("Home", "a")
    room.sees("Ben", "has seen that you")
    room.sees("console", "Ben +▶ in call")
    assert "And who pays" not in room.open["Ben"].screen()

    def started_again(times: int) -> bool:
        return room.host.screen().count("started again") >= times

    for number in range(3):
        os.kill(room.broker(), signal.SIGKILL)
        for name in NAMES:
            room.say(name, f"One moment, I look it up, number {number}.")
        until(partial(started_again, number + 1), "the broker is started again")
        until(lambda: all(room.copy(name) == room.own(name) for name in NAMES), "all is sent on")
    room.sees("console", r"(?s)Anna +▶ in call.*Ben +▶ in call.*Cleo +▶ in call")

    os.kill(room.open["Cleo"].pid, signal.SIGKILL)
    room.sees("console", "Cleo +× no line")
    room.join(["Cleo"])  # without a code: the same seat
    room.sees("console", "Cleo +· waiting")

    console.press("Home", "x")
    room.sees("console", "End the call of Anna")
    console.press("Enter")
    room.sees("Anna", "(?i)the call was stopped")
    room.open["Ben"].press("C-q")  # his call still goes on: it asks
    room.sees("Ben", "End the call now")
    for name in NAMES:
        room.open[name].press("C-q")
        room.open[name].await_end()
    room.sees("console", "(?s)0 here.*Anna +○ left.*Ben +○ left")
    console.press("q")
    console.await_end()
    for name in NAMES:
        assert room.copy(name) == room.own(name)
        [call] = (room.folder / name / "data" / "calls").glob("*.jsonl")
        assert coolhead.replays_equal(call)
    room.host.press("C-c")
    room.host.await_end()
    assert not listens(room.port)


def test_a_host_that_is_killed_takes_its_broker_with_it(room: Room) -> None:
    broker = room.broker()
    assert broker
    os.kill(broker, signal.SIGKILL)  # also one that was started again
    until(lambda: room.broker() not in (0, broker) and listens(room.port), "it is started again")
    os.kill(room.host.pid, signal.SIGKILL)
    until(lambda: not listens(room.port), "the broker has ended")
