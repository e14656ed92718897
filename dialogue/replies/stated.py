"""The day or time that belongs to one thing of a turn: its own sentence's, or that of the correction behind. Pure."""

import re

from dialogue.language import SENTENCE, normal
from dialogue.understanding.offering import time_ahead

_CORRECTION = re.compile(
    r"^\W*(?:(?:no|wait|oh|sorry|pardon)\b\W*)+(?:i mean(?:t)?\b)?|^\W*(?:i mean(?:t)?|scrap that|make that|rather)\b",
    re.I,
)
"""Takes back what has just been said: "on Thursday... no, sorry, tomorrow"."""


_SHARE = re.compile(r"\b(?:every )?(?:(?:a|three) )?quarters? of an hour\b")
"""A duration that is a part of one, which must not be taken for the whole."""


def time_of(text: str, words: str) -> str:
    """The time that `text` holds out beside `words`, a part of it; "" where that sentence names none."""
    place = text.find(words) if words else -1
    if place < 0:
        return ""
    found = [(one.start(), one.end()) for one in SENTENCE.finditer(text)]
    for number, (start, end) in enumerate(found):
        if start <= place < end:
            behind = text[end : found[number + 1][1]] if number + 1 < len(found) else ""
            corrected = time_ahead([normal(behind)]) if _CORRECTION.match(behind) else ""
            sentence = text[start:end]
            version = _last_version(sentence)
            own = time_ahead([normal(words)]) and version == normal(sentence)  # of two things of one sentence
            return corrected or _ahead(normal(words) if own else version)
    return ""


def _ahead(plain: str) -> str:
    time, share = time_ahead([plain]), _SHARE.search(plain)
    return share[0] if share and time in share[0] else time


def _last_version(sentence: str) -> str:
    """The sentence in plain form from a correction within it on, if a time stands there."""
    parts = re.split(r"(?:,|\s-|…)\s*(?=(?:no|sorry|wait|i mean)\b)", sentence, flags=re.I)
    if len(parts) > 1 and time_ahead([normal(parts[-1])]):
        return normal(parts[-1])
    return normal(sentence)
