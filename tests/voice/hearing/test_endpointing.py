import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import SAMPLE_RATE
from voice.hearing.endpointing import Endpoint, Endpointer, MaybeOver, Resumed, Rules, SpeechBegan, TurnOver

CHUNK = 512
"""32 ms."""


def endpoints(picture: str, rules: Rules | None = None) -> list[Endpoint]:
    """What a row of chunks decides: "#" is speech, "." silence, "+" between the two thresholds."""
    endpointer = Endpointer(rules)
    probability = {"#": 0.9, "+": 0.4, ".": 0.05}
    return [found for each in picture for found in endpointer.feed(probability[each], CHUNK)]


def test_a_turn_begins_where_speech_began_and_ends_where_it_ended() -> None:
    assert endpoints("...." + "#" * 20 + "." * 20) == [
        SpeechBegan(4 * CHUNK),
        MaybeOver(24 * CHUNK),
        TurnOver(4 * CHUNK, 24 * CHUNK, credible=True),
    ]


def test_the_end_is_suspected_after_90_ms_and_decided_after_450_ms() -> None:
    endpointer = Endpointer()
    for _ in range(20):
        endpointer.feed(0.9, CHUNK)
    silent_until = {type(found): n * CHUNK / SAMPLE_RATE for n in range(1, 20) for found in endpointer.feed(0.0, CHUNK)}
    assert silent_until == {MaybeOver: 0.096, TurnOver: 0.48}  # the first whole chunks at which each limit is reached


def test_clicks_never_begin_a_turn() -> None:
    assert endpoints(("##" + "." * 10) * 20) == []
    assert endpoints("#.." * 50) == []


def test_speech_with_a_short_gap_at_its_onset_begins_a_turn() -> None:
    assert endpoints("#.##")[0] == SpeechBegan(0)


def test_a_weak_syllable_neither_begins_nor_ends_a_turn() -> None:
    assert endpoints("+" * 30) == []
    assert endpoints("#" * 10 + "+" * 30) == [SpeechBegan(0)]


def test_a_short_pause_is_no_pause() -> None:
    assert endpoints("#" * 10 + ".." + "#" * 10) == [SpeechBegan(0)]


def test_a_pause_that_ends_in_speech_resumes_the_turn() -> None:
    found = endpoints("#" * 10 + "." * 10 + "#" * 10 + "." * 20)
    assert found == [
        SpeechBegan(0),
        MaybeOver(10 * CHUNK),
        Resumed(20 * CHUNK),
        MaybeOver(30 * CHUNK),
        TurnOver(0, 30 * CHUNK, credible=True),
    ]


def test_a_click_in_the_last_silence_does_not_resume_the_turn() -> None:
    assert endpoints("#" * 20 + "." * 8 + "#" + "." * 8)[-1] == TurnOver(0, 20 * CHUNK, credible=True)


def test_the_pause_going_on_can_be_made_longer_and_the_next_is_usual_again() -> None:
    endpointer = Endpointer()

    def feed(probability: float, chunks: int) -> list[Endpoint]:
        return [found for _ in range(chunks) for found in endpointer.feed(probability, CHUNK)]

    feed(0.9, 20)
    assert feed(0.0, 6) == [MaybeOver(20 * CHUNK)]
    endpointer.wait(1.0)
    assert feed(0.0, 24) == []  # 30 chunks are 0.96 s
    assert feed(0.9, 10) == [Resumed(50 * CHUNK)]
    assert feed(0.0, 20) == [MaybeOver(60 * CHUNK), TurnOver(0, 60 * CHUNK, credible=True)]


def test_whoever_has_just_taken_up_the_turn_is_not_cut_off_by_a_shorter_wait() -> None:
    endpointer = Endpointer()

    def feed(probability: float, chunks: int) -> list[Endpoint]:
        return [found for _ in range(chunks) for found in endpointer.feed(probability, CHUNK)]

    feed(0.9, 20)
    endpointer.wait(math.inf)
    assert feed(0.0, 20) == [MaybeOver(20 * CHUNK)]
    assert feed(0.9, 1) == []
    assert endpointer.wait(0.3) == ()  # the words before the pause are known only now
    assert feed(0.9, 1) == [Resumed(40 * CHUNK)]


