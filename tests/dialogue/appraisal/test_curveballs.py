"""What the customer brings up by themselves: when it may come, one at a time, and what the next turn makes of it."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from dialogue.appraisal.appraise import Turn, appraise
from dialogue.appraisal.curveballs import MOST_SHARED, answered, arm, due, fits
from dialogue.appraisal.settling import Steps
from dialogue.events import Utterance
from dialogue.persona import Curveball, Pack
from dialogue.rehearsal import Line
from dialogue.replies.reacting import turn_ball
from dialogue.state import CallState
from dialogue.transitions.silence import curveball, throw

Ring = Callable[..., Line]


def ball(name: str = "ball", **when: Any) -> Curveball:
    return Curveball.model_validate(
        {
            "id": name,
            "title": "The ball",
            "when": when,
            "lines": {"any": ["And who pays for my time?"]},
            "expects": ["empathy", "plan_time", "new_shelf"],
            "handled": -6,
            "missed": 4,
        }
    )


def calling(pack: Pack, ring: Ring, *balls: Curveball, shared: tuple[str, ...] = ()) -> CallState:
    """A call in its third turn, the customer angry and heard, with these curveballs and no others."""
    own = pack.model_copy(update={"curveballs": balls, "shared": frozenset(shared)})
    state: CallState = ring(own).session.state
    state.memory = replace(state.memory, turn=3, last_line="I want to know what you will do.")
    state.mood = replace(state.mood, anger=60.0, trust=40.0)
    state.case = replace(state.case, told=2, heard=True, acknowledged=True, phase="venting")
    return state


def said(state: CallState, text: str) -> Turn:
    return appraise(state, Utterance(state.t, state.t, state.t, text, "keyboard"))


def thrown(state: CallState, text: str = "The order is in the system here.") -> tuple[str, ...]:
    return arm(state, said(state, text)).waiting


@pytest.mark.parametrize(
    ("when", "changes"),
    [
        ({"from_turn": 3}, {"from_turn": 4}),
        ({"stalled_turns": 3}, {"stalled_turns": 4}),
        ({"phases": ["venting"]}, {"phases": ["closing"]}),
        ({"anger_at_least": 60}, {"anger_at_least": 61}),
        ({"anger_at_most": 60}, {"anger_at_most": 59}),
        ({"trust_at_least": 40}, {"trust_at_least": 41}),
        ({"trust_at_most": 40}, {"trust_at_most": 39}),
        ({"named": False}, {"named": True}),
        ({"facts_open": ["step_six"]}, {"facts_known": ["step_six"]}),
        ({"needs_open": ["new_shelf"]}, {"needs_met": ["new_shelf"]}),
    ],
)
def test_each_condition_holds_at_its_bound_and_not_beyond(
    flatpack: Pack, ring: Ring, when: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert thrown(calling(flatpack, ring, ball(**when))) == ("ball",)
    assert thrown(calling(flatpack, ring, ball(**changes))) == ()


def test_what_has_come_out_or_was_met_or_is_known_is_asked_of_the_call(flatpack: Pack, ring: Ring) -> None:
    state = calling(flatpack, ring, ball(facts_known=["step_six"], needs_met=["new_shelf"], named=True))
    state.case = replace(state.case, facts=frozenset({"step_six"}), met=("new_shelf",))
    assert not fits(state.pack.curveballs[0], state)
    state.memory = replace(state.memory, agent="Sam")
    assert fits(state.pack.curveballs[0], state)
    against = ball(facts_open=["step_six"])
    assert not fits(against, state)
    assert not fits(ball(needs_open=["new_shelf"]), state)
    state.case = replace(state.case, agreed=True)
    assert not fits(ball(), state)  # all is settled


def test_a_turn_sets_off_what_it_shows_unless_it_shows_what_prevents_it(flatpack: Pack, ring: Ring) -> None:
    kind = "I'm so sorry, that must have been awful."
    on_kindness = ball(any_behaviour=["empathy", "apology"])
    assert thrown(calling(flatpack, ring, on_kindness), kind) == ("ball",)
    assert thrown(calling(flatpack, ring, on_kindness)) == ()
    assert thrown(calling(flatpack, ring, ball(behaviour="apology")), kind) == ("ball",)
    assert thrown(calling(flatpack, ring, ball(behaviour="policy")), kind) == ()
    assert thrown(calling(flatpack, ring, ball(unless=["apology"])), kind) == ()
    offer = "I'll send you a new shelf by express, it will be there on Thursday."
    assert thrown(calling(flatpack, ring, ball(unless=["new_shelf"])), offer) == ()
    before = calling(flatpack, ring, ball(unless=["new_shelf"]))
    before.case = replace(before.case, met=("new_shelf",))
    assert thrown(before) == ()


def test_they_come_one_at_a_time_and_none_twice(flatpack: Pack, ring: Ring) -> None:
    state = calling(flatpack, ring, ball("first"), ball("second"))
    turn = said(state, "The order is in the system here.")
    for waiting in (("first",), ("first", "second"), ("first", "second")):
        state.case = arm(state, turn)
        assert state.case.waiting == waiting
    assert state.case.fired == {"first", "second"}


def test_time_sets_off_the_earliest_that_waits_for_time_alone(flatpack: Pack, ring: Ring) -> None:
    late, soon = ball("late", after_seconds=90), ball("soon", after_seconds=60)
    asked = ball("asked", after_seconds=30, behaviour="policy")
    state = calling(flatpack, ring, ball("never"), late, soon, asked)
    assert due(state) == (60.0, soon)
    state.case = replace(state.case, fired=frozenset({"soon"}))
    assert due(state) == (90.0, late)
    assert thrown(calling(flatpack, ring, late)) == ()  # a turn does not set it off before its time
    state = calling(flatpack, ring, late)
    state.t = 90.0
    assert thrown(state) == ("late",)
    assert due(calling(flatpack, ring, ball("never"))) is None


def test_shared_ones_give_way_to_the_packs_own_and_come_seldom(flatpack: Pack, ring: Ring) -> None:
    shared = tuple(f"shared_{number}" for number in range(MOST_SHARED + 1))
    state = calling(flatpack, ring, *map(ball, shared), ball("own"), shared=shared)
    first, own = state.pack.curveballs[0], state.pack.curveballs[-1]
    assert fits(first, state)
    state.case = replace(state.case, waiting=("own",))
    assert not fits(first, state)
    state.case = replace(state.case, waiting=(), facing="own")
    assert not fits(first, state)
    assert fits(own, state)
    state.case = replace(state.case, facing="", fired=frozenset(shared[1:MOST_SHARED]))
    assert fits(first, state)
    state.case = replace(state.case, fired=frozenset(shared[1:]))
    assert not fits(first, state)
    assert fits(own, state)


def test_chance_decides_once_for_a_call_and_in_so_many_calls(flatpack: Pack, ring: Ring) -> None:
    seldom = ball(chance=0.3)
    own = flatpack.model_copy(update={"curveballs": (seldom,)})
    states = [ring(own, seed).session.state for seed in range(200)]
    for state in states:
        state.memory = replace(state.memory, turn=1)
    found = [fits(seldom, state) for state in states]
    assert found == [fits(seldom, state) for state in states]
    assert 35 <= sum(found) <= 85


def facing(pack: Pack, ring: Ring, patience: int = 0) -> CallState:
    """They have thrown it by themselves."""
    state = calling(pack, ring, ball())
    fired = frozenset({"ball"})
    state.case = replace(state.case, facing="ball", patience_left=patience, fired=fired, provoked=fired)
    return state


def points(state: CallState, text: str, steps: Steps | None = None) -> list[tuple[float, str, str]]:
    """What the turn gets for the curveball: points, their evidence, and the author's title."""
    turn, state.case = answered(state, said(state, text), steps or Steps())
    return [(one.amount, one.evidence, one.title) for one in turn.findings if one.cause == "curveball:ball"]


