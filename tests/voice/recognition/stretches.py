"""Sound for a recogniser, fed as a call feeds it."""

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.ports import Hypothesis, Recognizer


def feed(recognizer: Recognizer, samples: Samples) -> None:
    for at in range(0, len(samples), 320):
        recognizer.accept(samples[at : at + 320])


def recognise(recognizer: Recognizer, samples: Samples, t0: float = 0.0) -> Hypothesis:
    recognizer.begin(t0)
    feed(recognizer, samples)
    return recognizer.finish()


def silence(seconds: float) -> Samples:
    return np.random.default_rng(0).normal(0, 1e-4, int(seconds * SAMPLE_RATE)).astype(np.float32)
