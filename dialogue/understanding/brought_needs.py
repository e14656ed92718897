"""Which of a pack's needs a clause offers or explains, and which traps it springs. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dialogue.content.exchange import EMPTY_WORDS
from dialogue.language import TIME, normal
from dialogue.persona import Fact, Meaning, Need, Trap
from dialogue.understanding.asking import asks
from dialogue.understanding.clause import Clause
from dialogue.understanding.matching import grouped, likelihoods
from dialogue.understanding.offering import (
    GOING_ON,
    INSTRUCTING,
    LACKED,
    LOOKING,
    NEGATED,
    OFFERING,
    REFUSING,
    REPORTING,
    SUPPOSING,
    WISHING,
    offers,
    strung,
    tells,
)
from dialogue.understanding.story_pieces import root

OFFERED = 0.5
"""Least likelihood at which a need is met."""
EXPLAINED = 0.7
"""Least likelihood at which an explanation counts that has not all the telling words in it."""
TRAPPED = 0.9
"""Least likelihood at which a trap is sprung that has not all its telling words in it: nobody should be blamed for
something near it."""
UNTOUCHED = 0.85
"""Least likelihood at which a need is met without any of its telling words: "I'll look into it by Friday" is near every
offer."""
ALSO_OFFERED = 0.75
"""Least likelihood, of it and none alone, at which a second need is met in a clause that has all its telling words."""
EITHER = 0.4
"""Least likelihood at which the first need is met that passes `ALSO_OFFERED`: another of the same matter has the
rest."""
SURE = 0.9
"""Least likelihood at which a need is met in whatever form it is told: "Karin decides the rest, she's asked"."""
FREE = re.compile(
    r"\b(?:(?:i|we) won't (?:charge|bill)|you(?:'re| are) (?:free|released)|you (?:won't|needn't|don't have to|aren't)"
    r"(?: be)? (?:pay|charged|billed)|on (?:us|the house)|nothing (?:left |more |else )?to pay|no charge)\b"
)
"""Says that they need not pay, often as a no."""
HELD_OUT = re.compile(
    rf"{OFFERING.pattern}|{FREE.pattern}|\b(?:you (?:get|keep|needn't|don't have to)|consider|(?:i|we)(?:'ve| have)"
    r"(?: just| already| now)? \w+ed|go(?:es|ing)? out|(?:will|won't) (?:say|refuse|sign)"
    r"|(?:is|are) (?:gone|done|released|paid))\b|^(?:fine |ok |okay |right |all right )+(?:have|take|keep)\b"
)
"""Says that something will be had, by whoever gives it."""
LEFT_OPEN = re.compile(r"\b(?:whether|if|unless|ask|asking|check)\b")
"""Promises nothing yet: "I'll ask whether it can be collected"."""
NOT_DONE = re.compile(r"n't\b|\b(?:not|never|nobody)\b")
"""Says no to a deed. "No visit" may be one called off."""
DENIED_WITHIN = 6
"""Words behind a "not" among which stands what it denies."""
FEWEST_WORDS = 3
"""Fewest words of a clause that brings anything."""
REASON = re.compile(r"\b(?:because|due to|on account of|caused by|owing to|thanks to)\b.*")


def brought_by(
    parts: Sequence[Meaning],
    clause: Clause,
    following: Sequence[Clause],
    wanted: frozenset[str] = frozenset(),
    facts: Sequence[Fact] = (),
) -> Iterator[str]:
    """The ids of the needs and traps that the clause brings, the likeliest first. Who looks for an answer brings none
    yet, and who gives another reason does not explain it. To what is `wanted` a few words in any form are an answer.
    `facts`: what the clause may speak of instead, where it has none of a need's telling words."""
    short = len(clause.plain.split()) < FEWEST_WORDS
    if (short and not wanted) or strung(clause.plain):
        return
    if REFUSING.search(clause.plain) and not FREE.search(clause.plain):
        parts = [part for part in parts if not _promises(part)]  # a no is the answer that a promise was in place of
    if any(WISHING.search(one.plain) for one in following) and not OFFERING.search(clause.plain):
        parts = [part for part in parts if not isinstance(part, Need)]  # "a date, that would be nice"
    looking = bool(LOOKING.search(clause.plain))
    near = likelihoods(parts, clause.plain, clause.cosines, rivals=True, wanted=wanted)
    none = 1.0 - sum(near.values())
    among_all = likelihoods([*facts, *parts], clause.plain, clause.cosines, wanted=wanted)
    fact = max((among_all[one.id] for one in facts), default=0.0)
    for place, part in enumerate(sorted(parts, key=lambda part: -near[part.id])):
        named = grouped(part.words, clause.plain) == 1.0
        likely = near[part.id]
        asked = part.id in wanted
        least = OFFERED if asked else _least(part, clause.plain, named=named)
        rather = named if place else isinstance(part, Need) and likely >= EITHER and least < UNTOUCHED
        also = rather and likely / max(likely + none, 1e-9) >= ALSO_OFFERED
        if (short and not asked) or not (likely >= least or also):
            continue
        if least == UNTOUCHED and among_all[part.id] < fact:
            continue
        if looking and (isinstance(part, Need) or _promises(part)) and not _like(LOOKING, part):
            continue
        if _lacked(part, clause.plain) or (not named and _other_reason(part, clause, following)):
            continue
        if _brings(part, clause.plain, likely, named=named, asked=asked):
            yield part.id


