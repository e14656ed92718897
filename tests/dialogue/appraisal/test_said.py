"""What counts of a turn in its call: choices left, names given, questions that accuse nobody."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.agent_name import agent_name
from dialogue.appraisal.said import choice_left
from dialogue.events import Appraisal, ClauseScores, Scores
from dialogue.persona import Pack
from dialogue.rehearsal import Line


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("That's two now. Shall I refund you, or would you like a third one?", True),
        ("Stay on with me, or shall I ring you back?", True),
        ("Would you rather have the money or a new one?", True),
        ("Shall I send it on Monday?", False),
        ("Would you like to hear it or not?", False),
        ("Did it break on Monday or on Tuesday?", False),
    ],
)
def test_a_question_may_leave_it_to_them_what_is_done(text: str, left: bool) -> None:
    assert bool(choice_left(text)) is left


@pytest.mark.parametrize(
    ("text", "first", "name"),
    [
        ("Larkwood Home, good morning. Steve. What's up?", True, "Steve"),
        ("Larkwood Home, good morning. Steve. What's up?", False, ""),
        ("Larkwood. Dana. What's up?", True, ""),  # the customer's own
        ("Larkwood Home. Right. What's up?", True, ""),
    ],
)
def test_a_bare_first_name_in_the_first_turn_is_the_trainees(text: str, first: bool, name: str, flatpack: Pack) -> None:
    assert agent_name(text, flatpack, first=first) == name


@pytest.mark.parametrize(("sure", "accuses"), [(0.7, False), (0.95, True)])
def test_a_question_of_the_case_accuses_nobody_unless_it_surely_does(
    sure: float, accuses: bool, flatpack: Pack, play: Callable[..., Line]
) -> None:
    call = play(flatpack, ["Hello, how can I help?", "That must have been a fright. Please tell me what happened."])
    text = "Which steps of the booklet did you do?"
    call.wait(0.6)
    call.speak(text, scores=Scores("x", (ClauseScores(0, len(text), {"blaming": sure}, {}, 0.1),)))
    last = [one for one in call.said if isinstance(one, Appraisal)][-1]
    assert any(one.id == "blaming" for one in last.behaviours) is accuses
