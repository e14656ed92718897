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
    give_the_benefit_of_the_doubt(probabilities, find(plain(text)))
    return set(probabilities)


def test_a_question_about_the_matter_is_no_haste_that_only_the_situation_suggests() -> None:
    assert "rush" not in _doubted("Is there a name or number moulded underneath?", rush=0.4)
    assert "rush" in _doubted("Is there a name or number moulded underneath?", rush=0.6)
    assert "rush" in _doubted("What is your account number?", rush=0.4)


def test_who_contradicts_neither_accuses_nor_owns_up_unless_a_cue_says_so() -> None:
    assert _doubted("The crew never touched it.", arguing=0.8, blaming=0.6, ownership=0.8) == {"arguing"}
    assert _doubted("The crew never touched it.", arguing=0.3, blaming=0.6) == {"arguing", "blaming"}
    assert "blaming" in _doubted("The crew never touched it.", arguing=0.8, blaming=0.9)
    assert "ownership" not in _doubted("I wouldn't call it that, I have to ask, that's my job.", ownership=0.8)
    assert "ownership" in _doubted("You never rang, but that's our mistake.", arguing=0.8, ownership=0.8)


def test_who_takes_back_one_reproach_may_still_argue() -> None:
    doubted = "I'm not saying it's your fault, I'm saying that's not true."
    assert "arguing" in _doubted(doubted, arguing=0.98)
    assert "arguing" not in _doubted("It's not your fault.", arguing=0.98)


def test_what_they_need_not_do_is_no_dead_end() -> None:
    for text in (
        "There is nothing you have to do.",
        "There's nothing more for you to fill in.",
        "Nothing you need, no.",
    ):
        assert _doubted(text, dont_know=0.99) == set(), text
    for text in ("There is nothing you can do.", "There is nothing I can do.", "There is nothing you have that helps."):
        assert _doubted(text, dont_know=0.8) == {"dont_know"}, text


def test_a_fault_that_is_denied_is_not_owned() -> None:
    assert "ownership" not in _doubted("I can't say that we made a mistake there.", ownership=0.91)
    assert "ownership" in _doubted("I can't say that we made a mistake there.", ownership=0.97)
    assert "ownership" in _doubted("It wasn't your mistake, we made a mistake.", ownership=0.91)


def test_sorry_for_how_they_took_it_is_no_apology() -> None:
    text = "I'm sorry for the wait, and I'm sorry you took it like that."
    assert _doubted(text, apology=0.9, non_apology=0.6) == {"non_apology"}
    assert _doubted(text, apology=0.99, non_apology=0.6) == {"apology", "non_apology"}
    assert _doubted(text, apology=0.9, non_apology=0.3) == {"apology", "non_apology"}


def test_one_sentence_does_not_help_and_harm() -> None:
    """Thanks that mock are none; but what another clause says stands."""
    mock = "Oh great, thanks for that."
    assert weighed(mock, {"rude": 0.95, "thanks": 0.7}) == {"rude"}
    assert weighed(mock, {"rude": 0.76, "thanks": 0.8}) == {"rude", "thanks"}
    said, ordered = "I'll ring them", "now you settle down"
    text = f"{said}, {ordered}"
    whole = ClauseScores(0, len(text), {"calm_down": 0.9, "ownership": 0.8}, {})
    clauses = [(0, len(said), {"ownership": 0.9}), (len(said) + 2, len(text), {"calm_down": 0.9})]
    scores = Scores("x", (whole, *(ClauseScores(*one, {}) for one in clauses)))
    assert {b.id for b in judge(text, scores, Context())} >= {"calm_down", "ownership"}


def _parts(text: str, *parts: tuple[str, dict[str, float]]) -> Scores:
    clauses = [ClauseScores(at := text.index(part), at + len(part), labels, {}) for part, labels in parts]
    return Scores("x", (ClauseScores(0, len(text), {}, {}), *clauses))


def test_a_clause_of_a_long_turn_accuses_nobody_but_by_a_cue() -> None:
    kind, cue = "You had every reason to ask", "You never read the letter"
    rest = ", and the figures that we went through together will be with you in large print within three working days"
    for clause, accused in ((kind, False), (cue, True)):
        text = f"{clause}{rest}. Thank you for ringing me about it, and good luck with all of it."
        judged = judge(text, _parts(text, (clause, {"blaming": 0.98})), Context())
        assert ("blaming" in {one.id for one in judged}) is accused


def test_words_that_show_it_stand_in_one_sentence() -> None:
    """A cue may reach across a full stop; what is quoted does not."""
    worse, plan = "I'd have been worse.", "And tonight I read the draft"
    text = f"{worse} {plan}, all of it."
    scores = _parts(text, (worse, {"plan_time": 0.1}), (plan, {"plan_time": 0.8}))
    whole = ClauseScores(0, len(text), {"plan_time": 0.9}, {})
    judged = judge(text, Scores("x", (whole, *scores.clauses[1:])), Context())
    assert [one.evidence for one in judged if one.id == "plan_time"] == [plan]
