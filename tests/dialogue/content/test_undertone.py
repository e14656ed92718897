"""A sentence that sounds harsh though no cue says so: it leaves a little behind, and accuses nobody."""

import pytest

from dialogue.content.undertone import undertone
from dialogue.events import Behaviour, ClauseScores, Scores
from tests.dialogue.content.cues import ids

KIND, SHARP = "I'll book a crew for tomorrow.", "Your bin was likely out late."
TEXT = f"{KIND} {SHARP}"


def scored(text: str, sharp: str, labels: dict[str, float], tact: float | None = None) -> Scores:
    start = text.index(sharp)
    one = ClauseScores(start, start + len(sharp), labels, {}, tact)
    return Scores("x", (ClauseScores(0, len(text), {}, {}), one), (one,))


def test_it_is_the_surest_harm_of_one_sentence_in_its_own_words() -> None:
    found = undertone(TEXT, scored(TEXT, SHARP, {"blaming": 0.9, "arguing": 0.6}), ())
    assert found == Behaviour("blaming", 0.9, SHARP)


@pytest.mark.parametrize("labels", [{"blaming": 0.45}, {"policy": 0.95}, {"step_offer": 0.9}, {}])
def test_a_score_in_doubt_or_of_another_kind_is_nothing(labels: dict[str, float]) -> None:
    assert undertone(TEXT, scored(TEXT, SHARP, labels), ()) is None


@pytest.mark.parametrize("judged", ["rude", "arguing", "blaming", "empathy", "ownership", "thanks"])
def test_a_harm_that_is_known_counts_once_and_a_turn_that_means_well_is_let_be(judged: str) -> None:
    assert undertone(TEXT, scored(TEXT, SHARP, {"blaming": 0.9}), (Behaviour(judged, 0.9, TEXT),)) is None


def test_what_is_put_as_plainly_as_other_talk_leaves_nothing() -> None:
    assert undertone(TEXT, scored(TEXT, SHARP, {"blaming": 0.9}, tact=0.1), ()) is not None
    assert undertone(TEXT, scored(TEXT, SHARP, {"blaming": 0.9}, tact=0.45), ()) is None


def test_what_takes_blame_off_them_is_no_blame_however_it_scores() -> None:
    text = "It wasn't your mistake."
    assert "blaming" not in ids(text)
    assert undertone(text, scored(text, text, {"blaming": 0.9}), ()) is None


def test_without_scores_there_is_none() -> None:
    assert undertone(TEXT, None, ()) is None
