"""Drills: one skill, a few rounds, an instant verdict. Pure, like the call itself.

A drill is a file of one of five kinds: say it, spot the turn, recap, find the gap, climb down the tone ladder. Each
kind deals rounds (`round`), and a round judges what the trainee does.
"""

from dialogue.drills.drill import Drill
from dialogue.drills.library import available, instead_of, load, practising, teaching
from dialogue.drills.round import Answer, Round, Spoken, Verdict

__all__ = [
    "Answer",
    "Drill",
    "Round",
    "Spoken",
    "Verdict",
    "available",
    "instead_of",
    "load",
    "practising",
    "teaching",
]
