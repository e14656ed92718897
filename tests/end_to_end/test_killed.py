"""A call killed in its middle: the journal opens, replays equal and can be debriefed."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.end_to_end import coolhead

pytestmark = pytest.mark.real

TURNS = (
    "Good morning, you are speaking with Sam. How can I help you?",
    "I am so sorry, that must have been a shock. Please tell me what you did, step by step.",
)


@pytest.mark.parametrize("replies_before", [1, 2])
def test_a_killed_call_loses_nothing_that_was_said(tmp_path: Path, replies_before: int) -> None:
    call = subprocess.Popen(
        [*coolhead.PROGRAM, "call", "flatpack-bookcase", "--plain", "--text", "--seed", "5"],
        env=coolhead.environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert call.stdin
    assert call.stdout
    for turn in TURNS[:replies_before]:
        call.stdin.write(turn + "\n")
        call.stdin.flush()
        while not (line := call.stdout.readline()).startswith("Dana: "):
            assert line, "the call ended by itself"
    time.sleep(0.1)
    call.send_signal(signal.SIGKILL)
    call.wait(10)

    [journal] = (tmp_path / "data" / "calls").glob("*.jsonl")
    text = journal.read_text(encoding="utf-8")
    assert all(turn in text for turn in TURNS[:replies_before])
    assert coolhead.replays_equal(journal)
    debrief = coolhead.run("debrief", "--plain", home=tmp_path)
    assert debrief.returncode == 0
    assert "You offered help" in debrief.stdout or "You apologised" in debrief.stdout

    half_a_line = tmp_path / "cut.jsonl"
    half_a_line.write_text(text[: len(text) - 20], encoding="utf-8")
    assert coolhead.replays_equal(half_a_line)
