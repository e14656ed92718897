"""How a turn is put, whatever it does."""

import pytest

from dialogue.content.tact import tact
from dialogue.events import ClauseScores, Scores
from tests.dialogue.scorers import scorer_for

TEXT = "The van is on its way. These things do happen, you know."
FIRST, SECOND = (0, 22), (23, len(TEXT))


def scores(whole: float | None, *sentences: tuple[tuple[int, int], float]) -> Scores:
    return Scores(
        "x",
        (ClauseScores(0, len(TEXT), {}, {}, whole),),
        tuple(ClauseScores(start, end, {}, {}, share) for (start, end), share in sentences),
    )


def test_plain_talk_and_what_was_never_judged_weigh_nothing() -> None:
    assert tact(TEXT, scores(0.5)) == (0.0, TEXT)
    assert tact(TEXT, scores(None))[0] == 0.0
    assert tact(TEXT, None)[0] == 0.0
    assert tact("", Scores("x", ()))[0] == 0.0


def test_the_sentence_that_weighs_most_against_the_turn_is_quoted() -> None:
    odds, words = tact(TEXT, scores(0.2, (SECOND, 0.1)))
    assert odds < -1.0
    assert words == "These things do happen, you know."


def test_nothing_is_certain() -> None:
    assert tact(TEXT, scores(0.0))[0] == pytest.approx(-tact(TEXT, scores(1.0))[0])
    assert tact(TEXT, scores(0.0))[0] > -9.0


@pytest.mark.real
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The plumber is with you at four today.", "The plumber should hopefully be with you at some point today."),
        ("You sat in the cold for two nights.", "At least it was only two nights that you sat in the cold."),
        ("I lost your form, and I'm sorry.", "I'm sorry, but we've had hundreds of forms this week."),
        ("Your mother waited an hour for us.", "You claim your mother waited an hour for us."),
        ("That's a lot of money to be without. I'm looking now.", "Ha, well, it's only money! I'm looking now."),
    ],
)
def test_the_better_put_of_two_replies_has_more_of_it(better: str, worse: str) -> None:
    scorer = scorer_for({})
    assert tact(better, scorer.score(better))[0] > tact(worse, scorer.score(worse))[0]


@pytest.mark.real
def test_empty_flattery_is_not_well_put() -> None:
    text = "You're amazing, you're such a valued customer, and I'm delighted to be speaking to you today!"
    assert tact(text, scorer_for({}).score(text))[0] < 0.5