def test_what_it_expects_handles_it_and_is_quoted(flatpack: Pack, ring: Ring) -> None:
    state = facing(flatpack, ring)
    [(amount, evidence, title)] = points(state, "That must have been exhausting for you. I see the order here.")
    assert (amount, title) == (-6.0, "The ball")
    assert "exhausting" in evidence
    assert "order" not in evidence
    assert state.case.facing == ""
    assert points(state, "That must have been exhausting for you.") == []  # it has been dealt with


@pytest.mark.parametrize("when", [{}, {"any_behaviour": ["plan_time"]}, {"needs_met": ["new_shelf"]}])
def test_what_a_trainer_throws_leaves_little_to_make_good(flatpack: Pack, ring: Ring, when: dict[str, Any]) -> None:
    state = calling(flatpack, ring, ball(**when))
    throw(state, Random(1), state.t, state.pack.curveballs[0])
    [(amount, _, _)] = points(state, "That must have been exhausting for you.")
    assert -6.0 / 2 < amount < 0


def test_what_time_has_brought_is_worth_all_its_points(flatpack: Pack, ring: Ring) -> None:
    state = calling(flatpack, ring, ball(after_seconds=0))
    curveball(state, Random(1), state.t)
    assert [one[0] for one in points(state, "That must have been exhausting for you.")] == [-6.0]


