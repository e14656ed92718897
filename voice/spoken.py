"""A line as it is spoken: in which pieces, and which of its words had sounded when it was cut off.

Pure text and arithmetic. Engines give no word times, so the sound of a piece is shared out among its words by how long
each is to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=\S)")
NOT_AN_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|vs|approx|Inc|Ltd|Co)|\b[A-HJ-Z])\.\s+$")
"""A full stop after a title or an initial."""
WORD = re.compile(r"\S+")
BLEEP = re.compile(r"\*{3,}")
"""Stands for a word that is not written out: a tone in its place."""
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """text = line[start:end], rendered and played as one."""

    text: str
    start: int
    end: int


def pieces(line: str, opener: str = "") -> tuple[Piece, ...]:
    """The opener, when `line` begins with it, then the sentences. Pieces without a letter or digit are left out."""
    cuts = [0]
    if opener and line.startswith(opener) and opener.strip() != line.strip():
        cuts.append(len(opener))
    for match in SENTENCE_END.finditer(line, cuts[-1]):
        if match.end() - cuts[-1] > 1 and not NOT_AN_END.search(line[cuts[-1] : match.end()]):
            cuts.append(match.end())
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True):
        text = line[start:end]
        if any(character.isalnum() for character in text):
            start += len(text) - len(text.lstrip())
            found.append(Piece(text.strip(), start, start + len(text.strip())))
    return tuple(found)


def effort(word: str) -> float:
    """How long a word takes to say, in units of about a phoneme: its letters, its syllables, digits by name."""
    digits = sum(character.isdigit() for character in word)
    letters = sum(character.isalpha() for character in word)
    syllables = len(VOWELS.findall(word))
    pause = 3.0 if word.rstrip("\"'”’)")[-1:] in tuple(",;:—") else 0.0
    bleep = 6.0 if BLEEP.search(word) else 0.0
    return 0.6 * letters + 1.2 * syllables + 4.0 * digits + pause + bleep + 0.5


@dataclass(frozen=True, slots=True)
class Played:
    """One piece as it lies in the speaker's queue; samples count from the line's first sample."""

    piece: Piece
    begin: int
    end: int


def heard(line: str, played: Sequence[Played], samples: int) -> str:
    """The beginning of `line` that had sounded after `samples` samples: each word once half of it was played."""
    reach = 0
    for part in played:
        if samples >= part.end:
            reach = part.piece.end
            continue
        words = list(WORD.finditer(part.piece.text))
        total = sum(effort(word.group()) for word in words) or 1.0
        per_unit = (part.end - part.begin) / total
        at = float(part.begin)
        for word in words:
            length = effort(word.group()) * per_unit
            if samples < at + length / 2.0:
                return line[:reach]
            reach = part.piece.start + word.end()
            at += length
    return line[:reach]
