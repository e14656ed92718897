"""The customer's answer: every question of a turn, their own name, and a goodbye with nothing left to do."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue.events import Band, Reply
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.session import Session
from dialogue.understanding import understand
from tests.dialogue.conftest import started

Ring = Callable[..., Line]
Play = Callable[..., Line]
Replies = Callable[[Line], list[str]]

HEARD_OUT = ["Hello, this is Robin, how can I help?", "Go on, I'm listening.", "That must have been awful. What else?"]


def _of(pack: Pack, reaction: str) -> set[str]:
    return {line for lines in pack.lines[reaction].values() for line in lines}


def _said(pack: Pack, reaction: str, reply: str) -> bool:
    return any(line in reply for line in _of(pack, reaction))


# --- two questions in one turn ---


@pytest.mark.parametrize(
    ("turn", "fact"),
    [
        ("Do you have the order number? And which saw did the factory use?", "order"),
        ("Who painted the warehouse doors? And could you give me the order number?", "order"),
        ("Was anyone hurt? What is the driver's middle name?", "hurt"),
    ],
)
def test_an_unknown_question_beside_a_known_one_gets_an_honest_answer_too(
    flatpack: Pack, play: Play, replies: Replies, turn: str, fact: str
) -> None:
    for seed in range(3):
        line = play(flatpack, [*HEARD_OUT, turn], seed)
        reply = replies(line)[-1]
        answers = {one for pool in flatpack.fact(fact).pools() for lines in pool.values() for one in lines}
        assert any(one in reply for one in answers), reply
        assert _said(flatpack, "other_question", reply), reply


@pytest.mark.parametrize(
    "turn",
    [
        "May I ask you something? Do you have the order number?",
        "Do you have the order number? Could you read it to me?",
        "Do you have the order number?",
        "Was anyone hurt? Is everybody all right?",
    ],
)
def test_what_only_leads_up_to_a_question_is_none(flatpack: Pack, play: Play, replies: Replies, turn: str) -> None:
    for seed in range(3):
        assert not _said(flatpack, "other_question", replies(play(flatpack, [*HEARD_OUT, turn], seed))[-1])


def test_who_asks_for_leave_beside_a_question_gets_it(flatpack: Pack, play: Play, replies: Replies) -> None:
    reply = replies(play(flatpack, [*HEARD_OUT, "Do you have the order number? And should I write that down?"], 1))[-1]
    assert _said(flatpack, "agree_check", reply), reply


def test_who_asks_how_they_are_beside_a_question_hears_both(flatpack: Pack, play: Play, replies: Replies) -> None:
    reply = replies(play(flatpack, [*HEARD_OUT, "How are you now? And do you have the order number?"], 1))[-1]
    assert _said(flatpack, "personal_question", reply), reply


def test_an_offer_on_what_was_told_asks_nothing() -> None:
    pack = load("vulgar-caller")
    meant = understand("From what you've told me, this is it: it's standing in bay six in Doncaster.", None, pack)
    assert meant.asks == ()
    assert meant.offers == ("located",)


@pytest.mark.parametrize(("anger", "band", "heard"), [(85.0, "furious", 1), (60.0, "angry", 2), (40.0, "irritated", 2)])
def test_what_was_asked_is_answered_or_is_not_out(
    flatpack: Pack, play: Play, replies: Replies, anger: float, band: str, heard: int
) -> None:
    """However long the first answer is: nobody gets the credit for an answer that they were not given."""
    for seed in range(4):
        line = play(flatpack, HEARD_OUT, seed)
        state = line.session.state
        state.mood = replace(state.mood, anger=anger, resting=anger, band=band)  # type: ignore[arg-type]
        before = state.story.facts
        line.speak("Was anyone hurt? And do you have the order number?")
        told = [
            name
            for name in ("hurt", "order")
            if any(one in replies(line)[-1] for lines in flatpack.fact(name).answers.values() for one in lines)
        ]
        assert len(told) == heard
        assert set(told) <= state.story.facts
        assert not ({"hurt", "order"} - set(told)) & (state.story.facts - before)


def test_a_yes_to_who_sees_to_it_takes_it_on() -> None:
    line = Line(Session(load("vulgar-caller")), started(load("vulgar-caller"), mode="text"))
    line.speak("Hello, what happened?")
    state = line.session.state
    state.memory = replace(state.memory, wanted="in_hand")
    line.speak("Yes, that's me. Please tell me the rest.")
    assert "in_hand" in line.session.state.story.met


def test_whose_visit_it_was_is_no_promise_of_a_day() -> None:
    said = "I'm stopping the letters and I've cancelled Monday's visit. I'll ring you tomorrow at ten."
    assert understand(said, None, load("fifth-transfer")).time == "tomorrow at ten"


# --- what they are called ---


def test_who_is_misnamed_with_a_title_gives_the_surname(broadband: Pack, play: Play, replies: Replies) -> None:
    formal = replies(play(broadband, ["Hello Mr Brown, how can I help?"]))[-1]
    assert "Reyes" in formal
    assert "Marcus" not in formal
    first = replies(play(broadband, ["Hello Martin, how can I help?"]))[-1]
    assert "Marcus" in first


@pytest.mark.parametrize(
    ("mode", "called", "right"),
    [
        ("text", "Mrs", False),
        ("text", "Mr", False),
        ("text", "Ms", True),
        ("voice", "Mr", False),
        ("voice", "Mrs", True),  # a recogniser can hardly tell
        ("voice", "Miss", True),
    ],
)
def test_a_title_that_is_not_theirs_is_put_right_and_costs_nothing(
    flatpack: Pack, ring: Ring, replies: Replies, mode: str, called: str, right: bool
) -> None:
    turns = ("Hello, how can I help?", "Thank you, {} Whitlock. Please tell me more.")
    angers = []
    for name in (called, "Ms"):
        line = ring(flatpack, 3, mode=mode)
        for turn in turns:
            line.wait(0.6)
            line.speak(turn.format(name))
        angers.append(line.anger)
        if name == called:
            assert ("Ms Whitlock" in replies(line)[-1]) != right, replies(line)[-1]
    assert angers[0] == angers[1]


def test_without_a_title_nobody_is_put_right(flatpack: Pack, ring: Ring, replies: Replies) -> None:
    customer = flatpack.customer.model_copy(update={"title": None})
    line = ring(flatpack.model_copy(update={"customer": customer}), mode="text")
    line.speak("Hello Mr Whitlock, how can I help?")
    assert not any("Whitlock" in text for text in replies(line))


# --- a goodbye with nothing left to do ---


def _all_done(line: Line, anger: float) -> None:
    """Everything promised, and they have this much anger left."""
    state = line.session.state
    needs = tuple(need.id for need in state.pack.settlement)
    state.story = replace(state.story, told=3, heard=True, met=needs, phase="resolving")
    band: Band = "angry" if anger >= state.pack.mood.angry else "irritated"
    state.mood = replace(state.mood, anger=anger, resting=anger, band=band)


@pytest.mark.parametrize("name", ["vulgar-caller", "flatpack-bookcase", "stolen-idea"])
def test_who_has_all_they_came_for_and_is_angry_no_longer_lets_the_trainee_go(ring: Ring, name: str) -> None:
    line = ring(load(name), mode="text")
    _all_done(line, 44.0)
    line.speak("Goodbye.")
    assert line.ended
    assert line.ended.outcome == "satisfied"


@pytest.mark.parametrize("name", ["vulgar-caller", "flatpack-bookcase", "stolen-idea"])
@pytest.mark.parametrize("turn", ["Goodbye.", "Is there anything else I can do for you?"])
def test_who_has_all_they_came_for_and_is_still_angry_says_that(ring: Ring, name: str, turn: str) -> None:
    pack = load(name)
    line = ring(pack, mode="text")
    _all_done(line, 70.0)
    line.speak(turn)
    assert line.ended is None
    last = next(one for one in reversed(line.said) if isinstance(one, Reply))
    assert _said(pack, "still_angry", last.text), last.text


def test_two_goodbyes_too_soon_are_forgiven_to_who_has_settled_it_since(ring: Ring) -> None:
    line = ring(load("flatpack-bookcase"), mode="text")
    _all_done(line, 44.0)
    line.session.state.story = replace(line.session.state.story, farewells=2)
    line.speak("Goodbye.")
    assert line.ended
    assert line.ended.outcome == "satisfied"
