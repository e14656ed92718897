"""Sounds of a desk without anybody speaking, made here: they must never become words. 16 kHz, peaks below 1."""

from collections.abc import Callable

import numpy as np

from voice.audio import SAMPLE_RATE, Samples

Noise = Callable[[float, np.random.Generator], Samples]
"""(seconds, generator) -> samples."""


def shaped(seconds: float, generator: np.random.Generator, low_hz: float, high_hz: float, slope: float) -> Samples:
    """Gaussian noise between two frequencies, its amplitude falling as frequency ** -slope; RMS 1."""
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(generator.normal(size=count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum *= np.where((hertz >= low_hz) & (hertz <= high_hz), np.maximum(hertz, 1.0) ** -slope, 0.0)
    sound = np.fft.irfft(spectrum, count)
    return np.asarray(sound / np.sqrt(np.mean(np.square(sound))), dtype=np.float32)


def room(seconds: float, generator: np.random.Generator) -> Samples:
    """A quiet office: brownish noise and mains hum, about -50 dBFS."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    hum = 0.5 * np.sin(2 * np.pi * 50 * t) + 0.2 * np.sin(2 * np.pi * 150 * t)
    return (0.003 * (shaped(seconds, generator, 20, 8000, 1.0) + hum)).astype(np.float32)


def loud(seconds: float, generator: np.random.Generator) -> Samples:
    """A fan or a bad line: pink noise, about -26 dBFS."""
    return 0.05 * shaped(seconds, generator, 50, 8000, 0.5)


def breath(seconds: float, generator: np.random.Generator) -> Samples:
    """Breathing into a headset: in and out every four seconds, over the room."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * (t / 4.0 + generator.uniform())
    inward = np.maximum(0.0, np.sin(phase)) ** 2 * shaped(seconds, generator, 500, 4000, 0.5)
    outward = np.maximum(0.0, -np.sin(phase)) ** 2 * shaped(seconds, generator, 100, 1500, 0.5)
    return (0.04 * (inward + 1.5 * outward) + room(seconds, generator)).astype(np.float32)


def keyboard(seconds: float, generator: np.random.Generator) -> Samples:
    """Typing in bursts: decaying clicks of several resonances, over the room."""
    sound = room(seconds, generator)
    at = 0.1
    while at < seconds - 0.1:
        t = np.arange(int(0.06 * SAMPLE_RATE)) / SAMPLE_RATE
        click = np.zeros(len(t))
        for low_hz, high_hz, decay_seconds in ((200, 500, 0.015), (1500, 3500, 0.006), (4000, 7000, 0.003)):
            ring = np.sin(2 * np.pi * generator.uniform(low_hz, high_hz) * t)
            click += generator.uniform(0.3, 1.0) * ring * np.exp(-t / decay_seconds)
        begin = int(at * SAMPLE_RATE)
        sound[begin : begin + len(t)] += (generator.uniform(0.05, 0.25) * click).astype(np.float32)
        at += generator.gamma(2.0, 0.08) if generator.uniform() > 0.08 else generator.uniform(0.5, 2.0)
    return np.clip(sound, -1.0, 1.0)


NOISES: dict[str, Noise] = {"room": room, "loud": loud, "breath": breath, "keyboard": keyboard}
