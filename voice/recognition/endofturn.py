"""Does it sound as if the speaker has finished? A regression on what the recogniser's encoder makes of the last moment.

Text cannot tell a pause behind a whole sentence from the end of a turn; pitch, length and loudness of its last
syllables can, now and then. Whisper's encoder hears both, and has been run anyway: the answer costs a dot product.
`models/endofturn/CARD.md` says how the weights came to be and what they are worth.
"""

from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE
from voice.ports import VoiceProblem

FRAME_SAMPLES = 320
"""Sound in one frame of the encoder: 20 ms."""
SILENCE_SECONDS = 0.1
"""Behind the last speech when a pause is noticed (`endpointing.Rules.maybe_over_seconds`, in whole chunks)."""
WINDOWS = ((-3, 0), (0, 3))
"""Frames from the end of speech that are averaged: the last 60 ms of it, and the first of the silence, into which the
encoder writes what it makes of the whole."""

WIDTH = 512
"""Of what Whisper base's encoder says of a frame."""
WEIGHTS = resources.files("models") / "endofturn" / "weights.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class EndOfTurn:
    """The regression. It belongs to one encoder and is meaningless for another."""

    weights: Floats
    """Shape (len(WINDOWS) * width of the encoder,)."""
    bias: float

    def log_odds(self, encoded: Floats, samples: int) -> float:
        """That the turn is over rather than going on: 0 is even, mostly between -5 and 5. `encoded` has shape
        (frames, width) for `samples` samples of sound, which end in SILENCE_SECONDS of silence."""
        return float(features(encoded, samples) @ self.weights) + self.bias


def features(encoded: Floats, samples: int) -> Floats:
    """What the regression looks at; shape (len(WINDOWS) * width,)."""
    end = end_of_speech(samples)
    means = [encoded[max(0, end + first) : max(1, end + last)].mean(axis=0) for first, last in WINDOWS]
    return np.concatenate(means).astype(np.float32)


def end_of_speech(samples: int) -> int:
    """The frame of the encoder at which the speech ends, when `samples` of sound end in SILENCE_SECONDS of silence."""
    return max(0, round((samples - SILENCE_SECONDS * SAMPLE_RATE) / FRAME_SAMPLES))


def load() -> EndOfTurn:
    """The one that comes with Coolhead, for the packaged Whisper base. Raises VoiceProblem when it is damaged."""
    try:
        with resources.as_file(WEIGHTS) as path, np.load(path) as arrays:
            rule = EndOfTurn(arrays["weights"].astype(np.float32), float(arrays["bias"]))
        if rule.weights.shape != (len(WINDOWS) * WIDTH,) or not np.isfinite([*rule.weights, rule.bias]).all():
            raise ValueError("other numbers than Coolhead's")
    except Exception as fault:  # numpy raises many things for a file that is missing or damaged
        raise VoiceProblem(
            f"The model of ends of turns, {WEIGHTS}, cannot be loaded ({fault}): install Coolhead again."
        ) from fault
    return rule
