"""Does it sound as if the speaker has finished? A logistic regression on the encoder's output for the last moment.

Text cannot tell a pause after a whole sentence from the end of a turn; pitch, length and loudness of its last syllables
sometimes can. Whisper's encoder hears them and has been run anyway, so the answer costs a dot product.
`models/endofturn/CARD.md` says how the weights were made and how good they are.
"""

from dataclasses import dataclass
from importlib import resources

import numpy as np

from voice.audio import SAMPLE_RATE, Floats
from voice.ports import VoiceProblem

FRAME_SAMPLES = 320
"""Samples in one frame of the encoder: 20 ms."""
SILENCE_SECONDS = 0.1
"""Silence after the last speech when a pause is noticed (`endpointing.Rules.maybe_over_seconds`, in whole chunks)."""
WINDOWS = ((-3, 0), (0, 3))
"""Frames that are averaged, counted from the end of speech: its last 60 ms, and the first 60 ms of silence, where the
encoder keeps information about the whole."""

WIDTH = 512
"""Of a frame of Whisper base's encoder."""
WEIGHTS = resources.files("models") / "endofturn" / "weights.npz"


@dataclass(frozen=True, slots=True, eq=False)
class EndOfTurn:
    """The regression. Its weights are valid for one encoder only."""

    weights: Floats
    """Shape (len(WINDOWS) * width of the encoder,)."""
    bias: float

    def log_odds(self, encoded: Floats, samples: int) -> float:
        """Log odds that the turn is over, mostly between -5 and 5. `encoded` has shape (frames, width), for `samples`
        samples of sound that end in SILENCE_SECONDS of silence."""
        return float(features(encoded, samples) @ self.weights) + self.bias


def features(encoded: Floats, samples: int) -> Floats:
    """The input of the regression; shape (len(WINDOWS) * width,)."""
    end = end_of_speech(samples)
    means = [encoded[max(0, end + first) : max(1, end + last)].mean(axis=0) for first, last in WINDOWS]
    return np.concatenate(means).astype(np.float32)


def end_of_speech(samples: int) -> int:
    """The encoder frame where speech ends, for `samples` samples that end in SILENCE_SECONDS of silence."""
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
