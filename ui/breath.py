"""The breath as a function of time: in, hold, out. Nothing here draws or sleeps.

The default, in for 3, hold for 5, out for 3 counts, is the one the source articles teach (techniques 002-13).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Step = Literal["in", "hold", "out"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """How long each step lasts, s; each > 0."""

    inhale: float = 3.0
    hold: float = 5.0
    exhale: float = 3.0

    @property
    def seconds(self) -> float:
        """One whole breath."""
        return self.inhale + self.hold + self.exhale


@dataclass(frozen=True, slots=True)
class Breath:
    """The state of the breath at one moment."""

    step: Step
    count: int
    """1 for the first second of the step."""
    extent: float
    """How full the lungs are drawn, 0..1."""
    breaths: int
    """Whole breaths done before this one."""


DEFAULT = Pattern()
PATTERNS: Mapping[str, Pattern] = {
    "3-5-3": DEFAULT,
    "4-2-6": Pattern(4.0, 2.0, 6.0),
    "4-7-8": Pattern(4.0, 7.0, 8.0),
}
"""By name. The others breathe out longer than in, which many find easier to keep up."""


def breath_at(seconds: float, pattern: Pattern = DEFAULT) -> Breath:
    """The breath `seconds` after its start (negative times count as 0).

    Extent follows half a cosine in each moving step, so that it starts and stops gently.
    """
    elapsed = max(0.0, seconds)
    breaths = int(elapsed // pattern.seconds)
    within = elapsed - breaths * pattern.seconds
    if within < pattern.inhale:
        return Breath("in", int(within) + 1, _eased(within / pattern.inhale), breaths)
    within -= pattern.inhale
    if within < pattern.hold:
        return Breath("hold", int(within) + 1, 1.0, breaths)
    within -= pattern.hold
    return Breath("out", int(within) + 1, 1.0 - _eased(min(1.0, within / pattern.exhale)), breaths)


def _eased(share: float) -> float:
    return (1.0 - math.cos(math.pi * share)) / 2.0
