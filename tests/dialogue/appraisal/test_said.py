"""What counts of a turn in its call: choices left, names given, questions that accuse nobody."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue.appraisal.agent_name import agent_name
from dialogue.appraisal.appraise import appraise
from dialogue.appraisal.said import choice_left, sums_up
from dialogue.events import Appraisal, ClauseScores, MoodChanged, Scores, Utterance
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.understanding.topics import understand

Play = Callable[..., Line]


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
        ("Larkwood Home, Steve. What's up?", True, "Steve"),
        ("Um, hi, Larkwood, this is, uh, Ben. Hello.", True, "Ben"),
        ("Larkwood Home, deliveries, Priya Nair, good morning.", True, "Priya"),
        ("Hello, Susan Miller, how are you?", True, ""),  # calls somebody so
        ("You are speaking with Ana", False, "Ana"),
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


def _judged(line: Line, text: str, tact: float = 0.5, **labels: float) -> tuple[dict[str, float], set[str]]:
    """The ledger's rows of a turn that the classifier reads so, and the ids of its behaviours."""
    before = len(line.said)
    line.wait(0.6)
    line.speak(text, scores=Scores("x", (ClauseScores(0, len(text), labels, {}, tact),)))
    moods = [one for one in line.said[before:] if isinstance(one, MoodChanged)]
    ids = {each.id for one in line.said[before:] if isinstance(one, Appraisal) for each in one.behaviours}
    return {row.cause: row.delta for one in moods for row in one.because}, ids


TOLD = ["Hello, how can I help?", "Please go on, I'm listening."]


def test_who_sits_opposite_is_not_put_on_hold(flatpack: Pack, play: Play) -> None:
    at_work = flatpack.model_copy(update={"setting": "colleague"})
    assert "hold_demand" in _judged(play(flatpack, TOLD), "Hang on a moment.", hold_demand=0.95)[1]
    assert "hold_demand" not in _judged(play(at_work, TOLD), "Hang on a moment.", hold_demand=0.95)[1]


def test_what_is_new_sums_nothing_up(flatpack: Pack, play: Play) -> None:
    back = "The bookcase came down at night, and the boards are on the floor."
    new = "We can take your order by telephone, free of charge."
    line = play(flatpack, [*TOLD, f"I see. {back}"])
    assert "recap" in _judged(line, f"Well: {back}", recap=0.7)[1]
    assert "recap" not in _judged(line, new, recap=0.7)[1]
    assert "recap" in _judged(line, new, recap=0.95)[1]


@pytest.mark.parametrize(
    ("text", "sums_it_up"),
    [
        ("New filter today, engineer on Thursday, and Olena on the line Friday.", True),
        ("Well then: engineer Thursday morning, and Friday I'll ring you.", True),
        ("Filter today, engineer on Thursday, me on Friday, okay?", True),
        ("Filter today, and the engineer on Thursday. Anything I've missed?", True),
        ("The engineer on Thursday has a badge.", False),
        ("Will the engineer have the filter with him, do you think?", False),
        ("Is the filter the one in the hall, and will you let the engineer in?", False),
        ("Filter, engineer.", False),
    ],
)
def test_who_names_what_was_agreed_again_sums_it_up_in_whatever_words(
    broadband: Pack, ring: Callable[..., Line], text: str, sums_it_up: bool
) -> None:
    state = ring(broadband).session.state
    required = tuple(need.id for need in broadband.settlement if need.required)
    assert not sums_up(state, text, understand(text, None, broadband))
    state.case = replace(state.case, met=required[:-1])
    assert not sums_up(state, text, understand(text, None, broadband))  # something is still open
    state.case = replace(state.case, met=required)
    assert sums_up(state, text, understand(text, None, broadband)) is sums_it_up


def test_a_formula_acknowledges_nothing(flatpack: Pack, play: Play) -> None:
    text = "I understand that this is a very frustrating experience."
    warm, flat = (_judged(play(flatpack, TOLD), text, tact, empathy=0.95) for tact in (0.5, 0.01))
    assert "empathy" in warm[1]
    assert "empathy" not in flat[1]
    assert "no_acknowledgement" not in warm[0]
    assert "no_acknowledgement" in flat[0]


def test_haste_behind_a_word_for_how_they_feel_costs_half(flatpack: Pack, play: Play) -> None:
    text = "That must have been a fright. And your order number?"
    rushed = _judged(play(flatpack, TOLD), text, rush=0.95)[0]["rush"]
    assert _judged(play(flatpack, TOLD), text, rush=0.95, empathy=0.95)[0]["rush"] == pytest.approx(rushed / 2)


def test_an_answer_that_is_badly_put_answers_less(flatpack: Pack, play: Play) -> None:
    rows = {}
    for tact in (0.5, 0.05):
        call = play(flatpack, [*TOLD, "I see. Please tell me the rest."])
        state = call.session.state
        state.memory = replace(state.memory, last_line="And why did nobody tell me that?")
        rows[tact] = _judged(call, "Because the two pages were stuck together.", tact, recap=0.1)[0]["answered"]
    assert rows[0.5] < rows[0.05] < 0


@pytest.mark.parametrize(
    ("text", "number", "parts"),
    [
        ("Thank you. A pleasure, as always. Good afternoon.", 6, True),
        ("Right then, Thursday it is, and a very good evening to you, Ms Keller!", 6, True),
        ("Sorry about the wait. Good afternoon.", 2, False),
        ("Good afternoon.", 6, False),
        ("Thursday, would that be a good day?", 6, False),
        ("The fitter comes on Friday, in the morning.", 6, False),
    ],
)
def test_a_greeting_behind_something_else_parts_in_a_later_turn(
    flatpack: Pack, play: Play, text: str, number: int, parts: bool
) -> None:
    state = play(flatpack, TOLD).session.state
    state.memory = replace(state.memory, turn=number - 1)
    assert appraise(state, Utterance(state.t, state.t, state.t, text, "keyboard")).goodbye is parts
