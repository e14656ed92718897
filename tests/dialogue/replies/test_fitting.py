"""Answers that fit what was just said: the time of this turn, a yes to what was asked, no old grievance behind news."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

import pytest

from dialogue.appraisal.appraise import Turn
from dialogue.appraisal.settling import Steps
from dialogue.events import Band
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from dialogue.replies import Picker
from dialogue.replies.answering import answer
from dialogue.replies.pressing import press
from dialogue.replies.reacting import react
from dialogue.state import Act
from dialogue.tone import Tone
from dialogue.understanding.topics import Meant
from tests.dialogue.conftest import acts_of

Ring = Callable[..., Line]
SEEDS = range(12)


def _turn(
    text: str = "Well.", *, number: int = 4, ids: frozenset[str] = frozenset(), meant: Meant | None = None
) -> Turn:
    return Turn(number, text, (), ids, meant or Meant(), Tone(raised=0.0, reasons=()), (), "")


def _picker(
    ring: Ring, pack: Pack, seed: int, *, stated: str | None = "", band: Band = "irritated", **story: object
) -> Picker:
    state = ring(pack).session.state
    state.case = replace(state.case, **{"told": 1, "phase": "explaining", **story})  # type: ignore[arg-type]
    state.mood = replace(state.mood, anger=40.0, band=band)
    state.memory = replace(state.memory, turn=3)
    return Picker(state, Random(seed), stated)


TIMED: Mapping[str, tuple[str, ...]] = {"any": ("{promise}? I'll hold you to that.", "All right. Send it.")}


def test_a_time_that_was_said_of_something_else_is_not_taken_for_this(flatpack: Pack, ring: Ring) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed)
        picker.state.memory = replace(picker.state.memory, promise="two")
        picker = Picker(picker.state, Random(seed), "")
        picker.add(TIMED, "accept:new_shelf", dated=True)  # type: ignore[arg-type]
        assert picker.parts == ["All right. Send it."]
        picker.react("plan_time")
        assert "two" not in picker.text().lower().split()


def test_the_time_of_this_turn_is_said_back(flatpack: Pack, ring: Ring) -> None:
    said = set[str]()
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed)
        picker.promised("Thursday")
        picker.add(TIMED, "accept:new_shelf", dated=True)  # type: ignore[arg-type]
        said.add(picker.text())
    assert "Thursday? I'll hold you to that." in said


def test_who_is_asked_for_a_moment_says_yes_or_no_before_going_on(flatpack: Pack, ring: Ring) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed)
        answer(picker, _turn(ids=frozenset({"hold_permission", "ownership"})), Steps())
        assert acts_of(picker) == ["hold_granted"]
        beside = _picker(ring, flatpack, seed)
        met = flatpack.settlement[-1].id
        answer(beside, _turn(ids=frozenset({"hold_permission", "ownership"})), Steps(met=(met,)))
        assert acts_of(beside) == [f"accept:{met}", "hold_granted"]


@pytest.mark.parametrize(("number", "greets"), [(1, True), (5, False)])
def test_nobody_says_hello_in_the_middle_of_a_call(flatpack: Pack, ring: Ring, number: int, greets: bool) -> None:
    acts = set[str]()
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed)
        react(picker, _turn("Thank you for calling.", number=number, ids=frozenset({"greeting", "own_name"})), Steps())
        acts |= set(acts_of(picker))
    assert ("greeting" in acts) is greets


def test_a_doubt_comes_behind_what_they_answer(flatpack: Pack, ring: Ring) -> None:
    text = "A fitter can ring you. What time suits you?"
    fact = next(one.id for one in flatpack.facts if not one.hidden and not one.caring)
    words = {"rebuild_help": "A fitter can ring you", fact: "What time suits you?"}
    meant = Meant(asks=(fact,), offers=("rebuild_help",), words=words)
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, heard=True)
        answer(picker, _turn(text, meant=meant), Steps(asked=(fact,), doubted=("rebuild_help",)))
        assert [act.split(":")[0] for act in acts_of(picker)] == ["answer", "doubt"]


@pytest.mark.parametrize(("met", "goes_on"), [((), True), (("explain_six",), False)])
def test_who_has_been_helped_does_not_begin_another_grievance(
    flatpack: Pack, ring: Ring, met: tuple[str, ...], goes_on: bool
) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, met=met, acknowledged=True)
        answer(picker, _turn(ids=frozenset({"ownership"})), Steps())
        assert ("vent" in acts_of(picker)) is goes_on
        picker = _picker(ring, flatpack, seed, met=met, acknowledged=True)
        answer(picker, _turn(meant=Meant(open_question=True)), Steps())
        assert "vent" in acts_of(picker)  # who is invited may


@pytest.mark.parametrize(
    ("question", "tells"), [("What did you want to ask?", True), ("How old is your daughter?", False)]
)
def test_who_has_begun_to_tell_takes_a_question_about_it_for_an_invitation(
    flatpack: Pack, ring: Ring, question: str, tells: bool
) -> None:
    picker = _picker(ring, flatpack, 1)
    answer(picker, _turn(question, number=2, meant=Meant(question=question)), Steps())
    assert ("vent" in acts_of(picker)) is tells, acts_of(picker)


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("Have you got it in front of you now?", "puzzled_question"),
        ("Are those yours?", "puzzled_question"),
        ("Do you know who painted the depot?", "unknown_question"),
        ("Which colour is the lorry?", "unknown_question"),
        ("What is your favourite colour?", "off_topic_question"),
    ],
)
def test_only_a_question_about_themselves_is_called_chat(flatpack: Pack, ring: Ring, question: str, act: str) -> None:
    picker = _picker(ring, flatpack, 1, heard=True)
    answer(picker, _turn(question, meant=Meant(question=question)), Steps())
    own = {line for lines in flatpack.lines[act].values() for line in lines}
    assert picker.text() in own


def test_who_asks_back_what_is_meant_waits_for_the_answer(flatpack: Pack, ring: Ring) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, heard=True)
        turn = _turn("Are those yours?", meant=Meant(question="Are those yours?"))
        answer(picker, turn, Steps())
        press(picker, turn, Steps())
        assert acts_of(picker) == ["puzzled_question"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which colour is it?", ["hear_me_out"]),
        ("Is it a long drive to town?", ["hear_me_out"]),
        ("Why is that?", []),
        ("What happened to it then?", []),
    ],
)
def test_who_tells_on_says_so_where_one_thing_was_asked(
    flatpack: Pack, ring: Ring, question: str, first: list[str]
) -> None:
    picker = _picker(ring, flatpack, 1, told=1)
    answer(picker, _turn(question, number=2, meant=Meant(question=question)), Steps())
    assert acts_of(picker) == [*first, "vent"]


@pytest.mark.parametrize(
    ("text", "ids", "act"),
    [
        ("There are nine of them on the list. Is that right?", frozenset[str](), "confirm"),
        ("Nine of them. Have I got that right?", frozenset[str](), "confirm"),
        ("I'd take it off the list for now. Is that okay with you?", frozenset[str](), "agree_check"),
        ("I'll take it off the list. Is that right for you?", frozenset({"step_offer"}), "agree_check"),
    ],
)
def test_nobody_agrees_to_a_plan_who_is_asked_whether_something_is_so(
    flatpack: Pack, ring: Ring, text: str, ids: frozenset[str], act: str
) -> None:
    picker = _picker(ring, flatpack, 1, heard=True, told=3)
    answer(picker, _turn(text, ids=ids, meant=Meant(check=True)), Steps())
    assert acts_of(picker) == [act]


def test_a_wish_is_no_question(flatpack: Pack, ring: Ring) -> None:
    picker = _picker(ring, flatpack, 1, heard=True, agreed=True)
    wish = "and have something nice to eat today"
    answer(picker, _turn(f"Look after yourself, {wish}.", meant=Meant(question=wish)), Steps())
    assert acts_of(picker) == []


def test_anything_else_is_no_reason_to_tell_again_what_was_told(flatpack: Pack, ring: Ring) -> None:
    fact = next(one for one in flatpack.facts if not one.hidden and not one.caring)
    text = "Anything else, or shall I let you get back to it?"
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, heard=True, agreed=True)
        told = frozenset(line for lines in fact.answers.values() for line in lines)
        picker.state.memory = replace(picker.state.memory, said=picker.state.memory.said | told)
        answer(picker, _turn(text, meant=Meant(asks=(fact.id,), words={fact.id: text})), Steps(asked=(fact.id,)))
        assert acts_of(picker) == ["nothing_else"]


def test_nobody_asks_for_a_name_that_they_have_been_given(flatpack: Pack, ring: Ring) -> None:
    pool = {"any": ("I'll see to it? Your name, please?", "Who am I talking to, anyway?", "Good. I wrote that down.")}
    said = dict[str, set[str]]()
    for agent in ("", "Pat"):
        for seed in SEEDS:
            picker = _picker(ring, flatpack, seed)
            picker.state.memory = replace(picker.state.memory, agent=agent)
            picker = Picker(picker.state, Random(seed))
            picker.add(pool, "ownership")  # type: ignore[arg-type]
            said.setdefault(agent, set()).add(picker.text())
    assert said["Pat"] == {"Good. I wrote that down."}
    assert len(said[""]) > 1


def test_a_word_for_what_they_told_of_themselves_is_taken_as_that_behind_whatever_else_they_said(
    flatpack: Pack, ring: Ring
) -> None:
    caring = next(one for one in flatpack.facts if one.caring)
    told = next(line for lines in caring.answers.values() for line in lines)
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, heard=True, told=3)
        line = f"I only want it put right. {told}"
        picker.state.memory = replace(picker.state.memory, acts=(Act("answer", "wish"),), last_line=line)
        react(picker, _turn("I am so sorry to hear that.", ids=frozenset({"apology", "ownership"})), Steps())
        assert acts_of(picker) == ["sympathy"]


def test_who_is_invited_to_go_on_with_nothing_left_to_tell_says_so_without_a_snub(flatpack: Pack, ring: Ring) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, told=len(flatpack.vent), heard=True, acknowledged=True)
        turn = _turn("I'm listening, go on.", meant=Meant(open_question=True))
        answer(picker, turn, Steps())
        press(picker, turn, Steps())
        assert acts_of(picker)[0] == "continue"
        assert picker.text().count("?") <= 1


def test_who_has_been_helped_before_the_story_was_out_still_says_what_is_open(flatpack: Pack, ring: Ring) -> None:
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, met=("explain_six",))
        press(picker, _turn(), Steps())
        assert [act for act in acts_of(picker) if act.startswith("open:")], acts_of(picker)


def test_who_has_just_been_told_what_happens_next_does_not_ask_what_happens_next(flatpack: Pack, ring: Ring) -> None:
    opens = {line for need in flatpack.settlement for lines in need.open.values() for line in lines}
    asked = {frozenset[str](): False, frozenset({"step_offer"}): False}
    for ids in asked:
        for seed in range(30):
            picker = _picker(ring, flatpack, seed, heard=True)
            picker.state.memory = replace(picker.state.memory, said=frozenset(opens))
            picker.parts, picker.acts = ["Good."], [Act("step_offer")]
            press(picker, _turn(ids=ids), Steps())
            asked[ids] |= "demand" in acts_of(picker)
    assert asked == {frozenset(): True, frozenset({"step_offer"}): False}


def test_condolence_is_taken_as_such_whatever_else_the_turn_gave_back(flatpack: Pack, ring: Ring) -> None:
    """Where they have just told something about themselves it is meant for them, not for the case."""
    own = {line for lines in flatpack.lines["sympathy"].values() for line in lines}
    taken = 0
    for seed in SEEDS:
        picker = _picker(ring, flatpack, seed, heard=True)
        picker.state.memory = replace(picker.state.memory, acts=(Act("answer", "hurt"),))
        react(picker, _turn(ids=frozenset({"apology", "empathy", "paraphrase"})), Steps())
        taken += picker.text() in own
        assert "paraphrase" not in acts_of(picker)
    assert taken


@pytest.mark.parametrize(
    "question", ["Is there something I've missed?", "Have I forgotten anything?", "Are we good, or is something left?"]
)
def test_who_asks_what_they_overlooked_hears_what_is_open(flatpack: Pack, ring: Ring, question: str) -> None:
    picker = _picker(ring, flatpack, 1, heard=True)
    answer(picker, _turn(question, meant=Meant(question=question)), Steps())
    assert acts_of(picker)[0].startswith("open:"), acts_of(picker)


@pytest.mark.parametrize(("act", "wants"), [("open:new_shelf", True), ("blaming", False)])
def test_a_retort_is_no_question_that_was_left_unanswered(flatpack: Pack, ring: Ring, act: str, wants: bool) -> None:
    picker = _picker(ring, flatpack, 1)
    picker.state.memory = replace(
        picker.state.memory, last_line="Oh, so it's my fault now?", acts=(Act(*act.split(":")),)
    )
    react(picker, replace(_turn(), harm="beside_the_point"), Steps())
    own = {line for lines in flatpack.lines["unanswered"].values() for line in lines}
    assert (picker.text() in own) is wants


def test_who_takes_an_offer_does_not_complain_that_there_was_only_an_apology(flatpack: Pack, ring: Ring) -> None:
    picker = _picker(ring, flatpack, 1)
    react(picker, replace(_turn(), harm="apology_again"), Steps(met=("new_shelf",)))
    assert acts_of(picker) == []


@pytest.mark.parametrize(
    ("turn", "answered"), [("Is there anything else?", True), ("Goodbye then, and thank you.", False)]
)
def test_who_is_asked_for_more_at_the_end_answers_before_the_farewell(
    flatpack: Pack, ring: Ring, turn: str, answered: bool
) -> None:
    line = ring(flatpack)
    line.speak("Hello, how can I help?")
    state = line.session.state
    met = tuple(need.id for need in flatpack.settlement)
    state.case = replace(state.case, told=3, heard=True, acknowledged=True, met=met, agreed=True, phase="closing")
    state.mood = replace(state.mood, anger=10.0, resting=10.0, band="calm")
    line.speak(f"Thank you for calling. {turn}")
    assert line.ended
    assert line.ended.outcome == "satisfied"
    own = {one for lines in flatpack.lines["nothing_else"].values() for one in lines}
    assert any(one in state.memory.last_line for one in own) is answered


@pytest.mark.parametrize(
    ("question", "consents"),
    [
        ("that ok?", True),
        ("Do you want it in writing afterwards?", True),
        ("Would Thursday be all right with you?", True),
        ("You don't mind if I write that down?", False),  # a statement: it is taken as one
        ("What do you want?", False),
        ("Would you like a letter or a call?", False),
    ],
)
def test_what_is_asked_for_their_leave_gets_a_yes_or_no(
    flatpack: Pack, ring: Ring, question: str, consents: bool
) -> None:
    picker = _picker(ring, flatpack, 1, heard=True, told=len(flatpack.vent))
    answer(picker, _turn(question, meant=Meant(question=question)), Steps())
    assert ("agree_check" in acts_of(picker)) is consents
