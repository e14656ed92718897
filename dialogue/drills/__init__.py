"""Drills: one skill, a few rounds, an instant verdict. Pure, like the call itself."""

from dialogue.drills.drill import Drill, Round, available, load, practising
from dialogue.drills.verdict import Verdict, judged

__all__ = ["Drill", "Round", "Verdict", "available", "judged", "load", "practising"]
