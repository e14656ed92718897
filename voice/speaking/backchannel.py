"""What the customer lets be heard in the trainee's pauses: a breath to answer, or a hum. It belongs to no line."""

import math

import numpy as np

from voice.audio import Samples
from voice.speaking.breath import before
from voice.speaking.rendering import Rendering
from voice.synthesis.pieces import Piece

BREATH_LASTS_SECONDS = 3.0
"""Nobody draws another so soon: at rest people breathe 12 to 20 times a minute."""
SPEAKERS_BREATH_LASTS_SECONDS = 2.0
"""The same for who is about to speak, having been quiet: they breathe in before they do."""
LONG_PAUSE_SECONDS = 0.4
"""In a pause of this length the customer is about to speak: they surely breathe in, and quickly."""
QUICK_SECONDS = 0.2
"""So long does that last at most, so that it is over before the words are due."""
HUM = Piece("Mm.", 0, 3)
HUMMED_WORDS = 12
"""So much the trainee must have said to be hummed at: whoever listens shows it every few seconds, not at once."""
HUM_LASTS_SECONDS = 6.0
"""Nobody hums again so soon."""
HUM_BELOW = 80.0
"""Angrier, nobody says that they are listening."""
HUM_GAIN = 0.4
HUM_STEP = 20.0
"""In anger: the hums that are rendered."""


class Backchannel:
    """One thread at a time."""

    def __init__(self, rendering: Rendering, rate: int) -> None:
        """`rate` of the speaker, Hz."""
        self._rendering = rendering
        self._rate = rate
        self._breathed_at = self._hummed_at = -math.inf

    def breathed(self, t: float) -> bool:
        """Whether who speaks at call time `t`, s, has the breath for it."""
        return t - self._breathed_at < SPEAKERS_BREATH_LASTS_SECONDS

    def sound(self, text: str, anger: float, t: float, paused_seconds: float) -> Samples:
        """What sounds at call time `t`, `paused_seconds` into a pause of the trainee, who has said `text` so far: often
        nothing. `anger` is 0..100."""
        long = paused_seconds >= LONG_PAUSE_SECONDS
        if self.breathed(t) if long else t - self._breathed_at < BREATH_LASTS_SECONDS:
            return np.zeros(0, np.float32)
        hum = self._rendering.clip(HUM, HUM_STEP * round(anger / HUM_STEP))  # there by the next pause at the latest
        hums = len(text.split()) >= HUMMED_WORDS and anger < HUM_BELOW and hum.done() and not hum.exception()
        if hums and not long and t - self._hummed_at >= HUM_LASTS_SECONDS:
            self._breathed_at = self._hummed_at = t
            return HUM_GAIN * hum.result()
        breath = before(text, anger, self._rate, QUICK_SECONDS if long else math.inf, surely=long)
        if len(breath):
            self._breathed_at = t
        return breath
