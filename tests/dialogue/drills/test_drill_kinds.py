"""The drills that are dealt anew each time: what they deal can be done in any wording, and nothing else passes."""

from dataclasses import replace
from random import Random

import pytest

from dialogue import drills
from dialogue.content.encoder import Scorer
from dialogue.drills import Answer, Round, Spoken, Verdict
from dialogue.drills.gap import Gap, case, taken_over
from dialogue.drills.ladder import Ladder
from dialogue.drills.recap import Recap
from dialogue.drills.tipping import STEADY, TIPS, Excerpt, Tipping, TippingRound
from dialogue.events import Prosody
from tests.dialogue.scorers import scorer_for

SCORERS: dict[str, Scorer] = {}


def scored(task: Round, text: str) -> Answer:
    """`text` as an answer, read by the real model."""
    key = str(task.wordings)
    SCORERS[key] = SCORERS.get(key) or scorer_for(task.wordings)
    return Answer(text, SCORERS[key].score(text))


def test_the_same_seed_deals_the_same_drill_and_another_one_others() -> None:
    for drill in drills.available():
        if isinstance(drill, (Tipping, Recap, Gap)):
            dealt = [[(each.title, each.lines) for each in drill.deal(Random(seed))] for seed in (1, 1, 2)]
            assert dealt[0] == dealt[1] != dealt[2]


# --- spot the turn ------------------------------------------------------------------------------------------------


def tipping(turn: int | None) -> TippingRound:
    lines = tuple(Spoken(str(number), 50.0) for number in range(9))
    return TippingRound(task="", lines=lines, excerpt=Excerpt(lines, turn))


@pytest.mark.parametrize(
    ("turn", "pressed", "outcome"),
    [
        (3, 3, "in_time"),
        (3, 5, "in_time"),
        (3, 6, "late"),
        (3, 2, "early"),
        (3, None, "unseen"),
        (None, 4, "false_alarm"),
        (None, None, "none_came"),
    ],
)
def test_the_key_is_right_from_the_line_that_did_it(turn: int | None, pressed: int | None, outcome: str) -> None:
    verdict = tipping(turn).judged(Answer(pressed=pressed))
    assert verdict.outcome == outcome
    assert verdict.passed == (outcome in ("in_time", "none_came"))


def test_calls_tip_where_the_ledger_says_so_and_not_before() -> None:
    drill = drills.load("spot-the-turn")
    dealt = [each for seed in (3, 4) for each in drill.deal(Random(seed)) if isinstance(each, TippingRound)]
    assert {each.excerpt.turn is None for each in dealt} == {True, False}
    for each in dealt:
        turn = each.excerpt.turn
        if turn is not None:
            assert each.lines[turn].by == "adviser"
            assert sum(row.delta for row in each.excerpt.rows) >= TIPS
            before = [line.anger for line in each.lines[:turn] if line.by == "customer"]
            assert max(before[1:], default=0.0) <= before[0] + STEADY * len(before)


# --- recap --------------------------------------------------------------------------------------------------------


class Firsts(Random):
    """Draws the first of everything: sofa, Monday, two weeks, 40 pounds, scratch."""

    def choice(self, seq):  # type: ignore[no-untyped-def]
        return seq[0]


def recap() -> Round:
    drill = drills.load("recap-from-memory")
    assert isinstance(drill, Recap)
    return drill._round(drill.stories[0], Firsts())


def outcome(verdict: Verdict) -> tuple[set[str], set[str], set[str]]:
    """Titles that were right, left out and wrong."""
    return {each[0] for each in verdict.found}, set(verdict.missing), {each[0] for each in verdict.wrong}


@pytest.mark.parametrize(
    "text",
    [
        "so you bought a couch on monday it took two weeks you paid forty pounds on top now it's scratched and"
        " we never wrote back",
        "Nobody replied to you, the settee has scratches, and you paid £40 more and waited 14 days for it.",
    ],
)
def test_a_recap_in_any_words_and_any_order_passes(text: str) -> None:
    task = recap()
    verdict = task.judged(scored(task, text))
    assert verdict.passed, verdict
    assert len(verdict.missing) <= 1


def test_what_was_said_back_wrongly_is_told_and_may_be_put_right() -> None:
    task = recap()
    first = task.judged(scored(task, "You ordered a wardrobe on Friday and paid 90 pounds."))
    assert not first.passed
    right, missing, wrong = outcome(first)
    assert wrong == {"what they ordered", "on which day", "what they paid on top"}
    assert not right
    assert len(missing) == 3
    second = task.judged(
        scored(task, "Sorry, a sofa, on Monday, and it was 40 pounds. It took two weeks. It's scratched.")
    )
    assert second.passed, second
    assert outcome(second)[1] == {"that nobody has answered"}


def test_of_two_wrong_tries_the_last_one_is_told() -> None:
    task = recap()
    task.judged(scored(task, "You ordered a wardrobe on Friday."))
    verdict = task.judged(scored(task, "A fridge, was it, on Thursday?"))
    assert {(title, words) for title, words, _ in verdict.wrong} == {
        ("what they ordered", "fridge"),
        ("on which day", "thursday"),
    }


@pytest.mark.parametrize(
    ("prosody", "right"), [(Prosody(3.0, -30.0, 120.0, 4.0, 4.0, 0.1, -12.0), True), (None, False)]
)
def test_a_number_that_sounds_like_a_small_word_was_heard(prosody: Prosody | None, right: bool) -> None:
    drill = drills.load("recap-from-memory")
    assert isinstance(drill, Recap)
    task = drill._round(drill.stories[1], Firsts())  # four hours
    answer = replace(scored(task, "You waited for hours, and on Thursday the internet went."), prosody=prosody)
    assert ("how long they waited for the technician" in outcome(task.judged(answer))[0]) is right


