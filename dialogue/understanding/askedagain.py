"""Questions whose answer the customer has just given: they were not listened to. Pure."""

import re

from dialogue.content.exchange import EMPTY_WORDS
from dialogue.language import MOST_READ, SENTENCE, normal
from dialogue.understanding.expected_answers import gives, matter, wanted
from dialogue.understanding.story_pieces import pieces, root

_PLACE = re.compile(
    r"\b(?:from|in|at|on|under|behind|near|between|inside|outside|round) (?:the|my|our|your|an?|his|her)\b"
)
_HAVE_YOU = re.compile(r"^(?:and |so |but |well )*(?:have|did) you (?:already |ever |also )?((?:\w+ ?){1,6})")
_TRIED = frozenset({root("tried"), root("try")})
_KINDS = frozenset({"time", "sum", "where"})
"""Kinds of answer that can be told by their form alone."""


def asked_again(text: str, heard: str) -> str:
    """The question in `text` that `heard` has answered already; "" for none.

    It asks when, how much or where of something that one sentence of theirs was about and gave; or leaves open which of
    two things, of which they named one; or asks whether they have done what they said they did.
    """
    told = [one for one in SENTENCE.findall(heard) if not one.rstrip().endswith("?")]
    questions: list[str] = SENTENCE.findall(text[:MOST_READ])
    for question in questions:
        if question.rstrip().endswith("?") and (
            _told(question, told) or _chosen(question, heard) or _done(question, heard)
        ):
            return question.strip()
    return ""


def _told(question: str, told: list[str]) -> bool:
    for part in re.split(r",| and ", question.rstrip("? ")):
        kind, about = wanted(part.strip() + "?"), matter(part)
        if kind in _KINDS and about:
            same = [one for one in told if about <= matter(one)]
            if any(_PLACE.search(normal(one)) if kind == "where" else gives(kind, one) for one in same):
                return True
    return False


def _done(question: str, heard: str) -> bool:
    found = _HAVE_YOU.search(normal(question))
    if not found:
        return False
    about = {root(word) for word in found[1].split() if word[0].isalpha() and word not in EMPTY_WORDS} - _TRIED
    did = {verb for said in pieces(heard) for who, verb, done in said.deeds if who == "i" and done}
    return bool(about & did) and any(about <= said.stems for said in pieces(heard))


def _chosen(question: str, heard: str) -> bool:
    """Whether it asks "hot or cold?" of somebody who has said "hot"."""
    if " or " not in question:
        return False
    for one in pieces(question):
        for said in pieces(heard):
            both = {kind for kind in one.values.keys() & said.values.keys() if len(one.values[kind]) > 1}
            if one.stems & said.stems and any(said.values[kind] & one.values[kind] for kind in both):
                return True
    return False
