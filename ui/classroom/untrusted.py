"""Checks events from another machine before they are stored or drawn."""

import re

from dialogue import journal
from dialogue.events import CallStarted, Event, Mood, MoodChanged
from dialogue.journal import MOST_SECONDS

PACK = r"[a-z][a-z0-9-]{0,99}"
"""A scenario's name, which is no path."""


class Malformed(Exception):
    """What is wrong with a message from outside, in one sentence."""


def event_of(line: bytes, number: int) -> Event:
    """The event in a line from outside: valid, with possible numbers and without control characters. Raises
    Malformed."""
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
