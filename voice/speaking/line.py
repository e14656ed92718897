"""A reply being played, and which of its words had sounded when it was cut off.

Engines give no word times, so the duration of a piece is divided among its words by an estimate of their length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogue.events import Reply
from voice.audio import Samples
from voice.synthesis.pieces import BLEEP, Piece

WORD = re.compile(r"\S+")
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def effort(word: str) -> float:
    """Estimated duration of a word in units of about a phoneme, by letters, syllables and digits."""
    digits = sum(character.isdigit() for character in word)
    letters = sum(character.isalpha() for character in word)
    syllables = len(VOWELS.findall(word))
    pause = 3.0 if word.rstrip("\"'”’)")[-1:] in tuple(",;:—") else 0.0
    bleep = 6.0 if BLEEP.search(word) else 0.0
    return 0.6 * letters + 1.2 * syllables + 4.0 * digits + pause + bleep + 0.5


@dataclass(frozen=True, slots=True)
class Played:
    """A queued piece; `begin` and `end` in samples since the line's first one."""

    piece: Piece
    begin: int
    end: int


def heard(line: str, played: Sequence[Played], samples: int) -> str:
    """The part of `line` heard after `samples` samples. A word counts once half of it was played."""
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


@dataclass
class SpokenLine:
    """A reply being played. Sample counts start at 0 with its first sample."""

    reply: Reply
    stops: int
    """`Feed.stops` when `say` was called; a higher count ends the line."""
    begin: int = 0
    """Index in the text of the first character spoken; not 0 when the opener is left out."""
    words_at: float = 0.0
    """Call time before which only an opener or a breath may sound, s."""
    base: int = 0
    """The speaker's `played_samples` at sample 0."""
    queued: int = 0
    sounded: int = 0
    noticed: int = 0
    """The value of `sounded` up to which events have been emitted."""
    moved_at: float = 0.0
    """Call time at which `sounded` last grew, s."""
    played: list[Played] = field(default_factory=list)
    sound: list[Samples] = field(default_factory=list)
    """All samples queued."""
    whole: bool = False
    """Every piece is queued."""
    started: bool = False
    waits_until: float | None = None
    """While waiting for `words_at`: that call time, s."""
    shown_until: float | None = None
    """While it is shown because it cannot sound: call time of its end, s."""

    @property
    def text(self) -> str:
        """The part that is spoken."""
        return self.reply.text[self.begin :]

    def cut_at(self, count: int) -> tuple[int, str]:
        """How many samples of it had sounded when the speaker had played `count`, and which words those were."""
        sounded = min(max(count - self.base, 0), self.queued) if self.queued else 0
        if sounded and self.whole and sounded == self.queued:
            return sounded, self.text
        return sounded, heard(self.reply.text, self.played, sounded)[self.begin :]