@pytest.mark.parametrize("text", ["", "banana banana", "I see. What is your order number?", "Yes, yes, go on."])
def test_what_says_nothing_back_does_not_pass(text: str) -> None:
    task = recap()
    verdict = task.judged(scored(task, text))
    assert not verdict.passed
    assert len(verdict.missing) == 6


def test_the_shown_way_says_every_point_of_every_story() -> None:
    drill = drills.load("recap-from-memory")
    assert isinstance(drill, Recap)
    for story in drill.stories:
        task = drill._round(story, Random(story.title))
        assert outcome(task.judged(scored(task, task.one_way)))[0] == {point.title for point in story.points}


def test_an_insult_spoils_a_recap() -> None:
    task = recap()
    verdict = task.judged(scored(task, f"{task.one_way} You're such an idiot."))
    assert not verdict.passed
    assert [each.id for each in verdict.spoiled] == ["rude"]


# --- find the gap -------------------------------------------------------------------------------------------------


def gap(title: str, missing: int) -> Round:
    drill = drills.load("find-the-gap")
    assert isinstance(drill, Gap)
    procedure = next(each for each in drill.procedures if title in each.title)
    return taken_over(case(procedure, missing), "task", Random(1))


def test_the_story_is_told_whole_but_for_the_step_left_out() -> None:
    drill = drills.load("find-the-gap")
    assert isinstance(drill, Gap)
    for procedure in drill.procedures:
        for missing in range(1, len(procedure.steps) - 1):
            told = " ".join(line.text for line in taken_over(case(procedure, missing), "", Random(missing)).lines)
            left_out = [number for number, step in enumerate(procedure.steps) if step.told not in told]
            assert left_out == [missing]


@pytest.mark.parametrize(
    ("title", "missing", "question"),
    [
        ("router", 2, "was there any light on it before you carried on"),
        ("router", 2, "What did you do after you connected the cable?"),
        ("router", 2, "so you went on straight away without waiting for green"),
        ("router", 4, "did you type in the password"),
        ("washing", 1, "Did you unscrew those things at the back that hold the drum for the journey?"),
        ("washing", 1, "what about step two"),
        ("card", 1, "Have you switched it on for payments in our app?"),
        ("heating", 3, "what time does the boiler think it is"),
    ],
)
def test_a_question_for_the_step_in_any_wording_finds_it(title: str, missing: int, question: str) -> None:
    task = gap(title, missing)
    verdict = task.judged(scored(task, question))
    assert verdict.passed, verdict
    assert verdict.answered


@pytest.mark.parametrize(
    "question", ["banana", "", "Did you plug it in?", "Is there something you skipped?", "What happened then?"]
)
def test_other_questions_are_answered_and_find_nothing(question: str) -> None:
    task = gap("router", 2)
    verdict = task.judged(scored(task, question))
    assert verdict.outcome == "gap_open"
    assert not verdict.passed


def test_the_gaps_of_packs_are_found_by_asking_too() -> None:
    from dialogue.persona import load

    pack = load("flatpack-bookcase")
    task = taken_over(pack, "", Random(1))
    assert len(task.lines) >= len(pack.vent)
    assert task.judged(scored(task, "And step six, did you fit the brace at the back?")).passed


# --- the tone ladder ----------------------------------------------------------------------------------------------

CALM = Prosody(3.0, -30.0, 120.0, 4.0, 4.0, 0.1, -12.0)


def voice(up: float) -> Prosody:
    """`up` steps above `CALM` in loudness, pitch and brightness."""
    return Prosody(3.0, -30.0 + 6 * up, 120.0 * 2 ** (3 * up / 12), 4.0, 4.0, 0.1, -12.0 + 4 * up)


def climb(*voices: Prosody | None, baseline: Prosody | None = CALM, text: str | None = None) -> list[Verdict]:
    drill = drills.load("tone-ladder")
    assert isinstance(drill, Ladder)
    steps = drill.deal(Random(0))
    return [
        step.judged(Answer(step.title if text is None else text, None, sound, baseline))
        for step, sound in zip(steps, voices, strict=False)
    ]


def test_each_step_down_passes_and_one_up_does_not() -> None:
    outcomes = [each.outcome for each in climb(voice(2), voice(1), voice(1.5), voice(0.5))]
    assert outcomes == ["first_step", "stepped_down", "not_lower", "stepped_down"]


def test_at_ones_own_baseline_it_need_not_go_lower() -> None:
    assert [each.outcome for each in climb(voice(1), voice(-0.1), voice(-0.1), voice(-0.05))][2:] == ["level", "level"]


def test_without_a_baseline_the_first_saying_is_the_measure() -> None:
    first, second = climb(voice(2), voice(1), baseline=None)
    assert first.measured["loudness_dbfs"] == 0.0
    assert second.outcome == "stepped_down"
    assert second.measured["loudness_dbfs"] == pytest.approx(-6.0)
    assert first.beside_first
    assert second.beside_first
    assert not any(each.beside_first for each in climb(voice(2), voice(1)))


def test_without_a_baseline_nobody_is_level_with_their_own_calm() -> None:
    outcomes = [each.outcome for each in climb(voice(2), voice(1), voice(1), baseline=None)]
    assert outcomes == ["first_step", "stepped_down", "not_lower"]


def test_other_words_and_silence_are_not_measured() -> None:
    assert climb(CALM, text="something else altogether")[0].outcome == "other_words"
    assert climb(None)[0].outcome == "not_heard"
