"""Scenario packs: their parts (`lines`, `customer`, `story`), the whole (`pack`), and how they are read (`loading`)."""

from dialogue.persona.customer import Conduct, Customer, Temper, Tuning
from dialogue.persona.lines import LineKey, fitting, slots
from dialogue.persona.loading import PackFile, available, completed, load
from dialogue.persona.pack import SMALL_TALK, STORY, Pack
from dialogue.persona.parsing import PackProblem
from dialogue.persona.story import Curveball, Desk, Fact, Meaning, Need, Trap, Trigger

__all__ = [
    "SMALL_TALK",
    "STORY",
    "Conduct",
    "Curveball",
    "Customer",
    "Desk",
    "Fact",
    "LineKey",
    "Meaning",
    "Need",
    "Pack",
    "PackFile",
    "PackProblem",
    "Temper",
    "Trap",
    "Trigger",
    "Tuning",
    "available",
    "completed",
    "fitting",
    "load",
    "slots",
]
