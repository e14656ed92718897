"""One reply on its way through the speaker, and which of its words had sounded when it was cut off.

Engines give no word times, so the sound of a piece is shared out among its words by how long each is to say.
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


@dataclass
class SpokenLine:
    """One reply on its way through the speaker. Sample counts start at 0 with its first sample."""

    reply: Reply
    stops: int
    """How often stop() had been called when it was asked for; one more ends it."""
    begin: int = 0
    """Where in the text what is said begins: behind an opener that was left out."""
    words_at: float = 0.0
    """Call time before which nothing but an opener sounds, s."""
    base: int = 0
    """The speaker's count at sample 0."""
    queued: int = 0
    sounded: int = 0
    noticed: int = 0
    """The last `sounded` whose events have been emitted."""
    moved_at: float = 0.0
    """Call time at which `sounded` last grew, s."""
    played: list[Played] = field(default_factory=list)
    sound: list[Samples] = field(default_factory=list)
    """What was queued."""
    whole: bool = False
    """Every piece is queued."""
    started: bool = False
    waits_until: float | None = None
    """Nothing sounds yet; the words begin then, on the call clock, s."""
    shown_until: float | None = None
    """It cannot sound and is being read instead, until then on the call clock, s."""

    @property
    def text(self) -> str:
        """What of it is said."""
        return self.reply.text[self.begin :]

    def cut_at(self, count: int) -> tuple[int, str]:
        """How many samples of it had sounded when the speaker had played `count`, and which words those were."""
        sounded = min(max(count - self.base, 0), self.queued) if self.queued else 0
        if sounded and self.whole and sounded == self.queued:
            return sounded, self.text
        return sounded, heard(self.reply.text, self.played, sounded)[self.begin :]
