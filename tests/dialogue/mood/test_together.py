"""What one turn holds side by side: kindness beside what was left out, many kind words, much relief at once."""

import pytest

from dialogue.mood import Finding, Moment, Person, weigh
from dialogue.mood.weighing import AT_ONCE, BEYOND, MIXED

NOW = Moment(anger=60.0, trust=50.0, floor=0.0, raised=0.0, used={})


def weighed(*findings: Finding) -> dict[str, float]:
    """Anger points by cause, in the order in which they are felt."""
    return {one.cause: one.anger for one in weigh(findings, Person({}), NOW)}


def test_to_have_brought_nothing_for_long_takes_nothing_from_what_is_said_now() -> None:
    felt, circles = Finding("empathy", "felt"), Finding("no_progress", "6 turns", 3.0)
    assert weighed(felt, circles)["empathy"] == pytest.approx(weighed(felt)["empathy"])
    rude = Finding("rude", "rude")
    assert weighed(rude, circles)["no_progress"] < weighed(circles)["no_progress"]


def test_the_strongest_kindness_of_a_turn_is_the_one_that_is_felt_whole() -> None:
    """As far as it is left: half an apology is less than whole thanks."""
    half, thanks = Finding("apology", "sorry", 0.2), Finding("thanks", "thank you")
    both = weighed(half, thanks)
    assert list(both) == ["thanks", "apology"]
    assert both["thanks"] == pytest.approx(weighed(thanks)["thanks"])


def test_kind_words_on_top_of_a_great_relief_add_less() -> None:
    met, felt = Finding("need_met", "a need", 0.5), Finding("empathy", "felt")
    alone, after = weighed(felt)["empathy"], weighed(met, felt)
    assert after["need_met"] == pytest.approx(-AT_ONCE - (13.5 - AT_ONCE) * BEYOND)
    assert after["empathy"] == pytest.approx(alone * BEYOND)


def test_relief_is_measured_from_the_height_that_the_same_turn_has_brought_them_to() -> None:
    """What has hurt is not made good at once by what comes behind it."""
    rows = weighed(Finding("rude", "rude"), Finding("need_met", "a need", 2.0))
    offered = 2.0 * 27.0 * MIXED
    assert offered > AT_ONCE
    assert rows["need_met"] == pytest.approx(-AT_ONCE - (offered - AT_ONCE) * BEYOND)
