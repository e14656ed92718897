"""Sounds of the customer listening, in the trainee's pauses: a breath or a hum. They belong to no line."""

import math

import numpy as np

from voice.audio import Samples
from voice.speaking.breath import before
from voice.speaking.rendering import Rendering
from voice.synthesis.pieces import Piece

BREATH_LASTS_SECONDS = 3.0
"""Least time between two breaths: at rest people breathe 12 to 20 times a minute."""
SPEAKERS_BREATH_LASTS_SECONDS = 2.0
"""The same when the customer is about to speak: people then breathe in sooner."""
LONG_PAUSE_SECONDS = 0.4
"""After a pause of this length the customer is about to speak and always takes a quick breath."""
QUICK_SECONDS = 0.2
"""Longest quick breath: it must end before the words may begin."""
HUM = Piece("Mm.", 0, 3)
HUMMED_WORDS = 12
"""Fewest words in the turn before the first hum: listeners hum every few seconds, not at once."""
HUM_LASTS_SECONDS = 6.0
"""Least time between two hums."""
HUM_BELOW = 80.0
"""At this anger and above the customer does not hum."""
HUM_GAIN = 0.4
HUM_STEP = 20.0
"""Hums are rendered for anger in steps of this size."""


class Backchannel:
    """One thread at a time."""

    def __init__(self, rendering: Rendering, rate: int) -> None:
        """`rate` of the speaker, Hz."""
        self._rendering = rendering
        self._rate = rate
        self._breathed_at = self._hummed_at = -math.inf

    def breathed(self, t: float) -> bool:
        """Whether the customer, about to speak at call time `t`, s, has breathed in recently enough."""
        return t - self._breathed_at < SPEAKERS_BREATH_LASTS_SECONDS

    def sound(self, text: str, anger: float, t: float, paused_seconds: float) -> Samples:
        """The sound to make at call time `t`, s, `paused_seconds` into a pause of the trainee, who has said `text` so
        far; often empty. `anger` is 0..100. Shape (n,) at the speaker's rate."""
        long = paused_seconds >= LONG_PAUSE_SECONDS
        if self.breathed(t) if long else t - self._breathed_at < BREATH_LASTS_SECONDS:
            return np.zeros(0, np.float32)
        hum = self._rendering.clip(HUM, HUM_STEP * round(anger / HUM_STEP))  # rendered by the next pause at the latest
        hums = len(text.split()) >= HUMMED_WORDS and anger < HUM_BELOW and hum.done() and not hum.exception()
        if hums and not long and t - self._hummed_at >= HUM_LASTS_SECONDS:
            self._breathed_at = self._hummed_at = t
            return HUM_GAIN * hum.result()
        breath = before(text, anger, self._rate, QUICK_SECONDS if long else math.inf, surely=long)
        if len(breath):
            self._breathed_at = t
        return breath
