import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import Samples
from voice.devices.playback import Playback

RATE = 1_000
"""So that the fade is 5 samples."""


def ramp(count: int) -> Samples:
    return (np.arange(1, count + 1) / 1000).astype(np.float32)


def test_what_is_added_comes_out_in_order_and_then_silence() -> None:
    playback = Playback(RATE)
    playback.add(ramp(10))
    playback.add(-ramp(5))
    assert np.array_equal(playback.pull(8), ramp(10)[:8])
    assert np.array_equal(playback.pull(10), np.concatenate([ramp(10)[8:], -ramp(5), np.zeros(3, np.float32)]))
    assert (playback.played, playback.pending) == (15, 0)


def test_clearing_is_silent_after_a_fade_that_is_not_counted() -> None:
    playback = Playback(RATE)
    playback.add(np.ones(100, np.float32))
    playback.pull(20)
    playback.clear()
    assert (playback.played, playback.pending) == (20, 0)
    assert np.allclose(playback.pull(20), [1.0, 0.75, 0.5, 0.25, 0.0] + [0.0] * 15)
    assert playback.played == 20


def test_what_is_added_after_clearing_follows_the_fade() -> None:
    playback = Playback(RATE)
    playback.add(np.ones(100, np.float32))
    playback.pull(20)
    playback.clear()
    playback.add(ramp(10))
    assert np.allclose(playback.pull(15)[5:], ramp(10))
    assert playback.played == 30


def test_clearing_before_anything_sounded_leaves_nothing() -> None:
    playback = Playback(RATE)
    playback.add(np.ones(100, np.float32))
    playback.clear()
    assert not playback.pull(50).any()


def test_too_loud_is_clipped_and_the_given_array_left_alone() -> None:
    playback = Playback(RATE)
    samples = np.array([2.0, -2.0], np.float32)
    playback.add(samples)
    samples[:] = 0
    assert np.array_equal(playback.pull(2), np.array([1.0, -1.0], np.float32))


@given(st.lists(st.one_of(st.integers(0, 30).map(lambda n: ("add", n)), st.integers(1, 30).map(lambda n: ("pull", n)))))
def test_every_sample_is_played_once(steps: list[tuple[str, int]]) -> None:
    playback = Playback(RATE)
    added, out, count = 0, [np.zeros(0, np.float32)], 0
    for what, amount in steps:
        if what == "add":
            playback.add((np.arange(added, added + amount) + 1).astype(np.float32) / 10_000)
            added += amount
        else:
            out.append(playback.pull(amount))
            count += amount
        assert playback.played + playback.pending == added
    sounded = np.concatenate(out)
    sounded = sounded[sounded != 0]
    assert np.allclose(sounded, (np.arange(playback.played) + 1) / 10_000)
