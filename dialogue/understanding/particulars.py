"""Particulars by which a caller is identified or reached: which of them a clause asks for, and which a fact can give.

"Postcode?" is near "What's your telephone number?" in meaning, as both are asked for when a form is filled in; but who
is asked for the one does not give the other. Pure.
"""

import re
from functools import lru_cache

from dialogue.language import normal
from dialogue.persona import Fact

NAME = "name"
_KINDS = {
    NAME: re.compile(
        r"\b(?:your|full|first|last|family|second|christian) name\b(?! (?:on|off|from|under|in|to)\b)|\bsurname\b"
        r"|\bspell (?:it|that|your)\b|\bwho(?:m)? (?:am i|i'm|i am) (?:speaking|talking)\b"
        r"|\b(?:take|have|get) (?:a|the) name\b|\bwhat(?:'s| is| was) the name(?: again| please)*\??$"
    ),
    "birth": re.compile(r"\b(?:dates? of birth|birth ?da(?:y|te)|when (?:were|was) (?:you|he|she) born)\b"),
    "address": re.compile(
        r"\b(?:post ?code|postal code|zip code|house number)\b|\bwhere (?:do|does) (?:you|he|she) live\b"
        r"|\b(?:your|home|delivery|billing|postal|what|which) (?:full |new |current )?(?:address|street)\b"
        r"|^address\b"
    ),
    "e-mail": re.compile(
        r"\be-?mail address|\b(?:what(?:'s| is)|which|have|take|got|is) (?:an |your )?e-?mail\b"
        r"(?! (?:from|about|that|at)\b)"
    ),
    "telephone": re.compile(
        r"\b(?:tele)?phone number|\b(?:mobile|landline|contact|call-?back|daytime|direct) number|\bnumber (?:\w+ )*?"
        r"(?:can|may|could|should|shall|do|will|to) (?:i |we |they )?(?:reach|call|ring|phone|get)\b|\breach you on\b"
        r"|\b(?:your|which|what) (?:tele)?(?:phone|mobile)\b"
    ),
    "reference": re.compile(
        r"\b(?:account|customer|contract|order|booking|reference|policy|case|ticket|invoice|serial|consignment|tracking"
        r"|receipt|membership|client) (?:number|reference|code|id)\b|\breference\b"
    ),
}


def asked_for(plain: str) -> frozenset[str]:
    """The kinds of particulars that a normalised clause asks for, keys of `_KINDS`; none where it asks for something
    else as well ("your name and the model")."""
    named = [{kind for kind, form in _KINDS.items() if form.search(part)} for part in plain.split(" and ") if part]
    return frozenset().union(*named) if all(named) else frozenset()


def can_give(fact: Fact, kinds: frozenset[str]) -> bool:
    """Whether the fact gives one of `kinds`, as far as its wordings say; any fact may where no kind is asked for."""
    return not kinds or bool(kinds & _given(fact.wordings))


@lru_cache(maxsize=1024)
def _given(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(asked_for(normal(one)) for one in wordings))
