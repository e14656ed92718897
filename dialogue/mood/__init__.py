"""The anger model: a table of effects, the weighing of a turn, and the curve with its ledger."""

from dialogue.mood.curve import Impulse, Thresholds, at, band, crossing, relax, strike
from dialogue.mood.weighing import Finding, Moment, Person, weigh

__all__ = [
    "Finding",
    "Impulse",
    "Moment",
    "Person",
    "Thresholds",
    "at",
    "band",
    "crossing",
    "relax",
    "strike",
    "weigh",
]
