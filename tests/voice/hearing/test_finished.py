import pytest

from voice.hearing.finished import (
    CLOSED_SECONDS,
    DICTATION_SECONDS,
    EVEN_LOG_ODDS,
    FEW_WORDS_LOG_ODDS,
    OPEN_SECONDS,
    UNFINISHED_SECONDS,
    USUAL_SECONDS,
    silence_needed,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("I can imagine that was annoying and", UNFINISHED_SECONDS),
        ("Let me look into the", UNFINISHED_SECONDS),
        ("The parcel comes from...", UNFINISHED_SECONDS),
        ("So, um", UNFINISHED_SECONDS),
        ("I’ll", UNFINISHED_SECONDS),
        ("Well, first of all,", OPEN_SECONDS),
        ("What I would like to do is", OPEN_SECONDS),
        ("Yes, I understand that", OPEN_SECONDS),
        ("Then she told the driver", OPEN_SECONDS),
        ("then she told the driver", USUAL_SECONDS),  # some engines write no stops
        ("", OPEN_SECONDS),
        ("...", OPEN_SECONDS),
        ("I can send you a new one tomorrow.", USUAL_SECONDS),
        ("I will look into it.", USUAL_SECONDS),
        ("Which island.", USUAL_SECONDS),  # ends in "and", and in "island"
        ("Is that all right for you?", CLOSED_SECONDS),
        ("And what did the", UNFINISHED_SECONDS),
        ("Thank you", CLOSED_SECONDS),
        ("How can I help you", CLOSED_SECONDS),
        ("The number is four seven one", DICTATION_SECONDS),
        ("It is 0471 22", DICTATION_SECONDS),
        ("My number is 555-", DICTATION_SECONDS),
        ("That was in 2024.", USUAL_SECONDS),
        ("It costs 200.", USUAL_SECONDS),
        ("We have two.", USUAL_SECONDS),
        ("Give me five minutes.", USUAL_SECONDS),
    ],
)
def test_how_long_a_pause_must_last(text: str, seconds: float) -> None:
    assert silence_needed(text) == seconds


def test_punctuation_and_case_of_the_engine_do_not_hide_the_last_word() -> None:
    assert silence_needed("i was going to ask about THE.") == UNFINISHED_SECONDS


SURE, DOUBTED = EVEN_LOG_ODDS + 0.1, EVEN_LOG_ODDS - 0.1


@pytest.mark.parametrize(
    ("text", "finished", "seconds"),
    [
        ("I can send you a new one tomorrow.", None, USUAL_SECONDS),
        ("I can send you a new one tomorrow.", SURE, USUAL_SECONDS),
        ("I can send you a new one tomorrow.", DOUBTED, UNFINISHED_SECONDS),
        ("Is that all right for you?", SURE, CLOSED_SECONDS),
        ("Is that all right for you?", DOUBTED, UNFINISHED_SECONDS),
        ("My name is Kim. How can I help you today?", DOUBTED - 3.0, CLOSED_SECONDS),
        ("All done then. Goodbye.", DOUBTED - 3.0, CLOSED_SECONDS),
        ("I can imagine that was annoying and", SURE + 3.0, UNFINISHED_SECONDS),
        ("I can imagine that was annoying and", DOUBTED - 3.0, UNFINISHED_SECONDS),
        ("It is 0471 22", DOUBTED - 3.0, DICTATION_SECONDS),
    ],
)
def test_what_sounds_as_if_more_were_to_come_is_waited_for_and_words_are_never_waited_for_less(
    text: str, finished: float | None, seconds: float
) -> None:
    assert silence_needed(text, finished) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("All right then.", UNFINISHED_SECONDS),
        ("I have your order.", UNFINISHED_SECONDS),
        ("I have your order here.", USUAL_SECONDS),
        ("What has happened?", CLOSED_SECONDS),  # asked, not begun
        ("Thank you.", CLOSED_SECONDS),
    ],
)
def test_a_statement_of_a_few_words_is_a_beginning_unless_it_surely_sounds_over(text: str, seconds: float) -> None:
    assert silence_needed(text, SURE) == seconds
    assert silence_needed(text, SURE - FEW_WORDS_LOG_ODDS) <= USUAL_SECONDS
    assert silence_needed(text) <= USUAL_SECONDS  # a breath, which goes by the words alone, is not put off
