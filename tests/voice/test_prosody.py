"""Prosody on signals whose pitch, level, tilt, pauses and rate are known because they were made so."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dialogue.events import Prosody
from voice import prosody
from voice.audio import SAMPLE_RATE, Samples, dbfs
from voice.hearing import pitch
from voice.ports import VoiceProblem


def times(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def voice(hz: float | np.ndarray, seconds: float = 1.0, falloff: float = 1.0, rms: float = 0.1) -> Samples:
    """A periodic tone with harmonics up to 5 kHz, amplitudes 1/n**falloff; hz may be a curve, shape (n,)."""
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(hz, times(seconds).shape)) / SAMPLE_RATE
    harmonics = np.arange(1, int(5000 / np.max(hz)) + 1)
    sound = sum(np.sin(n * phase + n) / n**falloff for n in harmonics)
    return (rms * sound / np.sqrt(np.mean(np.square(sound)))).astype(np.float32)


def syllables(count: int, per_second: float = 4.0, **kwargs: float) -> Samples:
    """A voice that opens and closes `count` times."""
    seconds = count / per_second
    envelope = np.sin(np.pi * per_second * times(seconds)) ** 2
    return (voice(140, seconds, **kwargs) * envelope).astype(np.float32)


def noise(seconds: float, rms: float) -> Samples:
    return (np.random.default_rng(7).standard_normal(int(seconds * SAMPLE_RATE)) * rms).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def is_sound(measured: Prosody) -> bool:
    numbers = [value for value in astuple(measured) if value is not None]
    return all(isinstance(value, float) and math.isfinite(value) for value in numbers)


@pytest.mark.parametrize("hz", [70, 85, 110, 150, 210, 300, 410, 520, 600])
def test_pitch_of_a_steady_voice(hz: int) -> None:
    assert prosody.measure(voice(hz)).pitch_hz == pytest.approx(hz, rel=0.005)


@pytest.mark.parametrize("hz", [80, 130, 220, 350])
def test_pitch_in_noise_at_10_db(hz: int) -> None:
    sound = voice(hz, 2.0) + noise(2.0, 0.1 / 10**0.5)
    assert prosody.measure(sound).pitch_hz == pytest.approx(hz, rel=0.02)


def test_pitch_does_not_fall_to_the_octave_below_when_the_fundamental_is_weak() -> None:
    sound = voice(200) - 0.9 * voice(200, falloff=9)
    assert prosody.measure(sound).pitch_hz == pytest.approx(200, rel=0.01)


def test_track_follows_a_glide_frame_by_frame() -> None:
    curve = 120 * 2 ** (times(2.0) / 2.0)
    tracked = pitch.track(voice(curve, 2.0))
    truth = curve[:: pitch.HOP_SAMPLES]
    inner = slice(5, len(truth) - 5)
    assert np.all(np.abs(12 * np.log2(tracked[inner] / truth[inner])) < 0.2)


def test_pitch_range_of_a_glide_is_eight_tenths_of_it() -> None:
    curve = 120 * 2 ** (times(2.0) / 2.0)
    assert prosody.measure(voice(curve, 2.0)).pitch_range_st == pytest.approx(9.6, abs=0.3)


def test_track_is_the_same_in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = np.concatenate([voice(150, 0.7), noise(0.4, 0.05), voice(220, 0.7)])
    whole = pitch.track(sound)
    monkeypatch.setattr(pitch, "_BLOCK_FRAMES", 17)
    np.testing.assert_allclose(pitch.track(sound), whole, rtol=1e-5)


def test_noise_has_no_pitch() -> None:
    measured = prosody.measure(noise(2.0, 0.1))
    assert measured.pitch_hz is None
    assert measured.pitch_range_st is None


def test_voiced_and_unvoiced_stretches_are_told_apart() -> None:
    tracked = pitch.track(np.concatenate([voice(150, 0.5), noise(0.5, 0.05)]))
    assert np.all(tracked[5:45] > 0)
    assert np.mean(tracked[55:95] > 0) < 0.1


@pytest.mark.parametrize("rms", [0.003, 0.03, 0.3])
def test_loudness_is_the_power_of_the_speech(rms: float) -> None:
    sound = voice(150, 1.0, rms=rms)
    measured = prosody.measure(np.concatenate([silence(1.0), sound, silence(1.0)]))
    assert measured.loudness_dbfs == pytest.approx(dbfs(sound), abs=0.3)


def test_gain_moves_loudness_and_nothing_else() -> None:
    sound = np.concatenate([syllables(6), silence(0.4), syllables(3)])
    quiet, loud = prosody.measure(sound), prosody.measure(4 * sound)
    assert loud.loudness_dbfs - quiet.loudness_dbfs == pytest.approx(20 * math.log10(4), abs=0.01)
    for name in ("seconds", "pitch_hz", "pitch_range_st", "rate_syllables_s", "pause_share", "tilt_db"):
        assert getattr(loud, name) == pytest.approx(getattr(quiet, name), abs=0.05), name


def test_a_constant_offset_changes_nothing() -> None:
    sound = np.concatenate([syllables(6), silence(0.4), syllables(3)])
    assert astuple(prosody.measure(sound + np.float32(0.2))) == pytest.approx(astuple(prosody.measure(sound)), abs=0.01)


@pytest.mark.parametrize("ratio_db", [-20, -12, -6, 0])
def test_tilt_is_the_level_of_the_high_band_over_the_low(ratio_db: int) -> None:
    t = times(1.0)
    low = sum(np.sin(2 * np.pi * hz * t) for hz in (200, 400, 600))
    high = sum(np.sin(2 * np.pi * hz * t) for hz in (1600, 2000, 2400))
    sound = (0.05 * (low + 10 ** (ratio_db / 20) * high)).astype(np.float32)
    assert prosody.measure(sound).tilt_db == pytest.approx(ratio_db, abs=0.5)


def test_a_brighter_voice_has_a_higher_tilt_also_in_room_noise() -> None:
    room = noise(3.0, 0.002)
    pause = silence(0.5)
    tilts = []
    for falloff in (2.0, 1.5, 1.0, 0.5):
        clean = np.concatenate([pause, voice(150, 2.0, falloff), pause])
        tilts.append((prosody.measure(clean).tilt_db, prosody.measure(clean + room).tilt_db))
    assert tilts == sorted(tilts)
    assert all(noisy == pytest.approx(clean, abs=1.5) for clean, noisy in tilts)


def test_pauses_count_from_two_tenths_of_a_second() -> None:
    word = voice(150, 1.0)
    long_gap = prosody.measure(np.concatenate([silence(0.5), word, silence(0.5), word, silence(0.7)]))
    short_gap = prosody.measure(np.concatenate([word, silence(0.12), word]))
    assert long_gap.pause_share == pytest.approx(0.5 / 2.5, abs=0.02)
    assert long_gap.seconds == pytest.approx(2.5, abs=0.05)
    assert short_gap.pause_share == 0.0


@pytest.mark.parametrize("per_second", [2.5, 4.0, 5.5])
def test_rate_counts_syllables(per_second: float) -> None:
    measured = prosody.measure(syllables(12, per_second))
    assert measured.rate_syllables_s == pytest.approx(per_second, rel=0.1)


def test_a_steady_vowel_is_one_syllable() -> None:
    assert prosody.measure(voice(150, 2.0)).rate_syllables_s == pytest.approx(0.5, abs=0.05)


def test_clipping_leaves_the_pitch() -> None:
    clipped = np.clip(voice(180, 1.0, rms=0.9), -1, 1)
    assert prosody.measure(clipped).pitch_hz == pytest.approx(180, rel=0.01)


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.zeros(1, np.float32),
        np.ones(399, np.float32),
        silence(1.0),
        np.full(16000, 0.5, np.float32),
        noise(1.0, 1e-5),
        np.full(16000, np.nan, np.float32),
    ],
    ids=["empty", "one sample", "under a frame", "silence", "constant", "hiss", "not numbers"],
)
def test_where_there_is_no_speech_it_says_so(samples: Samples) -> None:
    measured = prosody.measure(samples)
    assert measured.seconds == 0
    assert measured.pitch_hz is None
    assert is_sound(measured)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        np.float32,
        st.integers(0, 6000),
        elements=st.floats(width=32, allow_nan=True, allow_infinity=True),
        fill=st.sampled_from([0.0, 0.25]).map(np.float32),
    )
)
def test_any_array_is_measured(samples: Samples) -> None:
    measured = prosody.measure(samples)
    assert is_sound(measured)
    assert 0 <= measured.pause_share <= 1
    assert measured.rate_syllables_s >= 0
    assert measured.pitch_hz is None or pitch.LOWEST_HZ * 0.9 < measured.pitch_hz < pitch.HIGHEST_HZ * 1.1


@settings(max_examples=25, deadline=None)
@given(
    hz=st.floats(75, 500),
    seconds=st.floats(0.2, 1.5),
    rms_dbfs=st.floats(-55, -6),
    falloff=st.floats(0.5, 2.0),
)
def test_pitch_does_not_depend_on_level_length_or_brightness(
    hz: float, seconds: float, rms_dbfs: float, falloff: float
) -> None:
    sound = voice(hz, seconds, falloff, 10 ** (rms_dbfs / 20))
    assert prosody.measure(sound).pitch_hz == pytest.approx(hz, rel=0.01)


def test_baseline_is_the_middle_and_one_odd_clip_does_no_harm() -> None:
    calm = Prosody(2.0, -30.0, 120.0, 5.0, 4.0, 0.1, -14.0)
    calm_too = Prosody(3.0, -31.0, 118.0, 6.0, 4.2, 0.0, -15.0)
    shout = Prosody(2.0, -10.0, 300.0, 9.0, 6.0, 0.0, -2.0)
    whispered = Prosody(2.0, -50.0, None, None, 3.0, 0.2, 1.0)
    unspoken = prosody.measure(silence(1.0))
    middle = prosody.baseline([calm, shout, calm_too, unspoken])
    assert astuple(middle) == pytest.approx(astuple(Prosody(7.0, -30.0, 120.0, 6.0, 4.2, 0.0, -14.0)))
    assert prosody.baseline([calm, whispered]).pitch_hz == pytest.approx(120)
    assert astuple(prosody.baseline([calm])) == pytest.approx(astuple(calm))


@pytest.mark.parametrize("clips", [[], [prosody.measure(silence(1.0))]])
def test_a_baseline_without_speech_is_refused(clips: list[Prosody]) -> None:
    with pytest.raises(VoiceProblem, match="no speech"):
        prosody.baseline(clips)