def test_what_a_turn_has_set_off_is_worth_all_its_points(flatpack: Pack, ring: Ring) -> None:
    state = calling(flatpack, ring, ball(any_behaviour=["plan_time"]))
    state.case = arm(state, said(state, "I'll ring you on Thursday at four."))
    assert state.case.waiting == ("ball",)
    state.case = replace(state.case, waiting=(), facing="ball")
    assert [one[0] for one in points(state, "That must have been exhausting for you.")] == [-6.0]


def test_a_need_that_it_expects_handles_it_unless_they_doubt_it_or_are_too_hot_to_hear(
    flatpack: Pack, ring: Ring
) -> None:
    offer = "You get a new shelf by express."
    assert [one[0] for one in points(facing(flatpack, ring), offer)] == [-6.0]
    assert points(facing(flatpack, ring), offer, Steps(doubted=("new_shelf",))) == []
    assert points(facing(flatpack, ring), offer, Steps(heated=("new_shelf",))) == []


@pytest.mark.parametrize(("asked", "answers"), [("And who pays for that?", False), ("Nobody pays for that.", True)])
def test_a_question_back_answers_a_complaint_and_no_question(
    flatpack: Pack, ring: Ring, asked: str, answers: bool
) -> None:
    state = calling(flatpack, ring, ball().model_copy(update={"expects": ("clarify",)}))
    state.case = replace(state.case, facing="ball", provoked=frozenset({"ball"}), patience_left=2)
    state.memory = replace(state.memory, last_line=asked)
    assert [one[0] for one in points(state, "Did you do step six?")] == ([-6.0] if answers else [])
    assert bool(state.case.facing) is not answers  # it may still come


def test_a_harm_beside_the_answer_and_words_that_help_with_nothing_miss_it(flatpack: Pack, ring: Ring) -> None:
    state = facing(flatpack, ring)
    [(amount, evidence, _)] = points(state, "Calm down.")
    assert (amount, evidence) == (4.0, "Calm down")
    assert state.case.facing == ""
    assert [one[0] for one in points(facing(flatpack, ring), "That must be hard for you. Calm down.")] == [4.0]


def test_help_of_another_kind_is_let_pass_for_a_while(flatpack: Pack, ring: Ring) -> None:
    state = facing(flatpack, ring, patience=1)
    assert points(state, "Did you do step six?") == []
    assert (state.case.facing, state.case.patience_left) == ("ball", 0)
    assert points(state, "And was anyone hurt?") == []
    assert state.case.facing == ""


def test_what_is_done_about_another_need_answers_nothing_where_needs_are_named(flatpack: Pack, ring: Ring) -> None:
    words = "I'm sending a new booklet on Wednesday."
    for expects, handled in ((["plan_time", "new_shelf"], False), (["plan_time"], True), (["new_booklet"], True)):
        pack = flatpack.model_copy(update={"curveballs": ()})
        state = calling(pack, ring, ball().model_copy(update={"expects": tuple(expects)}))
        state.case = replace(state.case, facing="ball", provoked=frozenset({"ball"}), patience_left=2)
        turn = said(state, words)
        assert "plan_time" in turn.ids
        assert turn.meant.offers == ("new_booklet",)
        assert (turn_ball(answered(state, turn, Steps())[0]) == "ball") == handled, expects


def test_who_has_just_taken_the_blame_off_them_is_not_asked_whose_it_was(flatpack: Pack, ring: Ring) -> None:
    words = "It's not your fault at all, that page is missing."
    assert thrown(calling(flatpack, ring, ball(unless=["absolved"]))) == ("ball",)
    assert thrown(calling(flatpack, ring, ball(unless=["absolved"])), words) == ()
    state = calling(flatpack, ring, ball().model_copy(update={"expects": ("absolved",)}))
    state.case = replace(state.case, facing="ball", provoked=frozenset({"ball"}))
    assert [(amount, "fault" in evidence) for amount, evidence, _ in points(state, words)] == [(-6.0, True)]
