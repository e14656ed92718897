"""Rehearsed calls: trainees of every kind played against a pack as fast as it goes.

`Line` is the telephone in closed form; `play` lets a built-in trainee take a whole call; `report` says what a pack's
calls came to.
"""

from dialogue.rehearsal.line import Line
from dialogue.rehearsal.play import Played, play
from dialogue.rehearsal.report import Report, report
from dialogue.rehearsal.styles import TRAINEES

__all__ = ["TRAINEES", "Line", "Played", "Report", "play", "report"]
