"""Progress over many calls: each part of the rubric as a share with its uncertainty, recent calls counting more."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.debrief.rubric import Scorecard
from dialogue.drills import Drill, practising

HALF_LIFE_CALLS = 5.0
"""A call this many calls ago counts half: what somebody can do now is what the last few calls show."""
INTERVAL_DEVIATIONS = 1.2816
"""Standard deviations either side of the mean that hold 80 % of a normal distribution."""
SURE_WITHIN = 0.15
"""Half the interval up to which a skill is shown as known and not as a guess."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One section of the rubric, over the calls."""

    title: str
    share: float
    """Of its points met, 0..1: the mean of a Beta distribution that starts from one met and one missed."""
    low: float
    high: float
    """The middle 80 % of it, by the normal approximation."""
    points: float
    """How many points it rests on, faded by age."""

    @property
    def sure(self) -> bool:
        return (self.high - self.low) / 2 <= SURE_WITHIN


@dataclass(frozen=True, slots=True)
class NextDrill:
    drill: Drill
    point: str
    """The point of the rubric that was missed most, recently."""
    missed: int
    """In so many of the calls."""


def skills(cards: Sequence[Scorecard]) -> tuple[Skill, ...]:
    """Every section that any of the calls shows, in the rubric's order. `cards` are the newest first.

    Points met and missed are counted with weights that halve every `HALF_LIFE_CALLS`, and read as a Beta posterior
    with a uniform prior (Gelman et al., Bayesian Data Analysis, 2.4).
    """
    counts: dict[str, tuple[float, float]] = {}
    for age, card in enumerate(cards):
        weight = 0.5 ** (age / HALF_LIFE_CALLS)
        for section in card.sections:
            met, missed = counts.get(section.title, (0.0, 0.0))
            met += weight * sum(mark.state == "met" for mark in section.marks)
            missed += weight * sum(mark.state == "missed" for mark in section.marks)
            counts[section.title] = (met, missed)
    return tuple(_skill(title, met, missed) for title, (met, missed) in counts.items() if met + missed)


def _skill(title: str, met: float, missed: float) -> Skill:
    a, b = met + 1.0, missed + 1.0
    mean = a / (a + b)
    reach = INTERVAL_DEVIATIONS * math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1.0)))
    return Skill(title, mean, max(0.0, mean - reach), min(1.0, mean + reach), met + missed)


def next_drill(cards: Sequence[Scorecard]) -> NextDrill | None:
    """The drill for the point that was missed most, recent calls counting more; None when no drill would help."""
    weights: Counter[str] = Counter()
    times: Counter[str] = Counter()
    drills: dict[str, Drill] = {}
    for age, card in enumerate(cards):
        for mark in (mark for section in card.sections for mark in section.marks if mark.state == "missed"):
            drill = next((found for cause in mark.causes if (found := practising(cause))), None)
            if drill:
                weights[mark.title] += 0.5 ** (age / HALF_LIFE_CALLS)
                times[mark.title] += 1
                drills[mark.title] = drill
    if not weights:
        return None
    point = max(weights, key=lambda title: weights[title])
    return NextDrill(drills[point], point, times[point])
