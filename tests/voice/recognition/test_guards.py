from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.events import Word
from voice.recognition.guards import MOST_WORDS_PER_SECOND, repeats, sayable, unlooped


def said(text: str, start: float = 0.0, each_seconds: float = 0.3) -> list[Word]:
    return [
        Word(word, start + n * each_seconds, start + (n + 1) * each_seconds, 0.9) for n, word in enumerate(text.split())
    ]


def text(words: tuple[Word, ...] | list[Word]) -> str:
    return " ".join(word.text for word in words)


def test_what_was_said_stays() -> None:
    words = said("No, no, no, that's fine, that's fine, I can help, really, I can.")
    assert sayable(words, 5.0) == tuple(words)


def test_a_sentence_said_again_after_the_end_goes() -> None:
    words = said("Can you give me the address?") + said("Can you give me the address?", start=1.8, each_seconds=0.0)
    assert text(sayable(words, 1.8)) == "Can you give me the address?"


def test_a_sentence_said_again_within_no_time_goes_even_before_the_end() -> None:
    again = said("can I please get the entrance fee?", start=3.0, each_seconds=0.0)
    again[-1] = Word("fee?", 3.0, 3.3, 0.9)
    assert text(sayable([*said("Okay, can I please get the entrance fee?"), *again], 4.0)) == (
        "Okay, can I please get the entrance fee?"
    )


def test_three_words_squeezed_by_the_alignment_stay() -> None:
    words = [*said("I will do", each_seconds=0.04), *said("right away", start=0.6)]
    assert sayable(words, 2.0) == tuple(words)


def test_loops_keep_one_phrase_and_two_of_a_single_word() -> None:
    loop = " ".join(["the biblical narratives,"] * 9)
    assert text(unlooped(said(f"So {loop} yes"))) == "So the biblical narratives, yes"
    assert text(unlooped(said("no no no no no"))) == "no no no no no"
    assert text(unlooped(said("no " * 30))) == "no no"


def test_no_more_words_than_fit() -> None:
    words = said(" ".join(f"w{n}" for n in range(60)), each_seconds=0.07)
    assert len(sayable(words, 4.2)) == round(4.2 * MOST_WORDS_PER_SECOND)


spoken_words = st.lists(st.tuples(st.sampled_from(["no", "yes", "the", "a", "fee"]), st.floats(0, 1)), max_size=40)


@settings(deadline=None)
@given(spoken_words, st.floats(0.1, 20))
def test_nothing_is_added_changed_or_reordered(parts: list[tuple[str, float]], seconds: float) -> None:
    words, at = [], 0.0
    for word, length in parts:
        words.append(Word(word, at, at + length))
        at += length
    kept = sayable(words, seconds)
    rest = iter(words)
    assert all(any(word is other for other in rest) for word in kept)
    assert all(word.start < seconds for word in kept)


def test_a_phrase_that_comes_twice_in_a_row_is_noticed() -> None:
    assert repeats(said("The old stories, the old stories,"))
    assert repeats(said("well the old stories the old the old stories the old stories"))
    assert not repeats(said("No, no, no, thank you, thank you, we can do that and we can help."))
    assert not repeats([])


def test_a_short_yes_stays() -> None:
    assert text(sayable(said("Yes."), 0.06)) == "Yes."


def test_a_long_sentence_said_over_and_over_is_kept_once() -> None:
    sentence = "we will send it out to you first thing"
    assert text(unlooped(said(" ".join([sentence] * 5)))) == sentence
    assert repeats(said(f"{sentence} {sentence}"))
