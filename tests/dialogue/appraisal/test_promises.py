"""A promised time that is taken back."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.promises import doubtful, taken_back
from dialogue.events import MoodChanged
from dialogue.persona import Pack
from dialogue.rehearsal import Line


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        ("this evening", "Not this evening, sorry, I read the wrong line."),
        ("in an hour", "I said an hour and I can't hold that; realistically by eight."),
        ("on Monday", "I told you Monday, I was wrong, it's Wednesday."),
        ("by Monday", "It won't be Monday after all."),
        ("Monday", "Monday isn't going to work."),
        ("tonight", "I told you tonight. That was a mistake."),
        ("every hour", "Forget I said every hour, that was rash."),
    ],
)
def test_what_was_promised_is_taken_back(promise: str, text: str) -> None:
    assert taken_back(text, promise)


@pytest.mark.parametrize(
    ("promise", "text"),
    [
        ("Monday", "Monday, not Tuesday."),
        ("Monday", "I said Monday and Monday it is."),
        ("Monday", "If it isn't there by Monday, ring me."),
        ("in an hour", "I'll be back in an hour, as I said."),
        ("Monday", "I'm sorry, that was our mistake."),
        ("", "Not this evening, sorry."),
    ],
)
def test_what_stands_is_not_taken_back(promise: str, text: str) -> None:
    assert taken_back(text, promise) == ""


def test_to_own_up_early_costs_less_than_to_be_found_out(flatpack: Pack, ring: Callable[..., Line]) -> None:
    line = ring(flatpack)
    for text in ("Hello, how can I help?", "I'll send you a new one on Monday.", "It won't be Monday after all."):
        line.wait(0.6)
        line.speak(text)
    rows = [row for one in line.said if isinstance(one, MoodChanged) for row in one.because]
    broken = next(row for row in rows if row.cause == "promise_broken")
    assert broken.evidence == "It won't be Monday after all"
    assert 1.0 < broken.delta < 5.0


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("I'll raise it on Monday if the subject comes up.", True),
        ("I'll ring you when I find the time. The parcel leaves today.", True),
        ("Hopefully I'll send it. I'll ring you at four.", True),
        ("I'll send it today. Hopefully it won't rain.", False),
        ("I'll send it if you like.", False),
    ],
)
def test_an_offer_with_a_back_door_is_hardly_one(text: str, doubted: bool) -> None:
    assert doubtful(text, text.split(".")[0]) is doubted