def test_a_pause_made_longer_for_one_turn_is_usual_in_the_next() -> None:
    endpointer = Endpointer()

    def feed(probability: float, chunks: int) -> list[Endpoint]:
        return [found for _ in range(chunks) for found in endpointer.feed(probability, CHUNK)]

    feed(0.9, 20)
    endpointer.wait(1.0)
    assert feed(0.0, 40)[-1] == TurnOver(0, 20 * CHUNK, credible=True)
    feed(0.9, 20)
    assert feed(0.0, 15)[-1] == TurnOver(60 * CHUNK, 80 * CHUNK, credible=True)


def test_a_turn_with_hardly_any_speech_in_it_is_not_credible() -> None:
    assert endpoints("####" + "." * 20)[-1] == TurnOver(0, 4 * CHUNK, credible=False)  # 0.13 s
    sparse = "###" + ("." * 13 + "##") * 10 + "." * 20  # taken up again and again by a keyboard
    assert endpoints(sparse)[-1] == TurnOver(0, 153 * CHUNK, credible=False)


def test_nobody_can_speak_for_ever() -> None:
    rules = Rules(longest_turn_seconds=2.0)
    found = endpoints("#" * 200, rules)
    assert found[:2] == [SpeechBegan(0), TurnOver(0, 63 * CHUNK, credible=True)]
    assert isinstance(found[2], SpeechBegan)
    usual = endpoints("#" * 2000)[1]  # a television does not keep the customer waiting for more than a minute
    assert isinstance(usual, TurnOver)
    assert usual.end / SAMPLE_RATE == pytest.approx(60.0, abs=0.04)


def test_flush_closes_an_open_turn_only() -> None:
    endpointer = Endpointer()
    assert endpointer.flush() == ()
    for _ in range(10):
        endpointer.feed(0.9, CHUNK)
    assert endpointer.flush() == (TurnOver(0, 10 * CHUNK, credible=True),)
    assert endpointer.flush() == ()


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 12)), max_size=60))
def test_whatever_is_heard_turns_are_well_formed(runs: list[tuple[float, int]]) -> None:
    endpointer = Endpointer(Rules(longest_turn_seconds=3.0))
    found: list[Endpoint] = []
    position = 0
    for probability, chunks in runs:
        for _ in range(chunks):
            position += CHUNK
            for each in endpointer.feed(probability, CHUNK):
                found.append(each)
                last = each.end if isinstance(each, TurnOver) else each.sample
                assert 0 <= last <= position
    found += endpointer.flush()
    allowed = {
        SpeechBegan: (MaybeOver, TurnOver),
        MaybeOver: (Resumed, TurnOver),
        Resumed: (MaybeOver, TurnOver),
        TurnOver: (SpeechBegan,),
    }
    for one, next_one in pairwise(found):
        assert isinstance(next_one, allowed[type(one)])
    assert not found or (isinstance(found[0], SpeechBegan) and isinstance(found[-1], TurnOver))
    turns = [each for each in found if isinstance(each, TurnOver)]
    assert all(turn.start < turn.end for turn in turns)
    assert all(one.end <= other.start for one, other in pairwise(turns))


@given(st.lists(st.floats(0, 1), max_size=300))
def test_the_same_sound_gives_the_same_turns(probabilities: list[float]) -> None:
    one, other = Endpointer(), Endpointer()
    assert [one.feed(each, CHUNK) for each in probabilities] == [other.feed(each, CHUNK) for each in probabilities]


def test_the_next_turn_begins_afresh() -> None:
    turn = "#" * 20 + "." * 8 + "#" + "." * 20
    later = len(turn) * CHUNK
    assert endpoints(turn) == [SpeechBegan(0), MaybeOver(20 * CHUNK), TurnOver(0, 20 * CHUNK, credible=True)]
    assert endpoints(turn * 2)[3:] == [
        SpeechBegan(later),
        MaybeOver(later + 20 * CHUNK),
        TurnOver(later, later + 20 * CHUNK, credible=True),
    ]


def test_who_pauses_does_not_speak_and_is_in_the_turn() -> None:
    endpointer = Endpointer()
    told = []
    for probability, chunks in ((0.0, 5), (0.9, 10), (0.0, 6), (0.9, 5), (0.0, 20)):
        for _ in range(chunks):
            endpointer.feed(probability, CHUNK)
        told.append((endpointer.speaking, endpointer.in_turn))
    assert told == [(False, False), (True, True), (False, True), (True, True), (False, False)]
