"""Cues weighed against the classifier's scores, which are made up here."""

from dialogue.content import Context, judge
from dialogue.content.doubt import give_the_benefit_of_the_doubt
from dialogue.content.plain import plain
from dialogue.content.rules import find
from dialogue.events import ClauseScores, Scores
from tests.dialogue.content.cues import ids


def weighed(text: str, labels: dict[str, float]) -> set[str]:
    """The behaviours in `text` where the classifier gives it `labels`, 0..1 each."""
    scores = Scores("x", (ClauseScores(0, len(text), labels, {}),))
    return {behaviour.id for behaviour in judge(text, scores, Context())}


def test_a_rule_with_a_way_round_it_hides_no_refusal() -> None:
    text = "It's in the contract, and I can look for another way with you."
    assert weighed(text, {"policy": 0.8}) == {"policy"}
    assert weighed(text, {"policy": 0.8, "option": 0.8}) == {"option"}
    assert weighed(text, {"policy": 0.98, "option": 0.8}) == {"option", "policy"}


def test_a_cue_that_the_classifier_rejects_is_not_acted_on() -> None:
    text = "The parcel was delivered on Tuesday at noon, and I'm sending nothing tomorrow."
    assert "plan_time" in ids(text)
    assert "plan_time" not in weighed(text, {"apology": 0.02})
    assert "plan_time" in weighed(text, {"plan_time": 0.6})
    assert "plan_time" in weighed(text, {}), "without a classifier the cues alone decide"


def _doubted(text: str, **probabilities: float) -> set[str]:
    turn = plain(text)
    give_the_benefit_of_the_doubt(probabilities, turn, find(turn))
    return set(probabilities)


def test_a_question_about_the_matter_is_no_haste_that_only_the_situation_suggests() -> None:
    assert "rush" not in _doubted("Is there a name or number moulded underneath?", rush=0.4)
    assert "rush" in _doubted("Is there a name or number moulded underneath?", rush=0.6)
    assert "rush" in _doubted("What is your account number?", rush=0.4)


def test_a_limit_behind_which_help_waits_is_no_refusal_by_the_rules() -> None:
    limit = "I can't go on while you swear, but I want to help you."
    assert "policy" not in _doubted(limit, policy=0.7, boundary=0.9, help_offer=0.8)
    assert "policy" in _doubted(limit, policy=0.7, boundary=0.9)
