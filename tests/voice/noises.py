"""Sounds of an office in which nobody speaks: what the ear must make no words of."""

from collections.abc import Callable

import numpy as np

from voice.audio import SAMPLE_RATE, Samples


def _shaped(rng: np.random.Generator, seconds: float, low_hz: float, high_hz: float, slope: float = 0.0) -> Samples:
    """Noise between two frequencies whose power falls by `slope` powers of frequency; RMS 1."""
    count = round(seconds * SAMPLE_RATE)
    hz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum = np.fft.rfft(rng.standard_normal(count)) * np.maximum(hz, 20.0) ** (-slope / 2)
    spectrum[(hz < low_hz) | (hz > high_hz)] = 0
    sound = np.fft.irfft(spectrum, count)
    return (sound / np.sqrt(np.mean(sound**2))).astype(np.float32)


def _level(dbfs: float) -> float:
    return float(10 ** (dbfs / 20))


def room(rng: np.random.Generator, seconds: float) -> Samples:
    """A fan and mains hum."""
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    hum = sum(_level(-45 - 6 * n) * np.sin(2 * np.pi * 50 * n * t) for n in (1, 2, 3, 5))
    return (_level(-50) * _shaped(rng, seconds, 30, 7_000, slope=1.5) + hum).astype(np.float32)


def breath(rng: np.random.Generator, seconds: float) -> Samples:
    """In and out, close to the microphone: band noise that swells and ebbs, every two to four seconds."""
    sound = _level(-60) * _shaped(rng, seconds, 50, 7_000)
    at = 0.5
    while at < seconds - 2:
        length = rng.uniform(0.5, 1.4)
        low, high = rng.uniform(250, 700), rng.uniform(1_800, 4_500)
        puff = _shaped(rng, length, low, high, slope=1.0)
        puff *= np.sin(np.linspace(0, np.pi, len(puff))) ** 1.5 * _level(rng.uniform(-38, -24))
        start = round(at * SAMPLE_RATE)
        sound[start : start + len(puff)] += puff.astype(np.float32)
        at += length + rng.uniform(0.8, 2.5)
    return sound.astype(np.float32)


def keyboard(rng: np.random.Generator, seconds: float) -> Samples:
    """Fast typing: each key a click going down, a duller one coming up."""
    sound = _level(-60) * _shaped(rng, seconds, 50, 7_000)
    at = 0.3
    while at < seconds - 0.5:
        for delay, dbfs, decay, top in ((0.0, -16, 0.006, 7_000), (rng.uniform(0.06, 0.1), -24, 0.012, 2_500)):
            click = _shaped(rng, 0.06, 300, top)
            click *= np.exp(-np.arange(len(click)) / SAMPLE_RATE / decay) * _level(dbfs + rng.uniform(-4, 4))
            start = round((at + delay) * SAMPLE_RATE)
            sound[start : start + len(click)] += click.astype(np.float32)
        at += rng.uniform(0.07, 0.22) if rng.random() < 0.93 else rng.uniform(0.6, 2.0)
    return sound.astype(np.float32)


def hold_music(rng: np.random.Generator, seconds: float) -> Samples:
    """Chords with overtones, and a melody over them."""
    sound = np.zeros(round(seconds * SAMPLE_RATE))
    at = 0.0
    while at < seconds - 1:
        t = np.arange(round(0.9 * SAMPLE_RATE)) / SAMPLE_RATE
        root = 220 * 2 ** (rng.choice([0, 3, 5, 7, 8]) / 12)
        for ratio in (1, 1.26, 1.5, rng.choice([2, 2.245, 2.52, 3])):
            for overtone in (1, 2, 3):
                sound[round(at * SAMPLE_RATE) :][: len(t)] += (
                    np.sin(2 * np.pi * root * ratio * overtone * t) * np.exp(-t * 2) * _level(-28 - 8 * overtone)
                )
        at += rng.choice([0.25, 0.5])
    return sound.astype(np.float32)


def white(rng: np.random.Generator, seconds: float) -> Samples:
    return _level(-30) * _shaped(rng, seconds, 20, 8_000)


def silence(rng: np.random.Generator, seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


NOISES: tuple[Callable[[np.random.Generator, float], Samples], ...] = (
    room,
    breath,
    keyboard,
    hold_music,
    white,
    silence,
)
