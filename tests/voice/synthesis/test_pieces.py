import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.synthesis.pieces import pieces

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
