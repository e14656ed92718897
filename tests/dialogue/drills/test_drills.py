"""Drills: what they ask for can be done, the usual slip does not pass, and the verdict says why."""

from pathlib import Path
from random import Random

import pytest

from dialogue import drills
from dialogue.content import BY_ID
from dialogue.content.encoder import Scorer
from dialogue.drills import Answer, library, saying
from dialogue.drills.saying import Prompt, Saying, SayingRound
from dialogue.events import Behaviour, Prosody
from dialogue.persona import PackProblem
from dialogue.persona.loading import PackFile
from tests.dialogue.scorers import scorer_for
from ui.practice.drill_session import verdict_lines
from ui.strings import CAUSES

ROUNDS = [
    pytest.param(task, id=f"{drill.id}-{number}")
    for drill in drills.available()
    if isinstance(drill, Saying)
    for number, task in enumerate(drill.deal(Random(0)), 1)
]
PROMPT = Prompt.model_validate(
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
CALM = Prosody(2.0, -30.0, 120.0, 4.0, 4.0, 0.1, -12.0)
LOUD = Prosody(2.0, -14.0, 190.0, 9.0, 6.0, 0.0, -3.0)
BOTH = (Behaviour("plan_time", 0.9, "by four"), Behaviour("together", 0.9, "we"))


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_for({})


@pytest.mark.parametrize("task", ROUNDS)
def test_the_shown_way_passes_and_the_usual_slip_does_not(scorer: Scorer, task: SayingRound) -> None:
    good = task.judged(Answer(task.one_way, scorer.score(task.one_way)))
    assert good.passed, good
    slip = task.prompt.never
    assert not task.judged(Answer(slip, scorer.score(slip))).passed


def test_every_drill_is_reached_from_a_cause_that_the_debrief_knows() -> None:
    for drill in drills.available():
        assert not [cause for cause in drill.practises if cause not in CAUSES and cause not in BY_ID], drill.id
        assert drills.practising(drill.practises[0]), drill.id
        assert any(drill in drills.teaching(technique) for technique in drill.techniques), drill.id


def test_a_drill_that_needs_a_microphone_names_another_that_does_not() -> None:
    ladder = drills.load("tone-ladder")
    assert ladder.by_voice_only
    other = drills.instead_of(ladder)
    assert other.id == "breathe-then-speak"
    assert not other.by_voice_only


def judged(
    text: str, shown: tuple[Behaviour, ...], prosody: Prosody, monkeypatch: pytest.MonkeyPatch
) -> drills.Verdict:
    monkeypatch.setattr(saying, "shown_in", lambda answer, heard: shown)
    return SayingRound(task="", prompt=PROMPT).judged(Answer(text, None, prosody, CALM))


def test_a_verdict_names_what_was_found_what_is_missing_and_what_spoiled_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = (Behaviour("plan_time", 0.9, "by four"), Behaviour("rude", 0.8, "as if"), Behaviour("own_name", 0.9, "Sam"))
    told = judged("by four as if I cared about it at all", shown, LOUD, monkeypatch)
    assert told.found == (("a time", "by four"),)
    assert told.missing == ("their side",)
    assert [each.id for each in told.spoiled] == ["rude"]
    assert told.words_too_many == 2
    assert "loudness +16 dB" in told.voice
    assert not told.passed
    rows = "\n".join(verdict_lines(told))
    for part in ("a time", "by four", "their side", "as if", "2 words", "loudness +16 dB"):
        assert part in rows


def test_right_words_in_a_raised_voice_do_not_pass_and_calm_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged("we do it by four", BOTH, CALM, monkeypatch).passed
    assert not judged("we do it by four", BOTH, LOUD, monkeypatch).passed


def test_an_unknown_drill_is_answered_with_those_there_are() -> None:
    with pytest.raises(PackProblem, match=r"There is no drill 'juggling'.*name-the-impact"):
        drills.load("juggling")


def test_a_drill_that_wants_what_nobody_can_find_is_refused() -> None:
    with pytest.raises(ValueError, match="'charm' is no behaviour"):
        Prompt.model_validate({**PROMPT.model_dump(by_alias=True), "wants": {"charm": ["charm"]}})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format: 1\nkind: juggling\n", "line 2: there is no kind 'juggling'; known are say, tip"),
        ("format: 1\nkind: recap\nid: x\n", "is missing"),
        ("- 1\n", "x.yaml"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(PackProblem, match=says):
        library._read(PackFile("x", path))
