"""Sound as data: one rate and one format inside the program, converted at its edges."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
"""Hz, of everything that is heard. Synthesised speech keeps its own rate until it is played."""
FRAME_SECONDS = 0.02
FRAME_SAMPLES = int(SAMPLE_RATE * FRAME_SECONDS)

SILENCE_DBFS = -120.0
"""The level that stands for nothing at all."""

Samples = npt.NDArray[np.float32]
"""Shape (n,), mono, -1..1."""
Floats = npt.NDArray[np.float32]
"""Other numbers made of sound, of any shape."""


@dataclass(frozen=True, slots=True, eq=False)
class AudioFrame:
    """20 ms from a microphone at 16 kHz. `index` counts samples since the microphone opened."""

    samples: Samples
    index: int


@dataclass(frozen=True, slots=True, eq=False)
class AudioClip:
    """A stretch of mono sound. `rate` in Hz."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def bounded(samples: Samples) -> Samples:
    """`samples` as finite numbers of -1..1: a driver may deliver anything, and a single NaN would stay in the memory of
    the voice activity detector for good. Not a number becomes silence."""
    return np.clip(np.nan_to_num(samples), -1.0, 1.0)


def dbfs(samples: Samples) -> float:
    """Mean power in dB re full scale (a full-scale square wave is 0); SILENCE_DBFS for silence or nothing."""
    if len(samples) == 0:
        return SILENCE_DBFS
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return 10.0 * float(np.log10(max(power, 1e-12)))
