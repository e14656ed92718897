# ruff: noqa: SIM905 - word lists read best as text
"""Whether a clause says the customer's story back, by its form alone: announced, or told in the past, or noted down.
Orders, answers, comfort and the trainee's own doings do not. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from dialogue.understanding.specifics import NUMBER
from dialogue.understanding.story_pieces import Piece, past

_LEAD = re.compile(
    r"^(?:(?:right|ok|yes|and|well|oh|now|good|thanks|thank you) )*"
    r"(?:so\b|if i (?:have )?(?:understand|understood|got|heard?)\b|what i (?:have|heard|understand)\b"
    r"|let me (?:just )?(?:get|make sure|see if|check|read|repeat|go over|say)\b|as you s\w+|to recap|in short"
    r"|(?:from what )?you (?:have |just |also )*(?:said|say|told (?:me|us)|mentioned|mean)\b)|\bthen$"
)
"""Announces that they say it back: what follows in its sentence is the customer's story."""
_AFTERTHOUGHT = re.compile(r"\bthen$")
_DENIED = frozenset({"not", "never"})
_FINITE = frozenset(
    "is are am does do will can could would should may might must shall has have please not never no".split()
)
"""Where one of these stands, a clause without "you" is more than a note of what happened."""
_DESK = frozenset("i we me us my our ours".split())
_SIGNS = frozenset("you your yours nobody somebody they".split())
"""What shows that a piece speaks of the customer's story, though it speaks of the trainee, too."""
OWN = re.compile(
    r"\b(?:(?:i|we) (?:am|are|will|can|could|would|shall|may|might|see|find|know|think|have (?:got )?(?:it|you|here))"
    r"|let|let us|please|shall|if|or|here|record\w*|screen|system|notes?|how about|what about|until then"
    rf"|my name|this is|speaking|takes?|tomorrow|tonight|next|(?:in|within) {NUMBER} \w+)\b"
)
"""What the trainee does, sees or asks for: no part of the customer's story."""
_SPEAKS = re.compile(
    r"^(?:and |so |but |ok |yes )*(?:i|we) (?:can |do |really |also |just )?(?:hear|remember|ask|know|see|understand"
    r"|call|ring|note|follow|check|look|write|send|promise|mean)\b|\bis (?:me|us)\b"
)
"""Says what they themselves do now: "I hear you", "Priya is me"."""


def _own(text: str) -> bool:
    """Whether a piece is the trainee's own doing, and gives nothing back."""
    return bool(OWN.search(text) or _SPEAKS.search(text))


def announced(parts: Sequence[Piece]) -> frozenset[int]:
    """The sentences that announce a retelling: as they begin, for "so" amid one is a consequence, or with "then"."""
    first = {one.sentence: one for one in reversed(parts)}
    return frozenset(
        one.sentence for one in parts if (_LEAD if one is first[one.sentence] else _AFTERTHOUGHT).search(one.text)
    )


def not_their_own(parts: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces that are not the trainee's own doing, nor go on with it: "I send the ring, nine of them"."""
    sentence, mine = -1, False
    for one in parts:
        goes_on = mine and one.sentence == sentence and not _SIGNS & set(one.text.split())
        sentence, mine = one.sentence, goes_on or (_own(one.text) and not _LEAD.search(one.text))
        if not mine:
            yield one


def narrates(one: Piece, *, answers: bool) -> bool:
    """Whether it tells, unannounced, what has been: of them in the past, or as a note of what happened. No order or
    answer does ("don't open it", "they aren't gone"), nor who says what was not: "you didn't break it" is a comfort.
    `answers`: they have just asked, so that a few words with no verb are an answer."""
    words = one.text.split()
    if "you" in words:
        return past(words) and not _DENIED & set(words)
    noted = not (_FINITE | _DESK | {"it"}) & set(words)
    return noted and (past(words) or "your" in words or not answers)


def gives_back(one: Piece) -> bool:
    """Speaks of them or their things, or has no subject at all, as recaps have: "Monday the leak"."""
    words = set(one.text.split())
    return bool(_SIGNS & words) or not {"i", "we"} & words
