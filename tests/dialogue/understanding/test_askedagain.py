"""A question that the customer has just answered."""

import pytest

from dialogue.understanding.askedagain import asked_again


@pytest.mark.parametrize(
    ("heard", "question"),
    [
        ("The pipe drips from the ceiling.", "Where does the pipe drip?"),
        ("The van came on Monday.", "When did the van come?"),
        ("My left knee hurts.", "Is it the left or the right knee?"),
        ("I've changed the fuse and I reset the clock.", "Have you tried changing the fuse?"),
    ],
)
def test_what_was_told_is_asked_again(heard: str, question: str) -> None:
    assert asked_again(f"I see. {question}", heard) == question


@pytest.mark.parametrize(
    ("heard", "question"),
    [
        ("The pipe drips.", "Where does the pipe drip?"),
        ("The van came.", "When did the van come?"),
        ("When did the van come? On Monday?", "When did the van come?"),
        ("My knee hurts.", "Is it the left or the right knee?"),
        ("I've changed the fuse.", "Have you changed the cable?"),
        ("I never changed the fuse.", "Have you changed the fuse?"),
        ("My left knee hurts.", "Does the left knee swell?"),
        ("", "Where does it drip?"),
    ],
)
def test_what_was_not_told_may_be_asked(heard: str, question: str) -> None:
    assert asked_again(question, heard) == ""
