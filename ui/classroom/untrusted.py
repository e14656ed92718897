"""Text and events that came from another machine: what a terminal may be shown, and numbers that can be drawn."""

import re

from dialogue import journal
from dialogue.events import CallStarted, Event, Mood, MoodChanged
from dialogue.journal import MOST_SECONDS

PACK = r"[a-z][a-z0-9-]{0,99}"
"""A scenario's name: no path to a file of this machine."""
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What moves a terminal's cursor, turns the direction of the text, or cannot be seen."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
"""Of JSON; a backslash that is itself escaped begins none."""


class Malformed(Exception):
    """One sentence: what is wrong with what arrived."""


def cleaned(text: str) -> str:
    """Without what moves a cursor or cannot be seen: names and words from outside are shown on a terminal."""
    return " ".join(_UNSHOWN.sub(" ", text).split())


def event_of(line: bytes, number: int) -> Event:
    """The event of a line that came from outside: of a journal's form, with numbers that can be drawn and nothing that
    moves a cursor."""
    try:
        event = journal.decode(_shown(line.rstrip(b"\n").decode()))
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


def _shown(line: str) -> str:
    """JSON with a space for every character that is not to be shown, written out or escaped."""
    if line.isascii() and "\\" not in line and "\x7f" not in line:
        return line  # nearly all are; what else is below a space is no JSON
    return _ESCAPE.sub(_unescaped, _UNSHOWN.sub(" ", line))


def _unescaped(escape: re.Match[str]) -> str:
    whole, digits = escape.group(0), escape.group(1)
    hidden = _UNSHOWN.match(chr(int(digits, 16))) if digits else whole[1] in "bfnrt"
    return " " if hidden else whole


def _possible(mood: Mood) -> bool:
    shares = (mood.anger, mood.trust, mood.resting)
    return all(0.0 <= share <= 100.0 for share in shares) and mood.half_life_seconds > 0.0
