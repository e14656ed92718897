"""The customer's lines: picking them, and putting together what answers a turn."""

from dialogue.replies.lines import Picker, opened, remember
from dialogue.replies.respond import FACING_TURNS, last_resort, respond, tell

__all__ = ["FACING_TURNS", "Picker", "last_resort", "opened", "remember", "respond", "tell"]
