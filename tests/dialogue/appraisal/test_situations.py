"""What only the state can know: who asks how they are, and who closes while nothing is done."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.situations import asks_after
from dialogue.events import MoodChanged
from dialogue.persona import Pack
from dialogue.rehearsal import Line

Play = Callable[..., Line]
BEFORE = ["Hello, how can I help?", "That must have been a fright."]


@pytest.mark.parametrize("text", ["Is your son all right?", "I see. Are they safe now?", "How is your mother doing?"])
def test_asking_how_somebody_is_shows_concern(text: str) -> None:
    assert asks_after(text)


@pytest.mark.parametrize(
    "text", ["How are you today?", "Is the lamp all right?", "She is all right.", "Is it okay to hold?", ""]
)
def test_a_courtesy_or_a_question_about_a_thing_shows_none(text: str) -> None:
    assert not asks_after(text)


def test_asking_what_else_while_nothing_is_done_closes_too_soon(flatpack: Pack, play: Play) -> None:
    closing = play(flatpack, [*BEFORE, "Is there anything else I can help you with?"])
    rows = [row.cause for one in closing.said if isinstance(one, MoodChanged) for row in one.because]
    assert "goodbye_too_soon" in rows
    asking = play(flatpack, [*BEFORE, "Did you notice anything else?"])
    assert asking.anger < closing.anger


def test_who_begins_to_look_is_not_told_that_nothing_moves(flatpack: Pack, play: Play) -> None:
    kind = ["Hello.", "That must have been a shock.", "Please go on.", *["That sounds awful for you."] * 3]
    looks, talks = (play(flatpack, [*kind, text]) for text in ("I'll check the booklet.", "I feel for you, Dana."))
    circling = [
        [row for one in line.said if isinstance(one, MoodChanged) for row in one.because if row.cause == "no_progress"]
        for line in (looks, talks)
    ]
    assert len(circling[0]) < len(circling[1])
