import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.audio import SAMPLE_RATE, Samples
from voice.recognition.mel import BANDS, HOP_SAMPLES, WINDOW_SAMPLES, log_mel


def tone(hertz: float, seconds: float = 1.0, amplitude: float = 0.5) -> Samples:
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (amplitude * np.sin(2 * np.pi * hertz * t)).astype(np.float32)


def band_centre_hz(band: int) -> float:
    """Slaney's scale written the long way: 15 mel per kHz up to 1 kHz, then 27 mel for a factor of 6.4."""
    mel_of_8_khz = 15 + 27 * np.log(8.0) / np.log(6.4)
    mel = (band + 1) * mel_of_8_khz / (BANDS + 1)
    return float(mel / 15 * 1000 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27))


@pytest.mark.parametrize("band", [3, 10, 20, 24, 40, 60, 78])
def test_a_tone_lights_the_band_at_its_frequency(band: int) -> None:
    mel = log_mel(tone(band_centre_hz(band)), 100)
    assert int(np.argmax(mel[:, 50])) == band


def test_one_frame_equals_the_definition_computed_bin_by_bin() -> None:
    samples = np.random.default_rng(5).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)
    at = 40 * HOP_SAMPLES - WINDOW_SAMPLES // 2
    n = np.arange(WINDOW_SAMPLES)
    window = np.sin(np.pi * n / WINDOW_SAMPLES) ** 2
    frame = samples[at : at + WINDOW_SAMPLES] * window
    power = [abs(np.sum(frame * np.exp(-2j * np.pi * k * n / WINDOW_SAMPLES))) ** 2 for k in range(201)]
    low, centre, high = band_centre_hz(29), band_centre_hz(30), band_centre_hz(31)
    energy = 0.0
    for k in range(201):
        hertz = 40.0 * k
        rising, falling = (hertz - low) / (centre - low), (high - hertz) / (high - centre)
        energy += power[k] * max(0.0, min(rising, falling)) * 2 / (high - low)
    assert log_mel(samples, 100)[30, 40] == pytest.approx((np.log10(energy) + 4) / 4, abs=1e-4)


def test_ten_times_louder_is_half_a_unit_higher() -> None:
    quiet, loud = log_mel(tone(440.0, amplitude=0.05), 100), log_mel(tone(440.0, amplitude=0.5), 100)
    assert np.max(loud) - np.max(quiet) == pytest.approx(0.5, abs=1e-3)


@settings(deadline=None)
@given(count=st.integers(0, 3 * SAMPLE_RATE), frames=st.integers(1, 250))
def test_any_length_gives_the_frames_asked_for(count: int, frames: int) -> None:
    mel = log_mel(np.random.default_rng(count).normal(0, 0.1, count).astype(np.float32), frames)
    assert mel.shape == (BANDS, frames)
    assert mel.dtype == np.float32
    assert mel.flags.c_contiguous
    assert np.isfinite(mel).all()
    assert np.max(mel) - np.min(mel) <= 2.0 + 1e-6
