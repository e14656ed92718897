"""The music that a customer on hold hears: slow broken chords, synthesised here, quiet enough to talk over."""

from functools import cache

import numpy as np

from voice.audio import Samples

LEVEL_DBFS = -38.0
"""About 11 dB under a calm customer."""
BEAT_SECONDS = 0.4
DECAY_SECONDS = 0.9
CHORDS = ((48, 55, 60, 64, 67, 64, 60, 55), (45, 52, 57, 60, 64, 60, 57, 52), (41, 48, 53, 57, 60, 57, 53, 48))
"""C, A minor and F, a note a beat, as MIDI numbers (69 is 440 Hz)."""
OVERTONES = ((1, 1.0), (2, 0.35), (3, 0.12))
"""(multiple of the note, amplitude): a soft mallet."""


@cache
def hold_music(rate: int) -> Samples:
    """A seamless loop of 9.6 s: notes that ring on at its end continue at its beginning. Shape (n,) at `rate` Hz."""
    notes = [note for chord in CHORDS for note in chord]
    beat = round(BEAT_SECONDS * rate)
    loop = np.zeros(beat * len(notes))
    t = np.arange(5 * beat) / rate
    swell = np.minimum(t / 0.01, 1.0) * np.exp(-t / DECAY_SECONDS) * np.linspace(1.0, 0.0, len(t))
    for n, note in enumerate(notes):
        hz = 440.0 * 2.0 ** ((note - 69) / 12.0)
        at = (n * beat + np.arange(len(t))) % len(loop)
        for multiple, amplitude in OVERTONES:
            loop[at] += amplitude * swell * np.sin(2.0 * np.pi * hz * multiple * t)
    loop *= 10.0 ** (LEVEL_DBFS / 20.0) / np.sqrt(np.mean(loop**2))
    return loop.astype(np.float32)
