"""How easily a customer's lines are followed by ear: the Flesch-Kincaid grade (Kincaid et al., 1975).

Syllables are counted by vowel groups, which is right for nine English words in ten: enough for a mean over a pack.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[a-z']+")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """At least 1. A silent final e is not counted."""
    bare = word.replace("'", "")
    count = len(_VOWELS.findall(bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if bare.endswith("ed") and not bare.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(count, 1)


def grade(texts: Iterable[str]) -> float:
    """School years needed to follow the texts; 0.0 without words. Ordinary talk is 2 to 6."""
    sentences = words = sounds = 0
    for text in texts:
        for sentence in re.split(r"[.!?]+", text.lower()):
            found = _WORD.findall(re.sub(r"\{\w+\}", "then", sentence))
            sentences += bool(found)
            words += len(found)
            sounds += sum(syllables(word) for word in found)
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59 if words else 0.0
