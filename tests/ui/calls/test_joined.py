"""Two halves of a turn as one."""

from dataclasses import replace

import pytest

from dialogue.events import ClauseScores, Prosody, Scores, Utterance, Word
from ui.calls.provisional_turn import joined


def test_two_halves_keep_their_words_and_weigh_their_voices_by_length() -> None:
    first = Utterance(
        3.4, 1.0, 3.0, "Hello there", "voice", (Word("Hello", 1, 2, 0.8), Word("there", 2, 3, 0.6)), 0.7,
        Prosody(3.0, -30.0, 100.0, 4.0, 3.0, 0.1, -10.0), 0.2,
    )  # fmt: skip
    second = Utterance(
        5.4, 3.8, 4.8, "friend.", "voice", (Word("friend.", 3.8, 4.8, 1.0),), 1.0,
        Prosody(1.0, -26.0, None, None, 5.0, 0.0, -14.0), 0.5,
    )  # fmt: skip
    whole = joined(first, second)
    assert whole.text == "Hello there friend."
    assert (whole.t, whole.start, whole.end, whole.overlap_seconds) == (5.4, 1.0, 4.8, 0.2)
    assert [word.text for word in whole.words] == ["Hello", "there", "friend."]
    assert whole.confidence == pytest.approx(0.8)
    assert whole.prosody is not None
    assert (whole.prosody.seconds, whole.prosody.loudness_dbfs, whole.prosody.pitch_hz) == (4.0, -29.0, 100.0)
    scored = replace(second, scores=Scores("x", (ClauseScores(0, 7, {}, {}, 0.5),)))
    assert joined(first, scored).scores is None  # they are of half the text
