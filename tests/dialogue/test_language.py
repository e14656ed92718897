"""Lengths of time, amounts and backchannels in spoken English."""

import pytest

from dialogue.language import amounts, backchannel, normal, quote, seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("give me two minutes", 120.0),
        ("half an hour", 1800.0),
        ("half a minute", 30.0),
        ("three quarters of an hour", 2700.0),
        ("twenty-five minutes", 1500.0),
        ("twenty five minutes", 1500.0),
        ("an hour and a half", 5400.0),
        ("one and a half hours", 5400.0),
        ("in 1.5 minutes", 90.0),
        ("0.5 hours", 1800.0),
        ("12,5 minutes", 750.0),
        ("about 2.5 working days", 216000.0),
        ("three working days", 259200.0),
        ("in a couple of hours", 7200.0),
        ("30 seconds", 30.0),
        ("just a moment", 60.0),
        ("ok", None),
    ],
)
def test_durations(text: str, expected: float | None) -> None:
    assert seconds(normal(text)) == expected


def test_backchannels() -> None:
    assert all(backchannel(text) for text in ("Mm-hm.", "okay", "I see", "right, yes"))
    assert not any(backchannel(text) for text in ("", "Okay, what is your order number?", "I see what you mean", "no"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That is eighteen pounds forty.", 18.4),
        ("so it is £18.40 all in all", 18.4),
        ("six hundred and forty euros", 640.0),
        ("one thousand two hundred", 1200.0),
        ("thirty-seven pounds and eighty pence", 37.8),
    ],
)
def test_amounts_are_heard_in_digits_and_in_words(text: str, expected: float) -> None:
    assert any(abs(one - expected) < 0.005 for one in amounts(text)), amounts(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("I'm stopping all of that,", "I'm stopping all of that"),
        ("What was it you were late for?", "What was it you were late for"),
        ("so " + 14 * "very " + "late for the train", "so " + 13 * "very " + "very late"),
    ],
)
def test_a_quotation_ends_where_it_was_said_to_or_before_what_dangles(text: str, quoted: str) -> None:
    assert quote(text) == quoted
