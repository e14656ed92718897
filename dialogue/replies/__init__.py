"""The customer's lines: picking them (`lines`), and putting together what answers a turn.

An answer is composed of a reaction (`reacting`), content (`answering`) and what follows from it (`pressing`).
"""

from dialogue.replies.answering import asks_what_remains, tell
from dialogue.replies.lines import Picker, opened, remember
from dialogue.replies.respond import agree, last_resort, respond

__all__ = [
    "Picker",
    "agree",
    "asks_what_remains",
    "last_resort",
    "opened",
    "remember",
    "respond",
    "tell",
]
