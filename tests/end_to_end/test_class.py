"""A class as its people run it: the host, three trainees in text mode and the console, each a program of its own.

The broker is killed in mid-call, a trainee is killed and comes back; in the end every journal is equal, byte for byte.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.coolhead import PROGRAM, environment
from tests.ui.classroom.room import free_port, needs_mosquitto, until
from ui.classroom.group import Group
from ui.classroom.register import Entrance

pytestmark = pytest.mark.real


class Program:
    """`coolhead …` with its own home; what it prints goes to a file."""

    def __init__(self, home: Path, *arguments: str) -> None:
        home.mkdir(exist_ok=True)
        self.home, self._printed = home, home / "printed"
        with self._printed.open("ab") as file:
            self.process = subprocess.Popen(
                [*PROGRAM, "class", *arguments],
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=file,
                env=environment(home) | {"PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"},
                cwd=Path(__file__).parents[2],
            )

    @property
    def printed(self) -> str:
        return self._printed.read_text(encoding="utf-8")

    def type(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def journal(self) -> bytes:
        """Of the newest call."""
        paths = sorted((self.home / "data" / "calls").glob("*.jsonl"))
        return paths[-1].read_bytes() if paths else b""

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def running(programs: list[Program]) -> Iterator[list[Program]]:
    try:
        yield programs
    finally:
        for program in programs:
            program.process.terminate()
        for program in programs:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.process.wait(15)
            program.process.kill()
            program.process.wait()


def broker_of(host: Program) -> int:
    """The process id of the host's broker."""
    found = subprocess.run(["pgrep", "-P", str(host.process.pid), "mosquitto"], capture_output=True, text=True)
    return int(found.stdout.split()[0]) if found.stdout.strip() else 0


async def test_a_class_of_three(tmp_path: Path) -> None:
    needs_mosquitto()
    port = str(free_port())
    with running([]) as programs:
        host = Program(tmp_path / "host", "host", "--address", "127.0.0.1", "--port", port, "--name", "Monday")
        programs.append(host)
        await until(lambda: "Trainees:" in host.printed, "the class is open")
        code = next(line.split()[-1] for line in host.printed.splitlines() if line.startswith("Trainees:"))

        names = ["Anna", "Ben", "Cleo"]
        trainees = {name: Program(tmp_path / name, "join", code, "--name", name, "--plain", "--text") for name in names}
        programs += trainees.values()
        for each in trainees.values():
            each.type("yes")
        (entrance,) = (host.home / "data" / "classes").glob("*/class.json")
        console = Group(Entrance.read(entrance))
        console.open()
        await until(lambda: [one.state.name for one in console.present()] == names, "all three are on the board")
        people = {one.state.name: one for one in console.present()}
        folders = {name: entrance.parent / "people" / one.id for name, one in people.items()}

        def equal(name: str) -> bool:
            copies = sorted(folders[name].glob("*.jsonl"))
            return bool(copies) and copies[-1].read_bytes() == trainees[name].journal()

        console.start([one.id for one in people.values()], "flatpack-bookcase", 7)
        await until(lambda: all(one.in_call for one in people.values()), "all three are in the call")
        for each in trainees.values():
            each.type("Hello, this is Sam at the help desk. What can I do for you?")
        await until(lambda: all("What can I do" in str(one.view.lines) for one in people.values()), "they spoke")

        console.steer(people["Anna"].id, "whisper", "Breathe, then ask her name.")
        console.steer(people["Anna"].id, "speak", "And who pays for the wasted Saturday?")
        await until(lambda: "to you alone: Breathe" in trainees["Anna"].printed, "the whisper is on the screen")
        await until(lambda: "Dana: And who pays" in trainees["Anna"].printed, "the customer says it")
        trainees["Ben"].type("/trainer")
        await until(lambda: people["Ben"].state.help, "Ben calls the trainer")
        console.seen(people["Ben"].id)
        await until(lambda: "has seen that you call" in trainees["Ben"].printed)

        os.kill(broker_of(host), signal.SIGKILL)
        for each in trainees.values():
            each.type("I am sorry about the shelf. Let me find out what we can do for you.")
        await until(lambda: "started again" in host.printed, "the broker is started again")
        await until(lambda: "wasted" in trainees["Anna"].printed and all(map(equal, names)), "all is sent on")

        trainees["Cleo"].kill()
        await until(lambda: people["Cleo"].state.status == "lost", "the board sees that Cleo is gone")
        cleo = trainees["Cleo"] = Program(tmp_path / "Cleo", "join", "--plain", "--text")
        programs.append(cleo)
        cleo.type("yes")
        await until(lambda: people["Cleo"].state.status == "waiting", "Cleo is back, on the same seat")
        await until(lambda: equal("Cleo"), "and what was missing with her")
        assert len(console.present()) == 3

        console.steer(people["Anna"].id, "end")
        await until(lambda: "the trainer ended the call" in trainees["Anna"].printed, "ended")
        trainees["Ben"].type("/hangup")
        await until(lambda: people["Ben"].view.ended, "Ben hung up")
        for name in names:
            trainees[name].type("/leave")
        await until(lambda: not console.present(), "all have left")
        await until(lambda: all(map(equal, names)), "every journal is equal, byte for byte")
        await console.close()
        host.process.send_signal(signal.SIGINT)
        await until(lambda: host.process.poll() is not None, "the host closes the class")
        assert "The class is closed." in host.printed
        assert not broker_of(host)
