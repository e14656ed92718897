"""What espeak-ng is given to read instead of what it reads wrongly."""

import pytest

from voice.synthesis.espeak_spelling import readable


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It cost £42.50.", "It cost 42 pounds 50."),
        ("It cost £1, then $1,200, then €0.05!", "It cost 1 pound, then 1200 dollars, then 5 cents!"),
        ("£42.00 or £0.99", "42 pounds or 99 p"),
        ("At 7:30 pm, or at 9:05.", "At 7 30 pm, or at 9 oh 5."),
        ("At 7:00, 7.30 pm, 7:00pm or 19:00.", "At 7 o'clock, 7 30 pm, 7pm or 19 hundred."),
        ("24/7", "24 7"),
        ("Mm-hm. Hm, well. Hmm.", "um-hmm. hmm, well. Hmm."),
        ("Six hundred and forty, page one and two", "Six hundred-and forty, page one-and two"),
    ],
)
def test_sums_times_and_numbers_are_written_as_they_are_said(text, read):
    assert readable(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "Anyone and everyone.", "Version 7.30", "12:305", "£42.505", "and/or", "The ratio is 3:2.", "It's a hundred."],
)
def test_everything_else_stays_as_it_is(text):
    assert readable(text) == text


@pytest.mark.parametrize("text", ["Two hundred and six", "£9.99 at 8:15 am and 9:00", "24/7"])
def test_what_is_readable_is_not_changed_again(text):
    assert readable(readable(text)) == readable(text)
