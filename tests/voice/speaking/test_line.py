from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import Delivery, Reply
from voice.speaking.line import Played, SpokenLine, heard
from voice.synthesis.pieces import Piece, pieces

TEXT = st.text(st.sampled_from(list("aeioutrkln .,!?…'\"—-19")), max_size=120)


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


def test_a_comma_takes_its_time():
    def reached(line: str) -> int:
        """Samples after which its second word has begun to be heard."""
        parts = [Played(Piece(line, 0, len(line)), 0, 1000)]
        return next(n for n in range(1000) if len(heard(line, parts, n).split()) == 2)

    assert reached("Right, go on then") > reached("Right go on then") + 50


def test_a_line_that_has_sounded_to_its_end_was_heard_to_its_last_mark():
    text = "What? ..."
    parts = played(text)
    line = SpokenLine(Reply(0.0, 1, text, Delivery(40.0)), 0, queued=parts[-1].end + 500, played=parts, whole=True)
    assert line.cut_at(line.queued) == (line.queued, text)
    assert line.cut_at(line.queued - 1)[1] == "What?"
