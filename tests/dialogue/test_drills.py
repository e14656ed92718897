"""Drills: what they ask for can be done, the usual slip does not pass, and the verdict says why."""

import pytest

from dialogue import drills
from dialogue.content import BY_ID, Context, judge
from dialogue.content.encoder import Scorer
from dialogue.drills import Round, Verdict, judged
from dialogue.events import Behaviour
from dialogue.persona import PackProblem
from dialogue.tone import Tone
from ui.practice import verdict_lines
from ui.strings import CAUSES

ROUNDS = [(drill.id, number, task) for drill in drills.available() for number, task in enumerate(drill.rounds, 1)]
TASK = Round.model_validate(
    {
        "customer": "Where is it?",
        "anger": 50,
        "task": "Give a time.",
        "wants": {"a time": ["plan_time"], "their side": ["empathy", "together"]},
        "most_words": 8,
        "say": "x",
        "not": "y",
    }
)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer({})


def verdict(scorer: Scorer, text: str, task: Round) -> Verdict:
    return judged(text, judge(text, scorer.score(text), Context(heard=task.customer)), Tone(), task)


@pytest.mark.parametrize(("drill", "number", "task"), ROUNDS, ids=[f"{drill}-{number}" for drill, number, _ in ROUNDS])
def test_the_shown_way_passes_and_the_usual_slip_does_not(scorer: Scorer, drill: str, number: int, task: Round) -> None:
    good = verdict(scorer, task.say, task)
    assert good.passed, good
    assert not verdict(scorer, task.never, task).passed


def test_every_drill_is_reached_from_a_cause_that_the_debrief_knows() -> None:
    for drill in drills.available():
        assert not [cause for cause in drill.practises if cause not in CAUSES and cause not in BY_ID], drill.id
        reached = drills.practising(drill.practises[0])
        assert reached is not None
        assert reached.id == drill.id


def test_a_verdict_names_what_was_found_what_is_missing_and_what_spoiled_it() -> None:
    said = (Behaviour("plan_time", 0.9, "by four"), Behaviour("rude", 0.8, "as if"), Behaviour("own_name", 0.9, "Sam"))
    tone = Tone(raised=0.7, reasons=("loudness +7 dB",))
    told = judged("by four as if I cared about it at all", said, tone, TASK)
    assert told.found == (("a time", "by four"),)
    assert told.missing == ("their side",)
    assert [each.id for each in told.spoiled] == ["rude"]
    assert told.words_too_many == 2
    assert told.voice == ("loudness +7 dB",)
    assert not told.passed
    rows = "\n".join(verdict_lines(told))
    for part in ("a time", "by four", "their side", "as if", "2 words", "loudness +7 dB"):
        assert part in rows


def test_right_words_in_a_raised_voice_do_not_pass_and_calm_ones_do() -> None:
    said = (Behaviour("plan_time", 0.9, "by four"), Behaviour("together", 0.9, "we"))
    assert judged("we do it by four", said, Tone(raised=0.2, reasons=("rate +30 %",)), TASK).passed
    assert not judged("we do it by four", said, Tone(raised=0.6, reasons=("pitch +4 st",)), TASK).passed


def test_an_unknown_drill_is_answered_with_those_there_are() -> None:
    with pytest.raises(PackProblem, match=r"There is no drill 'juggling'.*name-the-impact"):
        drills.load("juggling")


def test_a_drill_that_wants_what_nobody_can_find_is_refused() -> None:
    with pytest.raises(ValueError, match="'charm' is no behaviour"):
        Round.model_validate({**TASK.model_dump(by_alias=True), "wants": {"charm": ["charm"]}})
