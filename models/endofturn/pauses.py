"""Where somebody pauses, and what of it is heard before anybody can know how the pause will end."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE, Samples
from voice.hearing.vad import SileroVad

CONTEXT_SECONDS = 8.0
"""What is heard before a pause at most: the most that smart-turn takes, and about what a call decodes."""
PRE_ROLL_SECONDS = 0.5
BEHIND_SECONDS = 0.2
"""Of the pause itself; as pipecat hands it to smart-turn."""
LEAST_PAUSE_SECONDS = 0.3
"""Shorter ones are taken for the end by nobody."""
LEAST_SPEECH_SECONDS = 0.2
"""Before a pause."""
HISS = 3e-4
"""RMS of what stands for the silence that a recording lacks at its end."""
SPEECH = 0.4
"""Of the detector's probability."""


@dataclass(frozen=True, slots=True, eq=False)
class Pause:
    seconds: float
    """How long it lasts; infinite at the end."""
    sound: Samples
    """From PRE_ROLL_SECONDS before the turn, or CONTEXT_SECONDS before the pause, to its beginning; 16 kHz."""
    silence: Samples
    """BEHIND_SECONDS of what follows."""

    @property
    def over(self) -> bool:
        """True for the end of the turn."""
        return bool(np.isinf(self.seconds))

    def heard(self, seconds: float) -> Samples:
        """With `seconds` of the pause, at most BEHIND_SECONDS."""
        return np.concatenate([self.sound, self.silence[: round(seconds * SAMPLE_RATE)]])


def pauses(samples: Samples, vad: SileroVad) -> Iterator[Pause]:
    """Those of one turn at 16 kHz, shape (n,), in order, its end the last."""
    size = vad.chunk_samples
    vad.reset()
    chunks = range(0, len(samples) - size, size)
    speech = np.flatnonzero([vad.probability(samples[at : at + size]) >= SPEECH for at in chunks])
    if not len(speech):
        return
    silent = (np.diff(speech, append=np.iinfo(speech.dtype).max) - 1) * size / SAMPLE_RATE
    long = silent >= LEAST_PAUSE_SECONDS
    found = {int(at + 1) * size: float(seconds) for at, seconds in zip(speech[long], silent[long], strict=True)}
    found[int(speech[-1] + 1) * size] = np.inf
    random, first = np.random.default_rng(len(samples)), int(speech[0]) * size
    for end, seconds in sorted(found.items()):
        if end - first < LEAST_SPEECH_SECONDS * SAMPLE_RATE:
            continue
        begin = max(0, first - round(PRE_ROLL_SECONDS * SAMPLE_RATE), end - round(CONTEXT_SECONDS * SAMPLE_RATE))
        behind = samples[end : end + round(BEHIND_SECONDS * SAMPLE_RATE)]
        missing = round(BEHIND_SECONDS * SAMPLE_RATE) - len(behind)
        hiss = random.normal(0.0, HISS, missing).astype(np.float32)
        yield Pause(seconds, samples[begin:end], np.concatenate([behind, hiss]))
