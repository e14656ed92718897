"""What only the state can know: who asks how they are, and who closes while nothing is done."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.evidence import in_words
from dialogue.appraisal.situations import absolves, asks_after
from dialogue.events import MoodChanged
from dialogue.persona import Pack, load
from dialogue.rehearsal import Line

Play = Callable[..., Line]
BEFORE = ["Hello, how can I help?", "That must have been a fright."]


@pytest.mark.parametrize("text", ["Is your son all right?", "I see. Are they safe now?", "How is your mother doing?"])
def test_asking_how_somebody_is_shows_concern(text: str) -> None:
    assert asks_after(text)


@pytest.mark.parametrize(
    "text", ["How are you today?", "Is the lamp all right?", "She is all right.", "Is it okay to hold?", ""]
)
def test_a_courtesy_or_a_question_about_a_thing_shows_none(text: str) -> None:
    assert not asks_after(text)


def test_asking_what_else_while_nothing_is_done_closes_too_soon(flatpack: Pack, play: Play) -> None:
    closing = play(flatpack, [*BEFORE, "Is there anything else I can help you with?"])
    rows = [row.cause for one in closing.said if isinstance(one, MoodChanged) for row in one.because]
    assert "goodbye_too_soon" in rows
    asking = play(flatpack, [*BEFORE, "Did you notice anything else?"])
    assert asking.anger < closing.anger


def test_who_begins_to_look_is_not_told_that_nothing_moves(flatpack: Pack, play: Play) -> None:
    kind = ["Hello.", "That must have been a shock.", "Please go on.", *["That sounds awful for you."] * 3]
    looks, talks = (play(flatpack, [*kind, text]) for text in ("I'll check the booklet.", "I feel for you, Dana."))
    circling = [
        [row for one in line.said if isinstance(one, MoodChanged) for row in one.because if row.cause == "no_progress"]
        for line in (looks, talks)
    ]
    assert len(circling[0]) < len(circling[1])


def _causes(line: Line) -> list[str]:
    return [row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because]


@pytest.mark.parametrize("text", ["It is not your fault.", "You couldn't have known.", "No need to feel silly."])
def test_taking_the_blame_off_them_soothes(flatpack: Pack, play: Play, text: str) -> None:
    assert absolves(text)
    told = ["Hello, how can I help?", "Go on."]
    assert "absolved" in _causes(play(flatpack, [*told, text]))
    assert play(flatpack, [*told, text]).anger < play(flatpack, [*told, "It is not in the cupboard."]).anger


@pytest.mark.parametrize("text", ["It is not my fault.", "Whose fault is it?", "It is all your fault."])
def test_nothing_else_takes_it_off_them(text: str) -> None:
    assert not absolves(text)


def test_a_title_that_is_not_theirs_does_not_soothe(ring: Callable[..., Line]) -> None:
    pack = load("bad-day")
    rows: dict[str, list[str]] = {}
    for title in ("Ms", "Mr"):
        line = ring(pack, mode="text")
        for text in ("Hello, how can I help?", f"I see, {title} Jimenez."):
            line.wait(0.6)
            line.speak(text)
        rows[title] = _causes(line)
    assert "name_use" in rows["Ms"]
    assert "name_use" not in rows["Mr"]


@pytest.mark.parametrize("text", ["Tell me what's happened.", "Good morning, what happened?"])
def test_an_invitation_to_begin_brings_nothing_hidden_out(play: Play, text: str) -> None:
    pack = load("bad-day")
    line = play(pack, [text])
    assert not any(pack.fact(name).hidden for name in line.session.state.case.facts)
    assert "concern" not in _causes(line)


@pytest.mark.parametrize(
    ("text", "shown", "quoted"),
    [
        ("Good morning, this is Sam, how can I help?", "this is Sam, how", "Good morning, this is Sam"),
        ("I'm so sorry, we felled the wrong one.", "sorry, we", "I'm so sorry"),
        ("Would nine suit you? I'll tell them myself.", "Would nine", "Would nine suit you"),
        ("Hello. I'll ring you. Goodbye.", "I'll ring you. Goodbye.", "I'll ring you. Goodbye"),
        ("Oh. Sorry about that. Who is it?", "Sorry about", "Sorry about that"),
        ("Yes.", "no", "no"),
        ("", "", ""),
    ],
)
def test_a_quotation_is_words_that_make_sense(text: str, shown: str, quoted: str) -> None:
    assert in_words(text, shown) == quoted


def test_a_long_clause_is_quoted_from_what_shows_it() -> None:
    text = "we had it on the van " * 4 + "and sorry about the long wait at the depot door in the rain yesterday morning"
    assert in_words(text, "sorry about the long wait").startswith("sorry about the long wait")
