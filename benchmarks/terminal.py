"""A part of the app in a process and a pseudo-terminal of its own, for `benchmarks.dashboard`."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import cpu_seconds

ROOT = Path(__file__).parents[1]
COLUMNS, ROWS = 120, 40
WARM_UP_SECONDS = 4.0


class Shown:
    """A part of the app in a terminal of ours. What it tells is in `told`."""

    def __init__(self, *arguments: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.told = Path(self._folder.name) / "told.json"
        self._terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TEXTUAL_ANIMATIONS")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.dashboard", "--show", str(self.told), *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True,
            env=kept | {"TERM": "xterm-256color", "COOLHEAD_DATA": self._folder.name,
                        "COOLHEAD_SETTINGS": f"{self._folder.name}/settings.json"},
        )  # fmt: skip
        os.close(theirs)

    def read(self, seconds: float) -> Iterator[tuple[float, str]]:
        """(monotonic time, text) of each piece that was drawn during the next `seconds`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                now = time.monotonic()
                try:
                    piece = os.read(self._terminal, 1 << 16)
                except OSError as ended:
                    raise RuntimeError("What is measured has ended: run it by hand with --show.") from ended
                yield now, re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", piece.decode("utf-8", "ignore"))

    def press(self, key: str) -> None:
        os.write(self._terminal, key.encode())

    def cpu_seconds(self) -> float:
        """Spent so far, all threads."""
        return cpu_seconds(self._process.pid)

    def close(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._terminal)
        self._folder.cleanup()


@contextmanager
def shown(*arguments: str) -> Iterator[Shown]:
    part = Shown(*arguments)
    try:
        for _ in part.read(60.0):  # the first sign of life
            break
        for _ in part.read(WARM_UP_SECONDS):
            pass
        while arguments[0] == "pacer" and not part.told.exists():
            for _ in part.read(0.1):
                pass
        yield part
    finally:
        part.close()
