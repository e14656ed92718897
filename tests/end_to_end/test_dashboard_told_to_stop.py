"""The dashboard's terminal is closed, or the program is asked to end: the journal has the end of the call."""

import os
import signal
import time
from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import CallEnded
from tests.end_to_end import coolhead
from tests.end_to_end.test_terminal import Terminal, terminals  # noqa: F401

pytestmark = pytest.mark.real


@pytest.mark.parametrize("how", ["terminal closed", "SIGTERM", "ctrl+q"])
def test_the_call_is_hung_up_in_the_journal(terminals: list[Terminal], tmp_path: Path, how: str) -> None:  # noqa: F811
    command = [*coolhead.PROGRAM, "call", "flatpack-bookcase", "--text", "--seed", "4"]
    terminals.append(terminal := Terminal(command, tmp_path, 100, 30))
    terminal.await_text("Your turn|Type what you would say")
    pid = int(terminal._tmux("list-panes", "-F", "#{pane_pid}").stdout)
    terminal.write("Good morning, this is Sam. How can I help you?")
    terminal.press("Enter")
    terminal.await_text(r"Good morning[\s\S]+Dana +\S")
    match how:
        case "terminal closed":
            terminal.close()
        case "SIGTERM":
            os.kill(pid, signal.SIGTERM)
        case _:
            terminal.press("C-q")
            terminal.await_text("End the call now")
            terminal.press("Enter")
    deadline = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "the program did not end"
        time.sleep(0.1)
    [path] = (tmp_path / "data" / "calls").glob("*.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum(isinstance(event, CallEnded) for event in journal.read(lines)) == 1
    assert journal.replay(lines) is None
