"""Saying a customer's story back: their days, times and sums, or others."""

from collections.abc import Callable

import pytest

from dialogue.events import MoodChanged
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.understanding.specifics import misquoted

Play = Callable[..., Line]
TOLD = (
    "I built it last night, two hours on my knees, and at six this morning it came down.",
    "I waited from eight to four on Tuesday. I was promised six hundred and forty euros, three weeks ago.",
)


@pytest.mark.parametrize(
    "text",
    [
        "So you built it last night, and this morning it fell.",
        "You spent two hours on it, and then it came down.",
        "You were promised 640 euros.",
        "You've been waiting for twenty days now.",  # three weeks, near enough
        "I'll ring you on Friday, and it takes ten minutes.",  # a plan is not the customer's story
        "It was a bad day for you.",
        "I ate at your branch last month and loved it.",
        "It took us nine hours to find.",  # their own work
        "It was not two weeks, it was nine days.",
        "Our log shows that you rang on Friday.",
        "Who did you speak to on Friday?",
    ],
)
def test_what_was_told_or_is_no_part_of_it_is_no_mishearing(text: str) -> None:
    assert not misquoted(text, TOLD)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("So you built it last year, and then it fell.", "last year"),
        ("You waited on Friday and nobody came.", "friday"),
        ("so you were promised sixty euros", "sixty euros"),
        ("So you waited nine hours for it.", "nine hours"),
    ],
)
def test_another_day_time_or_sum_is_one(text: str, words: str) -> None:
    assert misquoted(text, TOLD) == words


def test_where_no_such_thing_was_told_nothing_can_be_wrong() -> None:
    assert not misquoted("You waited on Friday.", ["I waited for hours."])


def test_a_story_said_back_wrongly_costs_and_does_no_good(flatpack: Pack, play: Play) -> None:
    before = ["Hello, how can I help?"]
    right = play(flatpack, [*before, "So you built the bookcase last night, and at six this morning it came down."])
    wrong = play(flatpack, [*before, "So you built the bookcase last year, and at six this evening it came down."])
    rows = [row for one in wrong.said if isinstance(one, MoodChanged) for row in one.because]
    assert [row.evidence for row in rows if row.cause == "misheard"] == ["last year"]
    assert not any(row.cause in ("paraphrase", "recap") for row in rows)
    assert right.anger < wrong.anger


def test_what_stands_on_the_desk_may_be_named_though_nobody_told_it() -> None:
    text = "You were inside the fourteen days."
    assert misquoted(text, TOLD)
    assert not misquoted(text, TOLD, ["A policy may be reinstated within fourteen days."])
    assert misquoted("You waited fourteen days.", TOLD, ["A policy may be reinstated within fourteen days."])
    assert misquoted("You were inside the two days.", TOLD, ["A policy may be reinstated within fourteen days."])
