"""What a line typed during a call is: words for the customer, a command, or neither."""

import difflib
from dataclasses import dataclass

from dialogue.printable import cleaned
from ui import strings

MOST_LETTERS = 2_000
"""In one turn: more than two minutes of speech. A class takes a hundred times as much in one piece, and no more."""
MOST_DIGITS = 9
LEAST_ALIKE = 0.5
"""How alike a mistyped command must be to be meant, 0..1 (difflib's ratio)."""


@dataclass(frozen=True, slots=True)
class Words:
    """To be said to the customer."""

    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """A command. `name` is one of `strings.COMMANDS`; `rest` is what stood behind it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Words without end, or what looks like a command and is none; `sentence` says what to do. Nothing is said to
    anybody."""

    sentence: str


def choice(text: str, most: int) -> int | None:
    """The number from 1 to `most` that was typed; None for anything else, such as ² or thousands of digits."""
    text = text.strip()
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
    return number if 1 <= number <= most else None


def read(line: str) -> Words | Order | Refused | None:
    """None for an empty line. What was pasted along and cannot be seen is left out."""
    line = cleaned(line)
    if not line.startswith("/"):
        if len(line) > MOST_LETTERS:
            return Refused(strings.TURN_TOO_LONG.format(letters=len(line), most=MOST_LETTERS))
        return Words(line) if line else None
    name, _, rest = line[1:].partition(" ")
    name = name.lower()
    if name in strings.COMMANDS:
        return Order(name, rest.strip())
    nearest = difflib.get_close_matches(name, strings.COMMANDS, 1, LEAST_ALIKE)
    if nearest:
        return Refused(strings.COMMAND_NEAREST.format(name=name, nearest=nearest[0]))
    known = " ".join(f"/{each}" for each in strings.COMMANDS)
    return Refused(strings.COMMAND_UNKNOWN.format(name=name, known=known))
