"""Whether a turn is no language at all: keys that were struck, a cat on the keyboard. Pure.

Three letters that never stand together in all that a scenario says are rare in any word of its language, and common in
what is none: the letters of a turn are held against those of the pack, so that an author needs no word list.
"""

import re
from functools import lru_cache

from dialogue.content.exchange import EMPTY_WORDS
from dialogue.language import normal
from dialogue.persona import Pack

STRANGE = 0.5
"""Least share of its threes of letters that stand nowhere in the pack, in a word that may be none. Foreign names come
near it, and a second word of a turn, "speaking", speaks for them."""
FEWEST_LETTERS = 4
"""Of a turn that is read at all."""
MOST_WORDS = 8
"""Of a turn that may be none: nobody strikes keys for longer."""
_WORD = re.compile(r"[^\W\d_]+")


def gibberish(text: str, pack: Pack) -> bool:
    """Whether every word of the turn is strange; never where one of them is a common one or a number stands there."""
    plain = normal(text)
    words = _WORD.findall(plain)
    letters = sum(map(len, words))
    if (
        letters < FEWEST_LETTERS
        or len(words) > MOST_WORDS
        or EMPTY_WORDS.intersection(words)
        or re.search(r"\d", plain)
    ):
        return False
    known = _threes_of(pack.model_dump_json())
    return all(_strange(word, known) >= STRANGE for word in words)


def _strange(word: str, known: frozenset[str]) -> float:
    threes = _threes(word)
    return sum(one not in known for one in threes) / len(threes)


def _threes(word: str) -> list[str]:
    framed = f"^{word}$"
    return [framed[at : at + 3] for at in range(len(framed) - 2)]


@lru_cache(maxsize=4)
def _threes_of(text: str) -> frozenset[str]:
    return frozenset(three for word in set(_WORD.findall(text.lower())) for three in _threes(word))
