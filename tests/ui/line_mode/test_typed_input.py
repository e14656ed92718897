"""What a typed line is; and that a mistyped command is said to nobody."""

import pytest
from textual.widgets import Input

from tests.ui.stage import staged
from tests.ui.story import good_call
from ui import strings
from ui.line_mode import typed_input
from ui.screens.call_keys import ACTIONS, KEYS_FOR
from ui.widgets.notes import NotePad
from ui.widgets.side import Side
from ui.widgets.transcript import Turn


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("", None),
        ("   ", None),
        ("Hello, this is Jo.", typed_input.Words("Hello, this is Jo.")),
        ("x" * typed_input.MOST_LETTERS, typed_input.Words("x" * typed_input.MOST_LETTERS)),
        ("24/7, and/or", typed_input.Words("24/7, and/or")),
        ("pasted\x1b[2J \u202eand\u2028typed", typed_input.Words("pasted [2J and typed")),
        ("\u200b\x07", None),
        ("/hold", typed_input.Order("hold")),
        (" /HOLD ", typed_input.Order("hold")),
        ("/note call back at 4", typed_input.Order("note", "call back at 4")),
    ],
)
def test_words_and_commands(line: str, read: object) -> None:
    assert typed_input.read(line) == read


@pytest.mark.parametrize(
    ("name", "meant"), [("holdd", "hold"), ("hang", "hangup"), ("deks", "desk"), ("unmut", "unmute")]
)
def test_a_mistyped_command_suggests_the_nearest(name: str, meant: str) -> None:
    answer = typed_input.read(f"/{name}")
    assert isinstance(answer, typed_input.Refused)
    assert f"Did you mean /{meant}?" in answer.sentence


def test_what_is_like_no_command_lists_them_all() -> None:
    answer = typed_input.read("/xyzzy")
    assert isinstance(answer, typed_input.Refused)
    assert all(f"/{name}" in answer.sentence for name in strings.COMMANDS)


async def test_words_without_end_are_said_to_nobody_and_stay_to_be_shortened() -> None:
    """However much was pasted: all of a turn goes to a class in one piece."""
    words = "sorry " * (typed_input.MOST_LETTERS // 5)
    async with staged(good_call("text")) as stage:
        lines = len(stage.call.view.lines)
        say = stage.app.screen.query_one("#say", Input)
        say.value = words
        await stage.press("enter")
        [said] = stage.call.view.lines[lines:]
        assert said.who == "aside"
        assert said.text == strings.TURN_TOO_LONG.format(letters=len(words.strip()), most=typed_input.MOST_LETTERS)
        assert say.value == words


def test_the_dashboard_obeys_every_command_there_is() -> None:
    assert {*ACTIONS, *KEYS_FOR} == set(strings.COMMANDS)


async def test_commands_in_a_typed_call() -> None:
    async with staged(good_call("text")) as stage:
        await stage.press(*"/hold", "enter", *"/resume", "enter")
        assert stage.actions() == ["hold", "resume"]
        await stage.press(*"/desk", "enter")
        assert stage.below == "desk"
        await stage.press("escape", *"/note at 4", "enter")
        assert stage.app.screen.query_one(NotePad).text == "at 4\n"
        lines = len(stage.call.view.lines)
        await stage.press(*"/hodl", "enter")
        assert stage.actions() == ["hold", "resume"]
        said = stage.call.view.lines[lines:]
        assert [(line.who, line.text) for line in said] == [
            ("aside", strings.COMMAND_NEAREST.format(name="hodl", nearest="hold"))
        ]
        assert "Did you mean /hold?" in str(stage.app.screen.query(Turn).last().query_one(".turn-text").render())
        assert stage.app.screen.query_one("#say").value == "/hodl"  # type: ignore[attr-defined]
        assert stage.app.screen.query_one(Side).panel == "why"


async def test_words_typed_while_muted_stay_to_be_said_then() -> None:
    async with staged(good_call("text")) as stage:
        await stage.press(*"/mute", "enter")
        assert stage.call.view.muted
        lines = len(stage.call.view.lines)
        await stage.press(*"Hello?", "enter")
        assert [line.text for line in stage.call.view.lines[lines:]] == [strings.NOT_HEARD_MUTED]
        assert stage.app.screen.query_one("#say").value == "Hello?"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        (" 3 \n", 3),
        ("4", None),
        ("0", None),
        ("-1", None),
        ("²", None),
        ("٣", 3),
        ("", None),
        ("9" * 5_000, None),
    ],
)
def test_a_number_that_is_chosen_is_one_of_those_there_are(text: str, number: int | None) -> None:
    assert typed_input.choice(text, 3) == number
