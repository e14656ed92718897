"""What coaches found in whole calls: farewells, names, statements and reassurance taken for something else."""

import pytest

from dialogue.appraisal.agent_name import agent_name
from dialogue.appraisal.situations import absolves
from dialogue.content import Context, judge
from dialogue.persona import Pack
from dialogue.understanding.asking import asks
from tests.dialogue.scorers import scorer_for


def found(text: str) -> set[str]:
    return {one.id for one in judge(text, scorer_for({}).score(text), Context())}


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("Take it easy, bye for now.", False),
        ("Right, all done. Have a good evening and take it easy.", False),
        ("Take it easy, there is no need to shout.", True),
        ("Calm down or I'll say goodbye.", True),
    ],
)
def test_a_farewell_orders_nobody_to_be_calm(text: str, orders: bool) -> None:
    assert ("calm_down" in found(text)) is orders


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Your postcode, and that's all I'd ask of you.", False),
        ("Whose fault it was is neither here nor there now.", False),
        ("There's nothing I'd like better than to put it right.", False),
        ("There's nothing I can do about it.", True),
        ("That's all I know.", True),
    ],
)
def test_a_nothing_of_speech_is_no_dead_end(text: str, dead: bool) -> None:
    assert ("dont_know" in found(text)) is dead


@pytest.mark.real
def test_so_what_asks_where_a_noun_follows() -> None:
    assert "rude" not in found("So, erm, what sort of noise does it make?")
    assert "rude" in found("So what? Everybody waits.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Here is Olena, technical support.", "Olena"),
        ("You've come through to Dorothy.", "Dorothy"),
        ("You've reached Customer services.", ""),
        ("Here is Tuesday's reading.", ""),
    ],
)
def test_names_as_people_say_them(text: str, name: str, flatpack: Pack) -> None:
    assert agent_name(text, flatpack, first=True) == name


@pytest.mark.parametrize(
    ("clause", "asked"),
    [
        ("which is better than ours", False),
        ("when it is confirmed you get the days back", False),
        ("which one is it", True),
        ("when did it start", True),
        ("which is it the red or the green", True),
    ],
)
def test_a_statement_may_begin_as_a_question_does(clause: str, asked: bool) -> None:
    assert asks(clause) is asked


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("You were right to ring about it.", True),
        ("You did not imagine it, the log has every one.", True),
        ("You have the right to ring the ombudsman.", False),
        ("I wonder if you were right to ring.", False),
    ],
)
def test_being_told_that_they_were_right_takes_doubt_off(text: str, taken: bool) -> None:
    assert bool(absolves(text)) is taken
