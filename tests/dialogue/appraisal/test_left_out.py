"""What a turn repeats or leaves out: apologies once too often, answers beside the point, turns that bring nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from dialogue.appraisal.appraise import appraise
from dialogue.appraisal.situations import idle_turns
from dialogue.events import Utterance
from dialogue.mood import Finding
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.state import CallState
from dialogue.understanding.topics import understand

Ring = Callable[..., Line]
ASKED = "Where is my shelf?"
IDLE = "Bookcases are made of wood after all."


def heard(pack: Pack, ring: Ring, line: str = ASKED, turn: int = 3, used: Mapping[str, int] | None = None) -> CallState:
    """A call in which they have been heard out, and have just said this line."""
    state: CallState = ring(pack).session.state
    state.memory = replace(state.memory, turn=turn, last_line=line, used=used or {})
    state.case = replace(state.case, told=3, heard=True, acknowledged=True)
    return state


def found(state: CallState, text: str) -> dict[str, Finding]:
    turn = appraise(state, Utterance(state.t, state.t, state.t, text, "keyboard"))
    return {one.id: one for one in turn.findings}


@pytest.mark.parametrize(
    ("before", "text", "costs"),
    [
        (0, "I'm so sorry about that.", False),
        (1, "I'm so sorry about that.", False),
        (2, "I'm so sorry about that.", True),
        (2, "I'm so sorry. I'll send you a new shelf by express on Thursday.", False),
        (2, "I see what you mean by that.", False),
    ],
)
def test_a_third_apology_costs_unless_something_is_done(
    before: int, text: str, costs: bool, flatpack: Pack, ring: Ring
) -> None:
    assert ("apology_again" in found(heard(flatpack, ring, used={"apology": before}), text)) is costs


def test_a_question_that_is_passed_over_costs_but_not_in_the_very_first_turn(flatpack: Pack, ring: Ring) -> None:
    assert "beside_the_point" in found(heard(flatpack, ring), IDLE)
    assert "beside_the_point" in found(heard(flatpack, ring, turn=1), IDLE)
    assert "beside_the_point" not in found(heard(flatpack, ring, turn=0), IDLE)
    assert "beside_the_point" not in found(heard(flatpack, ring, line=""), IDLE)


def test_who_answers_is_credited_for_it_but_not_beside_a_harm(flatpack: Pack, ring: Ring) -> None:
    asked, reason = "And why did nobody tell me that?", "Because the two pages were stuck together."
    assert "answered" in found(heard(flatpack, ring, asked), reason)
    assert "answered" not in found(heard(flatpack, ring, asked), f"{reason} Calm down.")


def test_turns_that_bring_nothing_new_are_counted_and_a_new_offer_is_a_step(flatpack: Pack, ring: Ring) -> None:
    state = heard(flatpack, ring, turn=4)
    offer = understand("I'll send you a new shelf by express on Thursday.", None, flatpack)
    nothing = understand(IDLE, None, flatpack)
    assert "new_shelf" in offer.offers
    assert idle_turns(state, nothing) == 5
    assert idle_turns(state, offer) == 0
    assert idle_turns(state, understand("Was anyone hurt?", None, flatpack)) == 0
    state.case = replace(state.case, progress_turn=3)
    assert idle_turns(state, nothing) == 2
    untimed = replace(offer, time="")
    state.case = replace(state.case, partly=frozenset({"new_shelf"}))
    assert idle_turns(state, untimed) == 2  # said before
    assert idle_turns(state, offer) == 0  # its time completes it
    state.case = replace(state.case, partly=frozenset(), met=("new_shelf",))
    assert idle_turns(state, untimed) == 2
    state.case = replace(state.case, met=(), agreed=True)
    assert idle_turns(state, nothing) == 0
    state.case = replace(state.case, agreed=False, heard=False)
    assert idle_turns(state, nothing) == 0


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        (
            "Oh, I'm so sorry. I'm really, really sorry about that one. It's terrible and I can't apologise enough.",
            True,
        ),
        (
            "I'm sorry, you must have got a shock. Let me, sorry, can I just ask where you found the screws?",
            False,
        ),
        (
            "I'm so sorry about that, and now I'm going to write down every step you did, from the first to the last",
            False,
        ),
    ],
)
def test_an_apology_ends_where_something_else_begins(text: str, goes_on: bool, flatpack: Pack, ring: Ring) -> None:
    assert ("apology_runs_on" in found(heard(flatpack, ring, "It just fell down."), text)) is goes_on


def test_who_lets_them_take_their_time_does_not_pass_over_what_they_asked(flatpack: Pack, ring: Ring) -> None:
    asked = "One moment, my glasses. Can you wait?"
    assert "beside_the_point" not in found(heard(flatpack, ring, asked), "Of course. Go at your own pace.")
