"""The customer's answer: every question of a turn, their own name, and a goodbye with nothing left to do."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from dialogue.events import Band, Reply
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line
from dialogue.replies import Picker
from dialogue.replies.stated import time_of
from dialogue.session import Session
from dialogue.state import Act
from dialogue.understanding.topics import understand
from tests.dialogue.conftest import started
from tests.dialogue.scorers import scorer_of

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


@pytest.mark.parametrize(
    "turn", ["Do you have the order number, and when did it come?", "How old is the bookcase, and who put it up?"]
)
def test_asking_on_about_the_same_is_no_other_question(flatpack: Pack, play: Play, replies: Replies, turn: str) -> None:
    for seed in range(3):
        assert not _said(flatpack, "other_question", replies(play(flatpack, [*HEARD_OUT, turn], seed))[-1])


def test_their_own_words_given_back_as_a_question_puzzle_nobody(flatpack: Pack, play: Play, replies: Replies) -> None:
    for seed in range(3):
        line = play(flatpack, HEARD_OUT, seed)
        state = line.session.state
        state.memory = replace(state.memory, last_line="I had to stand on the roof of the shed.")
        line.speak("On the roof?")
        assert not _said(flatpack, "unknown_question", replies(line)[-1]), replies(line)[-1]


def test_a_question_they_cannot_place_is_taken_for_an_invitation(flatpack: Pack, play: Play, replies: Replies) -> None:
    """As long as they have a story to tell; on any turn, not only on the first ones."""
    turns = ["Hello, this is Robin, how can I help?", "Was anyone hurt?", "What was on it?", "And so on and so forth?"]
    line = play(flatpack, turns[:-1], 1)
    told = line.session.state.case.told
    line.speak(turns[-1])
    assert line.session.state.case.told == told + 1, replies(line)[-1]


def test_whether_there_is_anything_else_is_answered_beside_an_offer(
    flatpack: Pack, play: Play, replies: Replies
) -> None:
    asked = {one for lines in flatpack.need("explain_six").open.values() for one in lines}
    for seed in range(3):
        line = play(flatpack, [*HEARD_OUT, "Which steps did you do? Was there a step six?"], seed)
        state = line.session.state
        state.mood = replace(state.mood, anger=55.0, resting=55.0, band="angry")  # not yet content with a part of it
        line.speak("I'll send you a new shelf, it's with you on Thursday. Is there anything else I can do for you?")
        assert any(one in replies(line)[-1] for one in asked), replies(line)[-1]


def test_nobody_asks_for_a_plan_who_has_agreed_on_one(flatpack: Pack, play: Play, replies: Replies) -> None:
    opens = {one for need in flatpack.settlement for lines in need.open.values() for one in lines}
    shelf = "I'll send you a new shelf, it's with you on Thursday."
    for seed in range(8):
        line = play(flatpack, [*HEARD_OUT, "Which steps did you do? Was there a step six?", shelf], seed)
        state = line.session.state
        state.memory = replace(state.memory, said=state.memory.said | opens)  # all that is open has been asked for
        line.speak("And on which floor do you live?")
        assert not _said(flatpack, "demand", replies(line)[-1]), replies(line)[-1]


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
        before = state.case.facts
        line.speak("Was anyone hurt? And do you have the order number?")
        told = [
            name
            for name in ("hurt", "order")
            if any(one in replies(line)[-1] for lines in flatpack.fact(name).answers.values() for one in lines)
        ]
        assert len(told) == heard
        assert set(told) <= state.case.facts
        assert not ({"hurt", "order"} - set(told)) & (state.case.facts - before)


def test_a_yes_to_who_sees_to_it_takes_it_on() -> None:
    line = Line(Session(load("vulgar-caller")), started(load("vulgar-caller"), mode="text"))
    line.speak("Hello, what happened?")
    state = line.session.state
    state.memory = replace(state.memory, acts=(Act("open", "in_hand"),))
    line.speak("Yes, that's me. Please tell me the rest.")
    assert "in_hand" in line.session.state.case.met


def test_whose_visit_it_was_is_no_promise_of_a_day() -> None:
    said = "I'm stopping the letters and I've cancelled Monday's visit. I'll ring you tomorrow at ten."
    assert understand(said, None, load("fifth-transfer")).time == "tomorrow at ten"


# --- what they are called ---


def test_who_is_misnamed_with_a_title_gives_the_surname(broadband: Pack, play: Play, replies: Replies) -> None:
    formal = replies(play(broadband, ["Hello Mr Brown, how can I help?"]))[-1]
    assert "Reyes" in formal
    assert "Marcus" not in formal
    greeted = "Hello, how can I help?"
    first = replies(play(broadband, [greeted, "Thank you, Martin. Please tell me more."]))[-1]
    assert "Marcus" in first
    unnamed = replies(play(broadband, ["Hello Martin, how can I help?"]))[-1]  # who may have given their own name
    assert "Marcus" not in unnamed


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
def test_a_title_that_is_not_theirs_is_put_right_and_does_not_soothe(
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
    assert (angers[0] == angers[1]) if right else (angers[0] > angers[1])


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
    state.case = replace(state.case, told=3, heard=True, met=needs, phase="resolving")
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
    line.session.state.case = replace(line.session.state.case, farewells=2)
    line.speak("Goodbye.")
    assert line.ended
    assert line.ended.outcome == "satisfied"


def test_a_question_about_something_else_at_the_end_of_one_sentence_is_no_second_question(
    flatpack: Pack, play: Play, replies: Replies
) -> None:
    turn = "Do you have the order number, if I may ask?"
    for seed in range(3):
        assert not _said(flatpack, "other_question", replies(play(flatpack, [*HEARD_OUT, turn], seed))[-1])


# --- what an answer holds, and in which order ---


def _places(fact_or_need: object, reply: str) -> int:
    """Where one of its lines begins in the reply, -1 where none is in it."""
    pools = fact_or_need.pools()  # type: ignore[attr-defined]
    begun = [reply.find(line[:25]) for pool in pools for lines in pool.values() for line in lines if "{" not in line]
    return max(begun, default=-1)


def test_beside_a_new_question_nobody_tells_again_what_led_up_to_it(
    flatpack: Pack, play: Play, replies: Replies
) -> None:
    again = flatpack.fact("order")
    for seed in range(4):
        turns = [*HEARD_OUT, "Do you have the order number?", "Do you have the order number there? Was anyone hurt?"]
        reply = replies(play(flatpack, turns, seed))[-1]
        assert _places(flatpack.fact("hurt"), reply) >= 0, reply
        assert _places(again, reply) < 0, reply
        assert not _said(flatpack, "told_already", reply), reply


def test_asked_once_more_for_one_thing_alone_they_say_it_again(flatpack: Pack, play: Play, replies: Replies) -> None:
    turns = [*HEARD_OUT, "Do you have the order number?", "Do you have the order number?"]
    reply = replies(play(flatpack, turns, 1))[-1]
    assert _places(flatpack.fact("order"), reply) >= 0, reply


@pytest.mark.parametrize("offer_first", [True, False])
def test_offer_and_question_are_answered_in_the_order_they_were_put(
    flatpack: Pack, play: Play, replies: Replies, offer_first: bool
) -> None:
    offer = "I'll send you a new booklet with all the pages."
    question = "Was anyone hurt?"
    turn = f"{offer} {question}" if offer_first else f"{question} {offer}"
    for seed in range(3):
        reply = replies(play(flatpack, [*HEARD_OUT, turn], seed))[-1]
        accepted, told = _places(flatpack.need("new_booklet"), reply), _places(flatpack.fact("hurt"), reply)
        assert min(accepted, told) >= 0, reply
        assert (accepted < told) is offer_first, reply


@pytest.mark.parametrize(
    "turn", ["Anything else, Dana?", "Have I forgotten anything?", "Is there anything you'd still like from me?"]
)
def test_who_is_asked_what_remains_never_wonders_at_the_question(
    flatpack: Pack, play: Play, replies: Replies, turn: str
) -> None:
    wondering = ("unknown_question", "off_topic_question")
    for seed in range(3):
        turns = [*HEARD_OUT, "I'll send you a new booklet with all the pages.", turn]
        reply = replies(play(flatpack, turns, seed))[-1]
        assert not any(_said(flatpack, one, reply) for one in wondering), reply


@pytest.mark.parametrize("question", ["What has happened?", "Why is that, in short?"])
def test_a_first_question_sets_off_the_story_and_never_an_i_do_not_know(
    flatpack: Pack, ring: Ring, replies: Replies, question: str
) -> None:
    line = ring(flatpack)
    line.wait(12.0)  # she has begun by herself
    assert replies(line)
    line.speak(f"Good morning, this is Nadia. {question}")
    assert not _said(flatpack, "unknown_question", replies(line)[-1]), replies(line)[-1]


@pytest.mark.parametrize(
    ("text", "words", "time"),
    [
        ("I'll ring you at four. The shelf comes on Friday.", "The shelf comes on Friday", "Friday"),
        ("I'll ring you at four. The shelf comes on Friday.", "I'll ring you at four", "four"),
        ("I'll ring you Thursday... no, sorry, tomorrow at nine.", "I'll ring you Thursday", "tomorrow at nine"),
        ("It comes Monday, no, Tuesday.", "It comes Monday", "Tuesday"),
        ("It comes on Friday, no worries.", "It comes on Friday", "Friday"),
        ("I'll ring you every quarter of an hour.", "I'll ring you every quarter", "every quarter of an hour"),
        ("The shelf is free.", "The shelf is free", ""),
        ("It comes by noon, and I'll ring you at six.", "and I'll ring you at six", "six"),
        ("It comes on Friday.", "not in there", ""),
    ],
)
def test_a_time_belongs_to_the_thing_it_was_said_of(text: str, words: str, time: str) -> None:
    assert time_of(text, words).removeprefix("on ") == time


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("Yes. I sat up straight in bed.", "I sat up straight in bed."),
        ("No, you don't. You weren't here.", "You don't. You weren't here."),
        ("Nobody asked me.", "Nobody asked me."),
    ],
)
def test_a_yes_to_a_kind_word_is_none_to_the_question_behind_it(
    flatpack: Pack, ring: Ring, remark: str, said: str
) -> None:
    picker = Picker(ring(flatpack, 1).session.state, Random(1))
    picker.parts = [remark, "No. By pure luck."]
    picker.answer_behind(1)
    assert picker.parts == [said, "No. By pure luck."]


@pytest.mark.real
def test_what_a_kind_word_brings_up_answers_no_question(flatpack: Pack, ring: Ring, replies: Replies) -> None:
    turns = ["Hello, how can I help?", "Oh dear, at six in the morning, everything on the floor. Was anybody hurt?"]
    scorer = scorer_of(flatpack.id)
    scores = [scorer.score(turn) for turn in turns]
    heard = []
    for seed in range(40):
        line = ring(flatpack, seed)
        for turn, read in zip(turns, scores, strict=True):
            line.wait(0.6)
            line.speak(turn, scores=read)
        heard.append(replies(line)[-1])
    assert any("straight in bed" in one for one in heard)
    assert not any(one.startswith("Yes") for one in heard)
