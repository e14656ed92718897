"""The yardstick of every word error: what counts as the same words, and what does not."""

import pytest

from benchmarks.voices import interval
from benchmarks.wording import edits, normalise, word_error


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Lee's at twenty five King-St., um, OK?", "doctor lee's at 2 5 king st okay"),
        ("two hundred and fourteen jobs", "214 jobs"),
        ("a hundred and sixty, not a thousand and one", "160 not 1001"),
        ("three thousand and five hundred", "3500"),
        ("Nineteenth to thirtieth, first to twenty-first", "19th to 30th, 1st to 21st"),
        ("four four one, oh seven", "44107"),
    ],
)
def test_what_two_fair_listeners_write_differently_is_the_same(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two hundred and a few", "two hundred a few"),
        ("hundred and five", "hundred five"),
        ("and five", "five"),
        ("one or two and three", "one or two three"),
        ("the nineteenth", "nineteen"),
        ("the ninth", "the 19th"),
        ("fifty and a hundred", "150"),
        ("a hundred", "hundred"),
    ],
)
def test_other_words_stay_other_words(one, other):
    assert normalise(one) != normalise(other)


def test_a_word_error_is_edits_over_what_was_said():
    assert edits(tuple("abcd"), tuple("axde")) == 3
    assert word_error([("good for vans", "good for fans"), ("no", "no")]) == 0.25


def test_the_interval_of_a_word_error_holds_it_and_narrows_with_more_lines():
    lines = [("one two three four five", "one two three four nine"), ("so it goes", "so it goes")]
    low, high = interval(lines * 10)
    narrow_low, narrow_high = interval(lines * 100)
    assert low < narrow_low < word_error(lines) < narrow_high < high
