"""What a trainer may hear: both voices mixed, at whatever rates, silent where muted, and only while it is open."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import SAMPLE_RATE, Samples
from voice.monitoring import mulaw
from voice.monitoring.tap import LATE_PIECES, PIECE_SAMPLES, Tap


def tone(hertz: float, rate: int, seconds: float = 1.0, loudness: float = 0.3) -> Samples:
    t = np.arange(int(rate * seconds)) / rate
    return (loudness * np.sin(2 * np.pi * hertz * t)).astype(np.float32)


def blocks(samples: Samples, rate: int) -> list[Samples]:
    return np.split(samples, range(rate // 50, len(samples), rate // 50))


def power(samples: Samples, hertz: float) -> float:
    """Of that tone in it, 0..1 of a full-scale one."""
    t = np.arange(len(samples)) / SAMPLE_RATE
    return float(abs(np.mean(samples * np.exp(-2j * np.pi * hertz * t))) * 2)


@pytest.mark.parametrize(("microphone", "headphones"), [(16_000, 48_000), (44_100, 24_000)])
def test_both_voices_are_heard_whatever_the_rates(microphone: int, headphones: int) -> None:
    tap, heard = Tap(), list[Samples]()
    tap.open(heard.append)
    for mine, theirs in zip(
        blocks(tone(440, microphone), microphone), blocks(tone(1000, headphones), headphones), strict=True
    ):
        tap.heard(mine)
        tap.played(theirs)
    assert {len(piece) for piece in heard} == {PIECE_SAMPLES}
    assert len(heard) >= 8
    whole = np.concatenate(heard[2:])  # the resamplers have begun
    assert power(whole, 440) == pytest.approx(0.3, abs=0.02)
    assert power(whole, 1000) == pytest.approx(0.3, abs=0.02)


def test_who_is_muted_is_not_heard_and_the_customer_is() -> None:
    tap, heard = Tap(), list[Samples]()
    tap.muted = lambda: True
    tap.open(heard.append)
    for mine, theirs in zip(blocks(tone(440, 16_000), 16_000), blocks(tone(1000, 16_000), 16_000), strict=True):
        tap.heard(mine)
        tap.played(theirs)
    whole = np.concatenate(heard)
    assert power(whole, 440) < 0.001
    assert power(whole, 1000) > 0.29


def test_a_side_without_a_device_is_silent_and_holds_nothing_up() -> None:
    tap, heard = Tap(), list[Samples]()
    tap.open(heard.append)
    for mine in blocks(tone(440, 16_000), 16_000):
        tap.heard(mine)
    assert len(heard) >= 10 - LATE_PIECES
    assert power(np.concatenate(heard), 440) > 0.29


def test_closed_it_hears_nothing_and_keeps_nothing() -> None:
    tap, heard = Tap(), list[Samples]()
    for block in blocks(tone(440, 16_000), 16_000):
        tap.heard(block)
    tap.open(heard.append)
    tap.close()
    for block in blocks(tone(440, 16_000), 16_000):
        tap.heard(block)
        tap.played(block)
    assert heard == []


def test_speech_in_eight_bits_keeps_its_form_loud_and_soft() -> None:
    for loudness in (0.9, 0.1, 0.01):
        sound = tone(300, SAMPLE_RATE, loudness=loudness)
        data = mulaw.encode(sound)
        assert len(data) == len(sound)
        noise = mulaw.decode(data) - sound
        assert 20 * np.log10(np.std(sound) / np.std(noise)) > 30  # dB


@given(st.binary(max_size=400))
def test_whatever_comes_over_the_network_is_sound_within_bounds(data: bytes) -> None:
    sound = mulaw.decode(data)
    assert len(sound) == len(data)
    assert np.all(np.abs(sound) <= 1.0)
    assert mulaw.encode(mulaw.decode(mulaw.encode(sound))) == mulaw.encode(sound)
