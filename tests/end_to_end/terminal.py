"""The program in a real terminal, driven by keys alone: a tmux server of its own for each."""

import re
import subprocess
import time
from pathlib import Path

from tests.end_to_end import coolhead


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, command: list[str], folder: Path, columns: int, rows: int, name: str = "tmux") -> None:
        """`folder`: the user's home; `name` is the terminal's own among those of one user."""
        self._socket = str(folder / f"{name}.sock")
        settings = [f"{name}={value}" for name, value in coolhead.environment(folder).items() if name != "TMUX"]
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            "-c", str(Path(__file__).parents[2]), "env", "-i", *settings, "TERM=screen-256color", *command,
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """The program's process id."""
        return int(self._tmux("list-panes", "-F", "#{pane_pid}").stdout)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p").stdout

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def await_text(self, pattern: str, seconds: float = 60.0) -> str:
        """The screen as soon as `pattern` stands on it. Fails with the screen when it does not come."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, screen := self.screen()):
            assert time.monotonic() < deadline, f"{pattern!r} did not come:\n{screen}"
            time.sleep(0.2)
        return screen

    def await_end(self, seconds: float = 20.0) -> None:
        """The program has left."""
        deadline = time.monotonic() + seconds
        while self._tmux("list-sessions", check=False).returncode == 0:
            assert time.monotonic() < deadline, self.screen()
            time.sleep(0.2)

    def close(self) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["tmux", "-S", self._socket, *arguments], check=check, capture_output=True, text=True, timeout=20
        )
