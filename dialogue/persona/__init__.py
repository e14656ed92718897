"""Scenario packs: their form (`model`) and how they are read (`loading`)."""

from dialogue.persona.loading import PackFile, PackProblem, available, load
from dialogue.persona.model import Curveball, Customer, Desk, Fact, Need, Pack, Temper, Tuning, fitting, slots

__all__ = [
    "Curveball",
    "Customer",
    "Desk",
    "Fact",
    "Need",
    "Pack",
    "PackFile",
    "PackProblem",
    "Temper",
    "Tuning",
    "available",
    "fitting",
    "load",
    "slots",
]
