"""The breath as a function of time: in, hold, out. Nothing here draws or sleeps.

The default, in for 3, hold for 5, out for 3 counts, is the one the source articles teach (techniques 002-13).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Step = Literal["in", "hold", "out"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """How long each step lasts, s; each > 0."""

    inhale: float = 3.0
    hold: float = 5.0
    exhale: float = 3.0

    @property
    def steps(self) -> tuple[tuple[Step, float], ...]:
        """Each step with its length, s, in order."""
        return (("in", self.inhale), ("hold", self.hold), ("out", self.exhale))

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
    """How full the lungs are, 0..1."""
    breaths: int
    """Whole breaths before this one."""
    left: float
    """Until the count or the step changes, s."""


DEFAULT = Pattern()
PATTERNS: Mapping[str, Pattern] = {
    "3-5-3": DEFAULT,
    "4-2-6": Pattern(4.0, 2.0, 6.0),
    "4-7-8": Pattern(4.0, 7.0, 8.0),
}
"""By name. Those besides the default breathe out longer than in, which many find easier to keep up."""


class Sound(Protocol):
    """A sound that follows the breath."""

    def step(self, step: Step, seconds: float) -> None:
        """A step begins now and takes `seconds`."""
        ...

    def stop(self) -> None: ...


class Silence:
    """No sound."""

    def step(self, step: Step, seconds: float) -> None:
        pass

    def stop(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Pace:
    """How the trainee wants to breathe."""

    pattern: Pattern = DEFAULT
    sound: Sound = field(default_factory=Silence)
    still: bool = False
    """Words and a count, no motion."""


USUAL = Pace()


def breath_at(seconds: float, pattern: Pattern = DEFAULT) -> Breath:
    """The breath `seconds` after its start (negative times count as 0).

    Extent follows half a cosine in each moving step, so that it starts and stops gently.
    """
    elapsed = max(0.0, seconds)
    breaths = int(elapsed // pattern.seconds)
    within = elapsed - breaths * pattern.seconds
    for step, length in pattern.steps:
        if within < length or step == "out":
            break
        within -= length
    share = min(1.0, within / length)
    extent = {"in": _eased(share), "hold": 1.0, "out": 1.0 - _eased(share)}[step]
    left = min(length - within, 1.0 - within % 1.0)
    return Breath(step, int(within) + 1, extent, breaths, max(0.0, left))


def _eased(share: float) -> float:
    return (1.0 - math.cos(math.pi * share)) / 2.0