def _lacked(part: Meaning, plain: str) -> bool:
    """Whether what is offered is named as what they go without: "a video instead of a new part"."""
    offered = isinstance(part, Need) and part.kind == "offer" and bool(part.words) and not _like(LACKED, part)
    return offered and grouped(part.words, LACKED.sub(" ", plain)) < grouped(part.words, plain)


def _other_reason(part: Meaning, clause: Clause, following: Sequence[Clause]) -> bool:
    """Whether an explanation goes on with a reason that has none of the words that are telling for it."""
    if not isinstance(part, Need) or part.kind != "explain" or not part.words:
        return False
    reasons = [found[0] for one in (clause, *following) if (found := REASON.search(one.plain))]
    return bool(reasons) and not any(grouped(part.words, reason) for reason in reasons)


def _least(part: Meaning, plain: str, *, named: bool) -> float:
    if not isinstance(part, Need):
        return OFFERED if named else EXPLAINED if _promises(part) else TRAPPED
    refrains = denied(plain) & _ever_denied(part.wordings)
    if part.words and not (grouped(part.words, TIME.sub(" ", plain)) or refrains):
        return UNTOUCHED
    return EXPLAINED if part.kind in ("explain", "show") and not named else OFFERED


def _promises(part: Meaning) -> bool:
    """Whether it is a promise that is not the trainee's to make: an offer like any other, for the ear."""
    return isinstance(part, Trap) and part.promise


def _brings(part: Meaning, plain: str, likely: float, *, named: bool, asked: bool = False) -> bool:
    refrains = bool(denied(plain) & _ever_denied(part.wordings)) and not GOING_ON.search(plain)
    if not refrains and denied(plain, NOT_DONE) & _ever_affirmed(part.wordings):
        return False
    other_way = bool(NEGATED.search(plain)) and not _ever_denied(part.wordings)
    if isinstance(part, Need):
        if not asks(plain) and (WISHING.search(plain) or (part.kind == "offer" and SUPPOSING.search(plain))):
            return False
        if refrains or offers(plain, explains=asked or part.kind in ("explain", "show"), named=named):
            return True
        instructs = part.kind == "explain" and INSTRUCTING.search(plain)
        return likely >= SURE and tells(plain) and not (other_way or instructs)
    if _promises(part):
        if LEFT_OPEN.search(plain) or not HELD_OUT.search(plain):
            return False
        if FREE.search(plain):
            return True
    return not (other_way or asks(plain) or REFUSING.search(plain) or REPORTING.search(plain))


def denied(plain: str, form: re.Pattern[str] = NEGATED) -> frozenset[str]:
    """Keys of the words that the normalised clause says no to: "pass" in "I'm not passing you on"."""
    words = plain.rstrip("?").split()
    after = (words[place + 1 : place + 1 + DENIED_WITHIN] for place, word in enumerate(words) if form.search(word))
    first = (next((one for one in rest if one not in EMPTY_WORDS and not NEGATED.search(one)), "") for rest in after)
    return frozenset(root(word) for word in first if word)


@lru_cache(maxsize=1024)
def _ever_denied(wordings: tuple[str, ...]) -> frozenset[str]:
    """What one of a part's wordings says no to."""
    return frozenset().union(*(denied(normal(one)) for one in wordings))


@lru_cache(maxsize=1024)
def _ever_affirmed(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(root(word) for one in wordings for word in normal(one).split()) - _ever_denied(wordings)


def _like(form: re.Pattern[str], part: Meaning) -> bool:
    """Whether the part itself is put in that form."""
    return any(form.search(normal(one)) for one in part.wordings)
