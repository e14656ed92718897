"""What is not sure counts less, and how a turn is put speaks for or against what it seems to do."""

from collections.abc import Callable

import pytest

from dialogue.appraisal.belief import MOST_FOR_NOTHING, NOTHING_LEFT, believed, left_by, put_so
from dialogue.events import Appraisal, Behaviour, ClauseScores, MoodChanged, Scores
from dialogue.mood import Finding, Moment, Person, weigh
from dialogue.persona import Pack
from dialogue.rehearsal import Line
from tests.dialogue.scorers import scorer_of

KIND, HARM = "empathy", "blaming"


@pytest.mark.parametrize("odds", [-4.0, 0.0, 4.0])
def test_what_is_surer_counts_for_more(odds: float) -> None:
    for behaviour in (KIND, HARM):
        shares = [believed(Behaviour(behaviour, sure, ""), odds, grounded=True) for sure in (0.0, 0.5, 0.7, 0.9, 1.0)]
        assert shares == sorted(shares)
        assert 0.0 <= shares[0] < shares[-1] <= 1.0


def test_how_it_is_put_speaks_for_help_and_against_an_accusation() -> None:
    odds = (-9.0, -3.0, -1.0, 0.0, 1.0, 3.0, 9.0)
    helps = [believed(Behaviour(KIND, 0.7, ""), one, grounded=True) for one in odds]
    hurts = [believed(Behaviour(HARM, 0.7, ""), one, grounded=True) for one in odds]
    assert helps == sorted(helps)
    assert hurts == sorted(hurts, reverse=True)
    assert hurts[0] == hurts[3] > hurts[4]  # no misreading is made worse by how it is put
    assert len({believed(Behaviour("hold_demand", 0.7, ""), one, grounded=True) for one in odds}) == 1
    assert helps[0] == helps[1]  # beyond some odds it says no more
    assert helps[2] < helps[3] < helps[4]
    assert helps[3] == pytest.approx(0.7)


def test_what_is_sure_stays_so_however_it_is_put() -> None:
    assert believed(Behaviour(KIND, 1.0, ""), -9.0, grounded=False) > 0.95
    assert believed(Behaviour(HARM, 1.0, ""), 9.0, grounded=True) == 1.0


def test_cues_alone_are_taken_at_their_word() -> None:
    assert believed(Behaviour(KIND, 0.55, ""), None, grounded=False) == 1.0
    assert believed(Behaviour(HARM, 0.55, ""), None, grounded=True) < 0.5


def test_plain_talk_is_put_neither_well_nor_badly() -> None:
    assert not list(put_so(0.0, "It is here.", [KIND]))
    assert [one.id for one in put_so(2.0, "It is here.", [KIND])] == ["well_put"]
    assert [one.id for one in put_so(-2.0, "It is here.", [KIND])] == ["badly_put"]


def test_the_better_put_the_more_it_soothes_and_never_where_it_hurts_or_says_nothing() -> None:
    good, better, best = (next(put_so(odds, "It is here.", [KIND])).amount for odds in (1.0, 4.0, 8.0))
    assert better - good > 1.0
    assert best - better > 1.0
    assert not list(put_so(2.0, "It is here.", [KIND, HARM]))
    assert not list(put_so(2.0, "Fine.", [KIND]))


@pytest.mark.parametrize("said", [(), ("greeting", "own_name"), ("thanks",)])
def test_manner_is_little_where_nothing_is_done(said: tuple[str, ...]) -> None:
    assert next(put_so(8.0, "It is here.", said)).amount == MOST_FOR_NOTHING


def test_a_courtesy_alone_is_never_badly_put() -> None:
    assert not list(put_so(-6.0, "Thank you for waiting.", ["thanks", "name_use"]))
    assert list(put_so(-6.0, "Thank you, but no.", ["thanks", "policy"]))
    assert list(put_so(-6.0, "These things happen.", []))


def test_how_a_call_is_opened_is_a_matter_of_form(flatpack: Pack, ring: Callable[..., Line]) -> None:
    text = "What would it be, then?"

    def manner(*before: str) -> set[str]:
        line = ring(flatpack)
        for one in (*before, text):
            line.wait(0.6)
            line.said.clear()
            line.speak(one, scores=Scores("x", (ClauseScores(0, len(text), {KIND: 0.9}, {}, 0.05),)))
        return {row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because}

    assert "badly_put" not in manner()
    assert "badly_put" in manner("Hello, how can I help?", "Tell me.")


