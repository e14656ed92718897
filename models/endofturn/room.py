"""From the studio to a desk: the room, its noise, the line, the level and the microphone's limits, each by chance."""

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.monitoring import mulaw
from voice.synthesis.delivery import speech_rms, through_telephone

RINGING_SHARE, TELEPHONE_SHARE, MULAW_SHARE, CLIPPED_SHARE = 0.6, 0.5, 0.5, 0.1
RT60_SECONDS = (0.15, 0.7)
DIRECT_TO_RINGING_DB = (3.0, 25.0)
SPEECH_TO_NOISE_DB = (8.0, 55.0)
LEVEL_DBFS = (-42.0, -14.0)
TELEPHONE_RATE = 8_000


def heard(speech: Samples, random: np.random.Generator) -> Samples:
    """`speech` at 16 kHz as some microphone has it, the same length."""
    sound = speech / speech_rms(speech, SAMPLE_RATE)
    if random.random() < RINGING_SHARE:
        sound = sound + _ringing(sound, random)
    sound = sound + _noise(len(sound), random)
    if random.random() < TELEPHONE_SHARE:
        narrow = resample(through_telephone(sound, SAMPLE_RATE), SAMPLE_RATE, TELEPHONE_RATE)
        if random.random() < MULAW_SHARE:
            narrow = mulaw.decode(mulaw.encode(0.1 * narrow)) / np.float32(0.1)
        wide = resample(narrow, TELEPHONE_RATE, SAMPLE_RATE)
        sound = np.pad(wide, (0, max(0, len(sound) - len(wide))))[: len(sound)]
    sound = sound * 10.0 ** (random.uniform(*LEVEL_DBFS) / 20.0)
    if random.random() < CLIPPED_SHARE:
        most = float(np.abs(sound).max()) * random.uniform(0.3, 0.9)
        sound = np.clip(sound, -most, most)
    return np.asarray(np.clip(sound, -1.0, 1.0), np.float32)


def _ringing(sound: Samples, random: np.random.Generator) -> Samples:
    """What the walls give back: exponentially decaying noise."""
    seconds = random.uniform(*RT60_SECONDS)
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    walls = random.standard_normal(len(t)) * 10.0 ** (-3.0 * t / seconds)
    walls[: round(0.003 * SAMPLE_RATE)] = 0.0
    walls *= 10.0 ** (-random.uniform(*DIRECT_TO_RINGING_DB) / 20.0) / np.sqrt(np.sum(np.square(walls)))
    size = 1 << (len(sound) + len(walls)).bit_length()
    rung = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(walls, size), size)
    return np.asarray(rung[: len(sound)], np.float32)


def _noise(count: int, random: np.random.Generator) -> Samples:
    """White to brown, beside speech of RMS 1."""
    size = 1 << count.bit_length()
    spectrum = np.fft.rfft(random.standard_normal(size))
    hertz = np.fft.rfftfreq(size, 1.0 / SAMPLE_RATE)
    spectrum *= np.maximum(hertz, 50.0) ** -random.uniform(0.0, 1.0)
    noise = np.fft.irfft(spectrum, size)[:count]
    noise /= np.sqrt(np.mean(np.square(noise)))
    return np.asarray(noise * 10.0 ** (-random.uniform(*SPEECH_TO_NOISE_DB) / 20.0), np.float32)
