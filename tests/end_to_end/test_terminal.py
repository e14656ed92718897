"""The program in a real terminal, by keys alone: lobby, briefing, a call, typed or spoken in the demo, its debrief."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end import coolhead

pytestmark = pytest.mark.real


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, command: list[str], folder: Path, columns: int, rows: int) -> None:
        self._socket = str(folder / "tmux.sock")
        settings = [f"{name}={value}" for name, value in coolhead.environment(folder).items() if name != "TMUX"]
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            "-c", str(Path(__file__).parents[2]), "env", "-i", *settings, "TERM=screen-256color", *command,
        )  # fmt: skip

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


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[list[Terminal]]:
    if not shutil.which("tmux"):
        pytest.skip("tmux is missing (apt install tmux)")
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_from_the_lobby_through_a_typed_call_to_the_debrief(
    terminals: list[Terminal], tmp_path: Path, columns: int, rows: int
) -> None:
    terminals.append(
        terminal := Terminal([*coolhead.PROGRAM, "call", "--text", "--seed", "4"], tmp_path, columns, rows)
    )
    terminal.await_text("Next: ")
    terminal.press("/")
    terminal.await_text("Search scenarios")
    terminal.write("bookcase")
    terminal.press("Enter")
    terminal.await_text("Enter picks up|Pick up")
    terminal.press("Enter")
    terminal.await_text("Your turn|Type what you would say")
    terminal.write("Good morning, this is Sam at Larkwood Home. How can I help you?")
    terminal.press("Enter")
    terminal.await_text(r"Dana +\S")
    terminal.press("F4")
    terminal.await_text("Breathe in|Hold|Breathe out")
    terminal.await_text("[Mm]uted")
    terminal.press("Escape")
    terminal.press("F8")
    terminal.await_text(r"Hang up\?|[Ee]nd the call")
    terminal.press("Enter")
    terminal.await_text("You left the call|you left the call")
    terminal.await_text("Enter opens")
    terminal.press("Enter")
    terminal.await_text("What turned it|What went well")
    [journal] = (tmp_path / "data" / "calls").glob("*.jsonl")
    assert coolhead.run("replay", journal, home=tmp_path).returncode == 0
    terminal.press("C-q")
    terminal.await_end()


def test_from_the_lobby_through_a_spoken_demo_call_to_the_debrief(terminals: list[Terminal], tmp_path: Path) -> None:
    terminals.append(terminal := Terminal([*coolhead.PROGRAM, "call"], tmp_path, 120, 40))
    terminal.await_text("w Demo")
    terminal.press("w")
    terminal.await_text(r"You +\S", seconds=120)  # heard by the real ear
    terminal.await_text(r"Dana +\S")
    terminal.press("d")
    terminal.await_text("Account")
    terminal.press("x")
    terminal.await_text("End the call")
    terminal.press("Enter")
    terminal.await_text("Enter opens")
    terminal.press("Enter")
    terminal.await_text("What turned it|What went well")
    terminal.press("Escape")
    terminal.await_text("Who is calling")
    assert list((tmp_path / "data").glob("calls/*")) == []  # watched, not taken
    terminal.press("q")
    terminal.await_end()


def test_the_spoken_demo_on_the_dashboard_ends_in_its_debrief(terminals: list[Terminal], tmp_path: Path) -> None:
    terminals.append(terminal := Terminal([*coolhead.PROGRAM, "demo", "--bad", "--fast"], tmp_path, 120, 40))
    terminal.await_text(r"You +\S", seconds=120)
    terminal.await_text("The customer hung up|the customer hung up", seconds=240)
    terminal.await_text("Enter opens")
    terminal.press("Enter")
    screen = terminal.await_text("What turned it")
    assert "Anger" in screen
    terminal.press("C-q")
    terminal.await_end()
