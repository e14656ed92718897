"""A breath or a sigh before the customer speaks, made of quiet, shaped noise.

People audibly breathe in before they answer, especially before a long answer (Torreira, Bögels and Levinson, "Breathing
for answering", 2015). Here the breath also fills the moment in which the trainee may still go on.
"""

import math
import zlib
from functools import lru_cache

import numpy as np

from voice.audio import Samples
from voice.synthesis.delivery import CALM_DBFS, FURIOUS_DBFS

BELOW_SPEECH_DB = 17.0
SHARE = 0.85
"""Share of lines that begin with a breath, where there is time: not all of them do."""
SIGH_SHARE = 0.4
"""Share of those breaths that are sighs, at anger SIGHS_FROM to SIGHS_TO: calm people do not sigh at others, and
furious ones do not take the time."""
SIGHS_FROM, SIGHS_TO = 25.0, 80.0
DRAWN_HZ = ((1300.0, 450.0, 1.0), (2700.0, 700.0, 0.8), (4300.0, 1100.0, 0.5))
HEAVED_HZ = ((550.0, 250.0, 1.0), (1250.0, 400.0, 0.7), (2500.0, 700.0, 0.25))
"""Centre and width (Hz) and weight of each noise band: air through a half open mouth, inwards and outwards."""
QUICKEST_SECONDS = 0.12
"""The shortest breath; where there is less time, there is none."""


def before(text: str, anger: float, rate: int, longest_seconds: float = math.inf, *, surely: bool = False) -> Samples:
    """The breath before `text` at `anger` (0..100), shortened to `longest_seconds` if need be; `rate` in Hz. Empty for
    some lines, always the same ones, unless `surely`; and empty when there is no time for it."""
    draw = zlib.crc32(text.encode()) / 2**32
    if (draw >= SHARE and not surely) or longest_seconds < QUICKEST_SECONDS:
        return np.zeros(0, np.float32)
    sighs = draw < SHARE * SIGH_SHARE and SIGHS_FROM <= anger <= SIGHS_TO
    heat = min(max(anger, 0.0), 100.0) / 100.0
    unhurried = (0.30 if sighs else 0.26) - 0.08 * heat  # angry people breathe quickly
    if longest_seconds < unhurried:
        sighs = False  # nobody heaves a quick sigh
    return _breath(sighs, round(anger), rate, math.floor(100.0 * min(unhurried, longest_seconds)))


@lru_cache(maxsize=256)
def _breath(sighs: bool, anger: int, rate: int, hundredths: int) -> Samples:
    """`hundredths` of a second long."""
    heat = min(max(anger, 0), 100) / 100.0
    count = hundredths * rate // 100
    spectrum = np.fft.rfft(np.random.default_rng(anger).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1.0 / rate)
    bands = HEAVED_HZ if sighs else DRAWN_HZ
    spectrum *= sum(weight * np.exp(-0.5 * ((hz - centre) / width) ** 2) for centre, width, weight in bands)
    noise = np.fft.irfft(spectrum, count)
    t = np.linspace(0.0, 1.0, count)
    # drawn in, air flows faster and faster until the glottis closes; a sigh bursts out and dies away
    flow = np.sin(np.pi * t**0.45) ** 1.5 if sighs else np.sin(np.pi * t**1.8) ** 1.2
    level_dbfs = CALM_DBFS + (FURIOUS_DBFS - CALM_DBFS) * heat - BELOW_SPEECH_DB
    shaped = noise * flow
    shaped *= 10.0 ** (level_dbfs / 20.0) / max(float(np.sqrt(np.mean(np.square(shaped)))), 1e-9)
    return np.asarray(shaped, np.float32)
