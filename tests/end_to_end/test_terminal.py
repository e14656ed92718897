"""The program in a real terminal, by keys alone: lobby, briefing, a call, typed or spoken in the demo, its debrief."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end import coolhead
from tests.end_to_end.terminal import Terminal

pytestmark = pytest.mark.real


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
    terminal.await_text("Type what you would say")
    terminal.write("Good morning, this is Sam at Larkwood Home. How can I help you?")
    terminal.press("Enter")
    terminal.await_text("You .*Good morning")
    terminal.await_text(r"Dana {2,}\S")
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
    terminal.await_text("What turned it|What went well|What to say instead")
    [journal] = (tmp_path / "data" / "calls").glob("*.jsonl")
    assert coolhead.replays_equal(journal)
    terminal.press("C-q")
    terminal.await_end()


def test_from_the_lobby_through_a_spoken_demo_call_to_the_debrief(terminals: list[Terminal], tmp_path: Path) -> None:
    terminals.append(terminal := Terminal([*coolhead.PROGRAM, "call"], tmp_path, 120, 40))
    terminal.await_text("w Demo")
    terminal.press("w")
    terminal.await_text(r"You {2,}\S", seconds=120)  # heard by the real ear
    terminal.await_text(r"Dana {2,}\S")
    terminal.press("d")
    terminal.await_text("Account")
    terminal.press("x")
    terminal.await_text("End the call")
    terminal.press("Enter")
    terminal.await_text("Enter opens")
    terminal.press("Enter")
    terminal.await_text("What turned it|What went well|What to say instead")
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
