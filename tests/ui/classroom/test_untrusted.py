"""What another machine sends is shown and drawn: nothing of it moves a cursor, reads a file or breaks the board."""

import json
from pathlib import Path

import pytest

from dialogue import journal
from dialogue.events import Utterance
from dialogue.printable import cleaned
from ui.classroom import protocol
from ui.classroom.protocol import Start
from ui.classroom.untrusted import Malformed, event_of

LINES = (Path(__file__).parents[2] / "journals/flatpack-bookcase-poor.jsonl").read_bytes().splitlines()
MOOD = next(line for line in LINES if b'"mood_changed"' in line)
HIDDEN = ["\x1b", "\x9b", "\x7f", "\u202e", "\u2066", "\u200f", "\u2028", "\ufeff", "\n", "\r", "\t"]


def changed(line: bytes, *path: str, value: str) -> bytes:
    """The line with `value`, raw JSON, in the place of the field there."""
    event = json.loads(line)
    inner = event
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = "HERE"
    return json.dumps(event).replace('"HERE"', value).encode()


def test_every_line_of_ours_is_taken_as_it_is() -> None:
    for number, line in enumerate(LINES, 1):
        assert event_of(line + b"\n", number) == journal.decode(line)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "1e308", "-1e308", "-1", "1e7"])
def test_numbers_that_no_call_has_are_refused(value: str) -> None:
    for path in (("t",), ("mood", "anger"), ("mood", "trust"), ("mood", "resting")):
        with pytest.raises(Malformed):
            event_of(changed(MOOD, *path, value=value), 2)
    with pytest.raises(Malformed):
        event_of(changed(LINES[0], "t", value=value), 1)


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "null"])
def test_a_mood_always_moves_at_some_pace(value: str) -> None:
    with pytest.raises(Malformed):
        event_of(changed(MOOD, "mood", "half_life_seconds", value=value), 2)


@pytest.mark.parametrize("pack", ["../../etc/passwd", "/dev/tty", "mine.yaml", "", "x" * 200, "a b"])
def test_a_scenarios_name_is_no_path(pack: str) -> None:
    with pytest.raises(Malformed, match="no scenario"):
        event_of(changed(LINES[0], "pack", value=json.dumps(pack)), 1)
    with pytest.raises(Malformed, match="pack"):
        protocol.order(protocol.encode(Start("1", pack)))
    assert protocol.order(protocol.encode(Start("1", "mine-2"))) == Start("1", "mine-2")


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_moves_a_cursor_or_turns_the_text(hidden: str, escaped: bool) -> None:
    fields = {"type": "utterance", "t": 1.0, "start": 0.0, "end": 1.0, "text": f"a{hidden}b", "source": "keyboard"}
    line = json.dumps(fields)
    if not escaped:
        line = line.replace(json.dumps(hidden)[1:-1], hidden)
        assert hidden in line
    if not escaped and hidden < " ":  # in a string that is no JSON
        with pytest.raises(Malformed):
            event_of(line.encode(), 2)
        return
    event = event_of(line.encode(), 2)
    assert isinstance(event, Utterance)
    assert event.text == "a b"
    assert cleaned(f" a{hidden}b ") == "a b"


@pytest.mark.parametrize("text", [r"\u001b is an escape", r"C:\new\table", '"quoted"', "Größe 名前 🙂", "na\u00efve"])
def test_other_text_stays_as_it_is(text: str) -> None:
    line = journal.encode(Utterance(1.0, 0.0, 1.0, text, "keyboard")).encode()
    event = event_of(line, 2)
    assert isinstance(event, Utterance)
    assert event.text == text
    assert cleaned(text) == text
