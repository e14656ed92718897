"""What customers make of a turn: an insult, an offer, a name they asked for; and what comes up next."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.curveballs import answered, introduced
from dialogue.appraisal.settling import Steps
from dialogue.events import Behaviour, Reply
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.replies import Picker
from dialogue.replies.lines import _listed
from dialogue.replies.pressing import press
from dialogue.replies.reacting import react, turn_ball
from dialogue.session import Session
from dialogue.state import Act
from dialogue.tone import Tone
from dialogue.understanding.topics import Meant
from tests.dialogue.conftest import acts_of, started

Ring = Callable[..., Line]
Play = Callable[..., Line]
Replies = Callable[[Line], list[str]]


def _of(pack: Pack, reaction: str) -> set[str]:
    return {line for lines in pack.lines[reaction].values() for line in lines}


def _said(pack: Pack, reaction: str, reply: str) -> bool:
    return any(line in reply for line in _of(pack, reaction))


def _sorry(pack: Pack, line: Line) -> int:
    return sum(_said(pack, "apology_back", one.text) for one in line.said if isinstance(one, Reply))


def test_whoever_has_been_insulted_is_not_sorry(flatpack: Pack, play: Play, script: Callable[..., list[str]]) -> None:
    good = script("flatpack-bookcase", "good")
    insulted = [*good[:2], "You are simply too stupid to read a booklet.", *good[2:]]
    seeds = range(12)
    assert any(_sorry(flatpack, play(flatpack, good, seed)) for seed in seeds)
    assert not any(_sorry(flatpack, play(flatpack, insulted, seed)) for seed in seeds)


def _turn(text: str = "Well.", harm: str = "", ids: frozenset[str] = frozenset(), meant: Meant | None = None) -> Turn:
    tone = Tone(raised=0.0, reasons=())
    return Turn(3, text, (), ids, meant or Meant(), tone, (), harm)


@pytest.mark.parametrize(("met", "remarked"), [((), True), (("new_shelf",), False)])
def test_who_takes_an_offer_does_not_complain_of_being_misheard(
    flatpack: Pack, ring: Ring, met: tuple[str, ...], remarked: bool
) -> None:
    picker = Picker(ring(flatpack).session.state, Random(1))
    react(picker, _turn(harm="misheard"), Steps(met=met))
    assert ("misheard" in acts_of(picker)) is remarked


def test_an_insult_is_remarked_on_whatever_was_offered_with_it(flatpack: Pack, ring: Ring) -> None:
    picker = Picker(ring(flatpack).session.state, Random(1))
    react(picker, _turn(harm="rude"), Steps(met=("new_shelf",)))
    assert acts_of(picker) == ["rude"]


def _waiting(ring: Ring, wanted: str) -> Picker:
    """The customer is heard out, a curveball waits, and the last line asked for `wanted`."""
    state = ring(load("flatpack-bookcase")).session.state
    state.case = replace(state.case, told=3, heard=True, phase="explaining", waiting=("refund_threat",))
    state.mood = replace(state.mood, anger=70.0, band="angry")
    state.memory = replace(state.memory, turn=6, acts=(Act("open", wanted),))
    return Picker(state, Random(1))


@pytest.mark.parametrize(("wanted", "question"), [("", ""), ("new_shelf", "why is that?")])
def test_something_new_comes_up_when_nothing_is_owed_or_the_trainee_asks(
    ring: Ring, wanted: str, question: str
) -> None:
    picker = _waiting(ring, wanted)
    press(picker, _turn(meant=Meant(question=question)), Steps())
    assert acts_of(picker) == ["curveball:refund_threat"]


def test_what_they_asked_for_last_comes_before_anything_new(ring: Ring) -> None:
    picker = _waiting(ring, "new_shelf")
    press(picker, _turn("We are all sort of on it."), Steps())
    assert [act for act in acts_of(picker) if act.startswith("open:")], acts_of(picker)
    assert picker.state.case.waiting == ("refund_threat",)


@pytest.mark.parametrize(
    ("last_line", "ids", "handled"),
    [
        ("Shall I put it online?", {"clarify"}, False),
        ("Shall I put it online?", {"clarify", "empathy"}, True),
        ("I want my money back.", {"clarify"}, True),
    ],
)
def test_a_question_back_answers_no_question(ring: Ring, last_line: str, ids: set[str], handled: bool) -> None:
    state = _waiting(ring, "").state
    state.case = replace(state.case, waiting=(), facing="refund_threat", patience_left=2)
    state.memory = replace(state.memory, last_line=last_line)
    meant = Meant(question="what do you mean?")
    turn, case = answered(state, _turn("What do you mean?", ids=frozenset(ids), meant=meant), Steps())
    assert (turn_ball(turn) == "refund_threat") is handled
    assert bool(case.facing) is not handled


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm Tom. Can you check the bag once more?", "Tom"),
        ("Sorry, it's me, Alex.", "Alex"),
        ("Priya.", "Priya"),
        ("I'm looking into it.", ""),
        ("It's the shelf, isn't it?", ""),
        ("Nothing to do with it.", ""),
        ("Sorry.", ""),
    ],
)
def test_a_name_is_given_to_who_has_just_asked_for_it(ring: Ring, text: str, name: str) -> None:
    state = _waiting(ring, "").state
    state.case = replace(state.case, waiting=(), facing="asks_name", patience_left=2)
    turn, _ = answered(state, introduced(state, _turn(text)), Steps())
    assert turn.agent == name
    assert (turn_ball(turn) == "asks_name") is bool(name)


def test_the_same_words_give_no_name_to_who_asked_for_something_else(ring: Ring) -> None:
    state = _waiting(ring, "").state
    state.case = replace(state.case, waiting=(), facing="refund_threat", patience_left=2)
    assert introduced(state, _turn("I'm Tom.")).agent == ""


@pytest.mark.parametrize(
    ("text", "handled"), [("I'll send it on Monday.", True), ("I'll send it if I get a chance.", False)]
)
def test_help_that_may_not_come_answers_nothing(ring: Ring, text: str, handled: bool) -> None:
    state = _waiting(ring, "").state
    state.case = replace(state.case, waiting=(), facing="refund_threat", patience_left=2)
    turn = replace(_turn(text, ids=frozenset({"option"})), behaviours=(Behaviour("option", 0.9, text),))
    assert (turn_ball(answered(state, turn, Steps())[0]) == "refund_threat") is handled


@pytest.mark.parametrize(("doubted", "handled"), [((), True), (("explain_six",), False)])
def test_an_offer_that_they_doubt_answers_nothing(ring: Ring, doubted: tuple[str, ...], handled: bool) -> None:
    state = _waiting(ring, "").state
    ball = next(one for one in state.pack.curveballs if "explain_six" in one.expects)
    state.case = replace(state.case, waiting=(), facing=ball.id, patience_left=2)
    said = _turn("It holds the middle.", meant=Meant(offers=("explain_six",)))
    assert (turn_ball(answered(state, said, Steps(doubted=doubted))[0]) == ball.id) is handled


def test_before_they_have_told_anything_they_only_greet(ring: Ring) -> None:
    turn = _turn("Hello, I'm so sorry.", ids=frozenset({"greeting", "empathy", "apology"}))
    later: set[str] = set()
    for seed in range(6):
        state = ring(load("stolen-idea")).session.state
        first = Picker(state, Random(seed))
        react(first, turn, Steps(met=("heard",)))
        assert set(acts_of(first)) <= {"greeting"}
        state.case = replace(state.case, told=2)
        then = Picker(state, Random(seed))
        react(then, turn, Steps())
        later |= set(acts_of(then))
    assert later & {"empathy", "apology"}


@pytest.mark.parametrize(("act", "sorry"), [("accept:new_shelf", True), ("answer:hurt", False), ("vent", False)])
def test_nobody_accuses_and_is_sorry_in_one_breath(ring: Ring, act: str, sorry: bool) -> None:
    apologies = 0
    for seed in range(12):
        picker = _waiting(ring, "")
        state = picker.state
        needs = tuple(need.id for need in state.pack.settlement)
        state.case = replace(state.case, waiting=(), met=needs)
        state.mood = replace(state.mood, anger=30.0, band="irritated")
        state.memory = replace(state.memory, was_hot=True)
        picker = Picker(state, Random(seed))
        picker.parts, picker.acts = ["Well."], [Act(*act.split(":"))]
        press(picker, _turn(ids=frozenset({"plan_time"})), Steps(met=("new_shelf",)))
        apologies += "apology_back" in acts_of(picker)
    assert bool(apologies) is sorry


def test_who_brings_a_step_is_not_told_that_nothing_is_settled(flatpack: Pack) -> None:
    line = Line(Session(flatpack), started(flatpack, mode="text"))
    for turn in ("Hello, what happened?", "Go on, I'm listening."):
        line.speak(turn)
    for met, remarked in (((), True), (("new_shelf",), False)):
        picker = Picker(line.session.state, Random(1))
        react(picker, _turn("It will be there on Thursday. Anything else?", "goodbye_too_soon"), Steps(met=met))
        assert bool(picker.parts) == remarked


def test_what_was_agreed_is_said_back_in_one_breath() -> None:
    titles = ["the shelf", "the booklet", "the call", "the credit", "the letter"]
    assert _listed(titles) == "the shelf, the booklet, the call and the rest"
    assert _listed(titles[:3]) == "the shelf, the booklet and the call"
