from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from voice.audio import AudioClip, Samples, dbfs
from voice.synthesis import delivery
from voice.synthesis.delivery import (
    CEILING,
    KNEE,
    deliver,
    limit,
    pause_seconds,
    shape,
    speech_rms,
    through_telephone,
    tilt,
    trim,
)
from voice.synthesis.voices import VOICES

RATE = 24_000
ANGER = st.floats(0.0, 100.0)
VOICE = st.sampled_from(list(VOICES.values()))


def tone(frequency_hz: float, seconds: float = 0.5, amplitude: float = 0.1) -> Samples:
    t = np.arange(int(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * frequency_hz * t)).astype(np.float32)


def speechlike(seconds: float = 1.0, seed: int = 0) -> Samples:
    """Noise that swells and fades five times a second, peaks about 15 dB above its mean."""
    t = np.arange(int(seconds * RATE)) / RATE
    noise = np.random.default_rng(seed).standard_normal(len(t))
    return (0.05 * noise * np.abs(np.sin(2 * np.pi * 2.5 * t))).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


@given(ANGER, ANGER, VOICE)
def test_angrier_is_never_slower_lower_flatter_softer_or_duller(one, other, voice):
    calmer, angrier = shape(min(one, other), voice), shape(max(one, other), voice)
    for name in ("tempo", "pitch", "pitch_range", "level_dbfs", "tilt_db", "drive"):
        assert getattr(angrier, name) >= getattr(calmer, name), name


@given(VOICE)
def test_anger_beyond_the_scale_is_the_end_of_the_scale(voice):
    assert shape(-5.0, voice) == shape(0.0, voice)
    assert shape(140.0, voice) == shape(100.0, voice)


def test_a_calm_voice_is_the_voice_itself():
    calm = shape(0.0, VOICES["man"])
    assert (calm.tempo, calm.pitch, calm.pitch_range) == (VOICES["man"].tempo, VOICES["man"].pitch, 1.0)
    assert (calm.tilt_db, calm.drive, calm.lift_semitones) == (0.0, 0.0, 0.0)


@given(ANGER, st.integers(0, 20))
def test_speech_comes_out_at_the_level_of_its_mood(anger, seed):
    manner = shape(anger, VOICES["woman"])
    clip = deliver(AudioClip(np.concatenate([silence(0.3), speechlike(seed=seed), silence(0.4)]), RATE), manner)
    level = 20.0 * np.log10(float(speech_rms(clip.samples, RATE)))
    assert level == pytest.approx(manner.level_dbfs, abs=0.6)


@given(
    arrays.arrays(np.float32, st.integers(0, 4000), elements=st.floats(-1.0, 1.0, width=32)),
    ANGER,
)
def test_whatever_an_engine_gives_nothing_leaves_above_the_ceiling(samples, anger):
    clip = deliver(AudioClip(samples, RATE), shape(anger, VOICES["woman"]))
    assert clip.samples.dtype == np.float32
    assert np.all(np.isfinite(clip.samples))
    assert np.max(np.abs(clip.samples), initial=0.0) <= CEILING


def test_silence_and_nothing_become_nothing():
    manner = shape(50.0, VOICES["woman"])
    for samples in (silence(1.0), np.zeros(0, np.float32), np.full(RATE, 1e-6, np.float32)):
        assert len(deliver(AudioClip(samples, RATE), manner).samples) == 0


def test_trimming_takes_the_silence_and_leaves_the_speech():
    kept = trim(np.concatenate([silence(0.34), tone(300.0), silence(0.48)]), RATE)
    assert 0.5 <= len(kept) / RATE <= 0.5 + 0.09
    assert abs(float(kept[0])) < 1e-3
    assert abs(float(kept[-1])) < 1e-3


def test_trimming_leaves_a_weak_first_consonant():
    """A fricative of 30 ms, 40 dB under the vowel behind it."""
    hiss = (1e-3 * np.random.default_rng(0).standard_normal(int(0.03 * RATE))).astype(np.float32)
    vowel = tone(300.0, amplitude=0.1 * np.sqrt(2.0))
    kept = trim(np.concatenate([silence(0.3), hiss, vowel, silence(0.3)]), RATE)
    begins = int(np.flatnonzero(np.abs(kept) > 0.05)[0])
    assert begins >= 0.03 * RATE
    assert float(np.sqrt(np.mean(kept[begins - int(0.01 * RATE) : begins - int(0.002 * RATE)] ** 2))) > 7e-4


