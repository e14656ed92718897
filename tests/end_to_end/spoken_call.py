"""The real program, wearing a virtual headset: what it prints, its journal, and what it leaves behind."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from dialogue import journal
from dialogue.events import Event
from testing.virtual_headset import VirtualHeadset
from tests.end_to_end import coolhead

PATIENCE_SECONDS = 120.0
"""For a loaded machine; nothing here measures speed."""


class SpokenCall:
    """`coolhead call` in a session of its own, wearing the headset."""

    def __init__(self, headset: VirtualHeadset, home: Path, **settings: str) -> None:
        self._home = home
        env = coolhead.environment(home) | headset.environment | settings
        del env["COOLHEAD_MICROPHONE"], env["COOLHEAD_SPEAKER"]
        self.process = subprocess.Popen(
            [*coolhead.PROGRAM, "call", "flatpack-bookcase", "--plain", "--seed", "4"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        self.printed: list[str] = []
        self.printed_at: list[float] = []
        """Monotonic time of each line, s."""
        self._read_to = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed_at.append(time.monotonic())
            self.printed.append(line.rstrip("\n"))

    def line(self, part: str) -> str:
        """The next printed line that has `part` in it; lines before it are passed over."""

        def found() -> bool:
            return any(part in line for line in self.printed[self._read_to :])

        self.until(found, f"{part!r} to be printed")
        at = next(n for n, line in enumerate(self.printed) if n >= self._read_to and part in line)
        self._read_to = at + 1
        return self.printed[at]

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"waited for {what}; printed: {self.printed}"
            time.sleep(0.05)

    def enter(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    @property
    def journal(self) -> Path:
        [path] = (self._home / "data" / "calls").glob("*.jsonl")
        return path

    def events(self) -> list[Event]:
        return journal.read(self.journal.read_text(encoding="utf-8").splitlines())

    def count(self, kind: type[Event]) -> int:
        return sum(isinstance(event, kind) for event in self.events())

    def left_behind(self) -> list[str]:
        """Processes of the call's session that still live."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, fields = stat.read_text().rpartition(")")
            except OSError:
                continue  # it ended meanwhile
            state, *numbers = fields.split()
            if state != "Z" and int(numbers[2]) == self.process.pid:
                found.append(name)
        return found
