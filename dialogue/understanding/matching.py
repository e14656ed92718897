"""Which of a pack's meanings a clause comes closest to, by the text model, the pack's word groups and shared words.

The three signs are weighed into one number per fact, need and trap, and these compete with each other and with "none of
them" as in a multinomial logistic regression. The weights were fitted once to 2,500 questions about sixteen packs that
their wordings do not contain (fitted to twelve packs: on the other four's 89 % right and 4 % another's), and hold for
any pack: an author writes wordings only.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log

from dialogue.language import STOP, normal
from dialogue.persona import SMALL_TALK, Meaning

MEANING = 16.6
"""Weight of how near the text model finds the clause to the wordings (about 0..1, `dialogue.content.meanings`)."""
GROUPS = 1.9
"""Weight of all word groups being there."""
SHARED = 1.6
"""Weight of the words shared with the wordings, rare words counting more, at most `MOST_SHARED`."""
MOST_SHARED = 1.5
NONE = 6.7
"""What a meaning has to exceed to be likelier than none."""
JUST_ASKED = 0.7
"""How much a meaning rises that the customer has just asked for, as a log odd: an answer leaves out what the question
has said."""
RIVAL_LESS = 1.5
"""How far a clause may be nearer to the customer's own story than to a meaning and still have that meaning."""
ENDING = r"(?:e?s)?\b"
"""After a word of a group: more of them, or the same verb of another person ("drivers", "brings")."""
GROUPS_ALONE = 9.0
ALIKE_ALONE = 13.0
"""Weights without a text model: the word groups decide, or a share of 0.62 of a wording's words."""


def likelihoods(
    parts: Sequence[Meaning],
    clause: str,
    cosines: Mapping[str, float],
    *,
    rivals: bool = False,
    wanted: frozenset[str] = frozenset(),
) -> dict[str, float]:
    """How likely each part is what the normalised `clause` is about: id -> 0..1, what is left to 1 is "none".
    `rivals`: so is what comes nearer to something else of the pack, such as the customer's own story given back.
    `wanted`: ids of what the customer has just asked for."""
    if not parts:
        return {}
    rarity = _rarity(tuple(part.wordings for part in parts))
    own = _content(clause)
    height: dict[str, float] = {}
    for part in parts:
        groups = grouped(part.words, clause) == 1.0
        if cosines:
            common = sum(rarity.get(word, 0.0) for word in own & _vocabulary(part.wordings))
            height[part.id] = MEANING * cosines.get(part.id, 0.0) + GROUPS * groups + SHARED * min(common, MOST_SHARED)
        else:
            height[part.id] = max(ALIKE_ALONE * _alike(part.wordings, own), GROUPS_ALONE * groups)
    for name in wanted & height.keys():
        height[name] += JUST_ASKED
    others = [near for name, near in cosines.items() if name not in height] if rivals else []
    none = max(NONE, MEANING * max(others, default=0.0) - RIVAL_LESS, MEANING * cosines.get(SMALL_TALK, 0.0))
    top = max(none, *height.values())
    raised = {name: exp(value - top) for name, value in height.items()}
    total = sum(raised.values()) + exp(none - top)
    return {name: value / total for name, value in raised.items()}


def grouped(groups: Sequence[Sequence[str]], clause: str) -> float:
    """Share of the word groups that occur in the normalised clause; 0 without groups."""
    if not groups:
        return 0.0
    return sum(any(_pattern(word).search(clause) for word in group) for group in groups) / len(groups)


@lru_cache(maxsize=8192)
def _pattern(word: str) -> re.Pattern[str]:
    body = re.escape(normal(word.rstrip("*")))
    return re.compile(rf"\b{body}{'' if word.endswith('*') else ENDING}")


def _alike(wordings: Sequence[str], own: frozenset[str]) -> float:
    """Share of the nearest wording's content words that the clause has: 0..1, less for a single word."""
    best = 0.0
    for wording in wordings:
        theirs = _wording(wording)
        if len(theirs) >= 2 and own:
            best = max(best, len(own & theirs) / len(theirs) * min(1.0, 0.5 + len(own & theirs) / 4))
    return best


@lru_cache(maxsize=32)
def _rarity(wordings: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    """Content word -> 0..1, 1 for a word of a single part (inverse document frequency)."""
    everyone = [_vocabulary(one) for one in wordings]
    rarest = log(1 + len(everyone))
    counts: dict[str, int] = {}
    for words in everyone:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return {word: log(1 + len(everyone) / count) / rarest for word, count in counts.items()}


@lru_cache(maxsize=1024)
def _vocabulary(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(_wording, wordings))


@lru_cache(maxsize=16384)
def _wording(wording: str) -> frozenset[str]:
    return _content(normal(wording))


@lru_cache(maxsize=4096)
def _content(plain: str) -> frozenset[str]:
    """Content words, crudely stemmed."""
    words = (word.strip("?':-") for word in plain.split())
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word for word in words if word and word not in STOP
    )