@pytest.mark.parametrize("telephone", [False, True])
@pytest.mark.parametrize("anger", [0.0, 100.0])
def test_nothing_clicks_where_a_clip_begins_and_ends(anger, telephone):
    """Speech that an engine begins and ends abruptly, as espeak begins "Everything"."""
    manner = shape(anger, replace(VOICES["woman"], telephone=telephone))
    clip = deliver(AudioClip(speechlike(0.9)[RATE // 10 :] + tone(250.0, 0.8), RATE), manner)
    beside = clip.samples[RATE // 100 : RATE // 20]
    assert np.abs(beside).max() > 0.01
    assert np.abs(clip.samples[:3]).max() < 0.01 * np.abs(beside).max()
    assert np.abs(clip.samples[-3:]).max() < 0.01 * np.abs(beside).max()


def test_a_pause_inside_stays_and_does_not_make_the_rest_louder():
    paused = np.concatenate([speechlike(), silence(0.8), speechlike(seed=1)])
    kept = trim(paused, RATE)
    assert len(kept) / RATE > 2.7
    unbroken = np.concatenate([speechlike(), speechlike(seed=1)])
    assert speech_rms(paused, RATE) == pytest.approx(speech_rms(unbroken, RATE), rel=0.03)


@pytest.mark.parametrize(("frequency_hz", "gain_db"), [(200.0, 0.0), (900.0, 0.0), (2000.0, 3.0), (4500.0, 6.0)])
def test_tilt_lifts_the_top_and_leaves_the_bottom(frequency_hz, gain_db):
    before = tone(frequency_hz)
    assert dbfs(tilt(before, RATE, 6.0)) - dbfs(before) == pytest.approx(gain_db, abs=0.15)


@given(st.floats(-4.0, 4.0), st.floats(-4.0, 4.0))
def test_the_limiter_bends_without_folding(one, other):
    low, high = sorted((one, other))
    bent_low, bent_high = limit(np.array([low, high], np.float32))
    assert bent_low <= bent_high
    if abs(low) <= KNEE:
        assert bent_low == np.float32(low)


def test_drive_makes_peaks_smaller_against_the_mean():
    manner, calm = shape(100.0, VOICES["woman"]), shape(0.0, VOICES["woman"])

    def crest(clip: AudioClip) -> float:
        return float(np.abs(clip.samples).max() / speech_rms(clip.samples, RATE))

    sound = AudioClip(speechlike(2.0), RATE)
    assert crest(deliver(sound, manner)) < 0.8 * crest(deliver(sound, calm))


@given(ANGER, ANGER, st.sampled_from(["Look,", "Well:", "I called twice.", 'He said "no!"', "and so"]))
def test_anger_shortens_pauses_and_sentences_pause_longer_than_commas(one, other, text):
    assert pause_seconds(text, max(one, other)) <= pause_seconds(text, min(one, other))
    assert pause_seconds("Look,", one) < pause_seconds("Look:", one) < pause_seconds("Look.", one)
    assert pause_seconds(text, one) > 0.0


def test_the_frame_is_never_empty_even_at_an_odd_rate():
    assert len(delivery.trim(np.ones(3, np.float32), 100)) == 3


def test_a_telephone_lets_through_300_to_3400_hz_at_the_level_of_the_mood() -> None:
    manner = shape(50.0, replace(VOICES["woman"], telephone=True))
    sound = deliver(AudioClip(speechlike(2.0), RATE), manner).samples
    power = np.abs(np.fft.rfft(sound)) ** 2
    hz = np.fft.rfftfreq(len(sound), 1.0 / RATE)
    outside = power[(hz < 180.0) | (hz > 4050.0)].sum()
    assert outside / power.sum() < 1e-4
    inside = tone(320.0) + tone(1000.0) + tone(3300.0)
    middle = slice(RATE // 10, -RATE // 10)
    assert np.allclose(through_telephone(inside, RATE)[middle], inside[middle], atol=0.005)
    assert 20.0 * np.log10(float(speech_rms(sound, RATE))) == pytest.approx(manner.level_dbfs, abs=0.6)