def test_a_harm_that_no_cue_speaks_for_counts_half_at_most_and_as_far_as_it_is_put_bluntly() -> None:
    accusation = Behaviour(HARM, 1.0, "")
    shares = [believed(accusation, odds, grounded=False) for odds in (0.5, 0.0, -1.0, -2.0, -4.0)]
    assert shares == [0.0, 0.0, 0.25, 0.5, 0.5]
    assert believed(accusation, 0.5, grounded=True) == 1.0
    assert believed(Behaviour("rush", 1.0, ""), 0.5, grounded=False) == 0.0
    assert believed(Behaviour("rush", 1.0, ""), None, grounded=False) == 1.0


def test_praise_that_only_the_classifier_takes_for_blame_is_none(flatpack: Pack, ring: Callable[..., Line]) -> None:
    text = "You did exactly the right thing."

    def causes(tact: float) -> set[str]:
        line = ring(flatpack)
        whole = ClauseScores(0, len(text), {HARM: 0.99}, {}, tact)
        line.speak(text, scores=Scores("x", (whole,)))
        assert any(one.behaviours for one in line.said if isinstance(one, Appraisal)) == (tact < 0.5)
        return {row.cause for one in line.said if isinstance(one, MoodChanged) for row in one.because}

    assert HARM not in causes(0.6)
    assert HARM in causes(0.1)


@pytest.mark.parametrize("behaviour", [KIND, "plan_time"])
def test_comfort_and_help_are_worth_less_the_worse_they_are_put(behaviour: str) -> None:
    worse = (8.0, 2.0, 0.0, -1.5, -3.0, -NOTHING_LEFT, -8.0)
    left = [left_by(behaviour, odds) for odds in worse]
    assert left == sorted(left, reverse=True)
    assert left[0] > left[1] > left[2] > left[3] > left[4] > left[5] == left[6] == 0.0
    assert left[0] > 1.0 > left[1]
    assert left_by(HARM, -8.0) == left_by(HARM, 8.0) == 1.0


def test_where_no_model_has_read_it_the_table_stands() -> None:
    assert left_by(KIND, None) == 1.0


@pytest.mark.real
@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (
            "We apologise for any inconvenience caused and appreciate your continued patience.",
            "I'm sorry, forty minutes on hold after a whole day on that chair is far too long.",
        ),
        (
            "I fully understand your frustration and would be happy to assist you further today.",
            "That must have been awful, to have it come down in the middle of the night.",
        ),
    ],
)
def test_a_formula_comforts_nobody(formula: str, plain: str, flatpack: Pack, ring: Callable[..., Line]) -> None:
    def after(text: str) -> float:
        line = ring(flatpack)
        for said in ("Hello, how can I help?", text):
            line.wait(0.6)
            before = line.anger
            line.speak(said, scores=scorer_of(flatpack.id).score(said))
        return line.anger - before

    assert after(plain) < -4.0 < -2.0 < after(formula)


def test_no_phrase_beside_it_takes_from_how_a_turn_is_put() -> None:
    person = Person({})
    moment = Moment(anger=80.0, trust=50.0, floor=20.0, raised=0.0, used={"well_put": 5})

    def share(*others: Finding) -> float:
        rows = weigh((Finding("well_put", "", 2.0), *others), person, moment)
        return next(row.anger for row in rows if row.cause == "well_put")

    alone = share()
    assert alone == pytest.approx(-2.0)
    assert share(Finding("empathy", ""), Finding("ownership", "")) == pytest.approx(alone)
    assert share(Finding("dont_know", "")) == pytest.approx(alone)


def test_a_comfort_that_is_hardly_one_soothes_less_and_says_so(flatpack: Pack, ring: Callable[..., Line]) -> None:
    text = "That shelf was quite something."

    def after(sure: float, tact: float) -> tuple[float, str]:
        line = ring(flatpack)
        for one, scores in (("Hello, how can I help?", None), (text, (sure, tact))):
            line.wait(0.6)
            whole = ClauseScores(0, len(text), {KIND: scores[0]}, {}, scores[1]) if scores else None
            line.speak(one, scores=Scores("x", (whole,)) if whole else None)
        rows = [row for one in line.said if isinstance(one, MoodChanged) for row in one.because if row.cause == KIND]
        return rows[-1].delta, rows[-1].parameter

    sure, _ = after(0.99, 0.5)
    (doubted, note), (worse, _) = after(0.6, 0.5), after(0.6, 0.2)
    assert sure < doubted < worse < 0.0
    assert "believed: x0.60" in note
