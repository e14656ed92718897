"""In which pieces a line is spoken: an opener and sentences. Pure text."""

import re
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=\S)")
NOT_AN_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|vs|approx|Inc|Ltd|Co)|\b[A-HJ-Z])\.\s+$")
"""A full stop after a title or an initial."""
BLEEP = re.compile(r"\*{3,}")
"""Stands for a word that is not written out: a tone in its place."""


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
