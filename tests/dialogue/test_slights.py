"""A statement that makes little of somebody, by whom it is about, who is left with the work, whose word it takes."""

from collections.abc import Callable

import pytest

from dialogue.discounts import worth
from dialogue.events import Behaviour, MoodChanged
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.slights import slight

Play = Callable[..., Line]
HEARD = "The gate has been stuck since Easter!"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("You claim that it was stuck at Easter.", "their word in doubt"),
        ("You may have misread the notice on the gate.", "their word in doubt"),
        ("As I've already explained, the smith is booked.", "said before"),
        ("At least nobody was on the wrong side of it.", "played down"),
        ("Three months isn't long for a gate like that.", "played down"),
        ("Other villages have waited longer for theirs.", "others compared"),
        ("It takes that long for everybody.", "others compared"),
        ("That's quite normal for an old gate.", "called normal"),
        ("We've been terribly busy with the harvest.", "the desk's own troubles"),
        ("You'll have to write to the parish about it.", "left to them"),
        ("The hours are on our website.", "left to them"),
        ("The smith sort of looked at it, more or less.", "not straight"),
        ("Have you thought about our premium plan?", "sells instead"),
        ("What's your customer number?", "their data first"),
        ("Hinges do go in the end.", "in general terms"),
        ("Brilliant, another gate.", "cheerful at the wrong moment"),
    ],
)
def test_what_makes_little_of_them_is_named_with_its_sentence(text: str, why: str) -> None:
    said = f"I'll send the smith. {text}" if why != "cheerful at the wrong moment" else text
    found, words, size = slight(said, HEARD)
    assert (found, words) == (why, text)
    assert 0.0 < size <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "So you're saying the gate has stuck since Easter.",
        "When you say it sticks, is it the hinge or the latch?",
        "As you said, it was Easter.",
        "At least let me send somebody today.",
        "Thank you, that saves other people a walk.",
        "That isn't normal, and nobody should have to climb over.",
        "You won't have to ring again, I'll do it.",
        "What would you have to climb over?",
        "It was kind of you to wait.",
        "May I have your customer number, so that I can find the order?",
        "The hinges go on tomorrow at nine.",
        "That's not the smith's fault, it's ours.",
        "",
        "so so so " * 300,
    ],
)
def test_what_is_about_them_or_for_them_is_none(text: str) -> None:
    assert slight(text, HEARD) == ("", "", 0.0)


def test_cheer_is_in_place_where_they_had_good_news() -> None:
    assert slight("Brilliant, that's done then.", "Yes, Tuesday works for me.")[0] == ""


def test_kindness_in_the_very_sentence_that_slights_them_is_worth_least() -> None:
    text = "That must be hard, though other villages have waited longer. I'm sorry it broke."
    itself = worth(Behaviour("empathy", 0.9, "That must be hard"), text, HEARD)[0]
    beside = worth(Behaviour("apology", 0.9, "I'm sorry it broke"), text, HEARD)[0]
    assert itself < beside < 1.0


def test_asking_for_data_is_no_question_about_the_matter() -> None:
    text = "What's your customer number?"
    assert worth(Behaviour("clarify", 0.9, text), text, HEARD)[0] < 0.5
    assert worth(Behaviour("clarify", 0.9, "Which hinge is it?"), "Which hinge is it?", HEARD) == (1.0, "")


def test_it_leaves_a_little_behind_and_says_why(flatpack: Pack, play: Play) -> None:
    before = ["Hello, how can I help?"]
    plain = play(flatpack, [*before, "The brace goes in behind the panel."])
    slighted = play(flatpack, [*before, "That's quite normal for a brace behind the panel."])
    rows = [row for one in slighted.said if isinstance(one, MoodChanged) for row in one.because]
    assert any(row.cause == "undertone" and "called normal" in row.parameter for row in rows)
    assert plain.anger < slighted.anger
