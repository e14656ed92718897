import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.spoken import Piece, Played, heard, pieces

TEXT = st.text(st.sampled_from(list("aeioutrkln .,!?…'\"—-19")), max_size=120)


def texts(line: str, opener: str = "") -> list[str]:
    return [piece.text for piece in pieces(line, opener)]


def test_a_line_is_spoken_sentence_by_sentence():
    assert texts("I called twice. Nobody came! What now?") == ["I called twice.", "Nobody came!", "What now?"]


def test_the_opener_is_a_piece_of_its_own():
    assert texts("Look, I called twice. What now?", "Look,") == ["Look,", "I called twice.", "What now?"]
    assert texts("Look, I called twice.", "Well,") == ["Look, I called twice."]
    assert texts("Look.", "Look.") == ["Look."]


@pytest.mark.parametrize(
    "line",
    [
        "Mrs. Alvarez told me so.",
        "It was Dr. Green who called.",
        "My name is J. Porter and I pay 42.50 a month.",
        "It costs 3.5 times as much",
    ],
)
def test_a_full_stop_that_ends_nothing_cuts_nothing(line):
    assert texts(line) == [line]


def test_no_is_a_sentence_and_dots_alone_are_not():
    assert texts("No. No. I said no.") == ["No.", "No.", "I said no."]
    assert texts("So do I. And then?") == ["So do I.", "And then?"]
    assert texts("…") == []
    assert texts("") == []


@given(TEXT, st.integers(0, 10))
def test_pieces_are_parts_of_the_line_in_order_and_lose_no_word(line, cut):
    opener = line[:cut]
    at = 0
    for piece in pieces(line, opener):
        assert line[piece.start : piece.end] == piece.text
        assert not any(character.isalnum() for character in line[at : piece.start])
        at = piece.end
    assert not any(character.isalnum() for character in line[at:])


def played(line: str, opener: str = "") -> list[Played]:
    """As if each piece took 100 samples a character, with 500 samples between pieces."""
    at, parts = 0, []
    for piece in pieces(line, opener):
        parts.append(Played(piece, at, at + 100 * len(piece.text)))
        at = parts[-1].end + 500
    return parts


@given(TEXT, st.integers(0, 20_000), st.integers(0, 20_000))
def test_what_was_heard_is_a_beginning_that_only_grows(line, one, other):
    less, more = (heard(line, played(line), samples) for samples in sorted((one, other)))
    assert line.startswith(more)
    assert more.startswith(less)


@given(TEXT)
def test_nothing_played_is_nothing_heard_and_all_played_is_every_word(line):
    parts = played(line)
    assert heard(line, parts, 0) == ""
    whole = heard(line, parts, parts[-1].end if parts else 0)
    assert not any(character.isalnum() for character in line[len(whole) :])


def test_words_are_whole_and_long_ones_take_longer():
    line = "I unfortunately agree."
    piece = Piece(line, 0, len(line))
    parts = [Played(piece, 0, 1000)]
    assert heard(line, parts, 60) == "I"
    assert heard(line, parts, 250) == "I"
    assert heard(line, parts, 500) == "I unfortunately"
    assert heard(line, parts, 999) == line


def test_a_number_takes_as_long_as_saying_it():
    line = "pay 4250 now"
    parts = [Played(Piece(line, 0, len(line)), 0, 1000)]
    assert heard(line, parts, 450) == "pay"
    assert heard(line, parts, 700) == "pay 4250"


def test_between_two_pieces_all_of_the_first_was_heard():
    line = "I called twice. What now?"
    parts = played(line)
    assert heard(line, parts, parts[0].end + 200) == "I called twice."
