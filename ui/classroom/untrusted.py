"""Text and events that came from another machine: what a terminal may be shown, and numbers that can be drawn."""

import re

from dialogue import journal
from dialogue.events import CallStarted, Event, Mood, MoodChanged
from dialogue.journal import MOST_SECONDS

PACK = r"[a-z][a-z0-9-]{0,99}"
"""A scenario's name: no path to a file of this machine."""


class Malformed(Exception):
    """One sentence: what is wrong with what arrived."""


def event_of(line: bytes, number: int) -> Event:
    """The event of a line that came from outside: of a journal's form, with numbers that can be drawn and nothing that
    moves a cursor."""
    try:
        event = journal.decode(journal.shown(line.rstrip(b"\n").decode()))
    except (journal.JournalProblem, UnicodeDecodeError) as problem:
        raise Malformed(f"line {number} is no event: {problem}") from None
    if isinstance(event, CallStarted) != (number == 1):
        raise Malformed("a journal begins with call_started, and only there")
    if isinstance(event, CallStarted) and not re.fullmatch(PACK, event.pack):
        raise Malformed("that is no scenario's name")
    if not 0.0 <= event.t <= MOST_SECONDS:
        raise Malformed(f"line {number} has a time that no call has")
    if isinstance(event, MoodChanged) and not _possible(event.mood):
        raise Malformed(f"line {number} has a mood that nobody has")
    return event


def _possible(mood: Mood) -> bool:
    shares = (mood.anger, mood.trust, mood.resting)
    return all(0.0 <= share <= 100.0 for share in shares) and mood.half_life_seconds > 0.0
