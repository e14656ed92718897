"""Which of a pack's facts a clause asks for. Pure."""

import re
from collections.abc import Mapping, Sequence

from dialogue.language import PAST
from dialogue.persona import STORY, Fact, Meaning
from dialogue.understanding.asking import ABOUT_YOU, ASKING, DECLARATIVE, FIRST_PERSON, OPEN, WISHES
from dialogue.understanding.clause import Clause
from dialogue.understanding.matching import grouped, likelihoods
from dialogue.understanding.offering import OFFERING, REFUSING, REPORTING, offers
from dialogue.understanding.particulars import asked_for, can_give

ASKED = 0.5
"""Least likelihood at which a question is taken to be about a fact."""
OWN_ASKED = 0.8
"""The same, of a question about what the trainee themselves did or may do, which is seldom about one."""
TOLD = 0.6
"""Least likelihood at which saying a hidden fact to the customer ("so you skipped step six") asks for it."""
GUESSED = 0.9
"""The same, of a statement that need not be about them, "the pages will be stuck together", and of an invitation that
has a word of the fact in it: "what is the problem with your order?"."""
OFFERED_RATHER = 0.7
"""Least likelihood of a need at which a question in the form of an offer asks for no fact, however near one is."""
TOLD_ALIKE = 0.35
"""Least similarity to their own story at which a statement with a question mark only makes sure of it."""
_DEED = re.compile(r"(?<!\bbe)(?<!\bis)(?<!\bare)(?<!\bget)(?<!\bgot) \w{3,}ed\b")
"""What somebody did: "the driver tried", not "the pages are glued"."""
FEWEST_ASKING = 4
"""Words from where the asking begins that are read without what stands before."""


def asked_fact(facts: Sequence[Fact], clause: Clause) -> str:
    """The id of the fact that the clause asks for, "" for none.

    Without a question only a hidden fact may be asked for, by saying it to the customer ("so you skipped step six").
    """
    if clause.asking:
        particulars = asked_for(clause.plain)
        wide = WISHES.search(clause.plain)
        facts = [fact for fact in facts if can_give(fact, particulars) and not (wide and fact.hidden)]
        begins = ASKING.search(clause.plain)
        tail = clause.plain[begins.start() :] if begins else ""
        if begins and begins.start() and len(tail.split()) >= FEWEST_ASKING and not clause.cosines:
            name, likely = _best(facts, tail, {})  # recognised speech runs sentences together
            if likely >= ASKED:
                return name
        name, likely = _best(facts, clause.plain, clause.cosines)
        if echoes(clause) and not _named(facts, name, clause.plain):
            return ""
        return name if likely >= _least(clause.plain) else ""
    if REFUSING.search(clause.plain) or OFFERING.search(clause.plain):
        return ""
    name, likely = _best([fact for fact in facts if fact.hidden], clause.plain, clause.cosines)
    to_them = bool(ABOUT_YOU.search(clause.plain)) and _named(facts, name, clause.plain)
    if not to_them and (PAST.search(clause.plain) or _DEED.search(clause.plain)):  # explained, not guessed
        return ""
    return name if likely >= (TOLD if to_them else GUESSED) else ""


def _least(plain: str) -> float:
    return GUESSED if OPEN.search(plain) else OWN_ASKED if FIRST_PERSON.search(plain) else ASKED


def _named(facts: Sequence[Fact], name: str, plain: str) -> bool:
    """Whether all the words are there that are telling for the fact."""
    return any(fact.id == name and grouped(fact.words, plain) == 1.0 for fact in facts)


def echoes(clause: Clause) -> bool:
    """Whether it gives their own story back to them as a question."""
    told = clause.cosines.get(STORY, 0.0) >= TOLD_ALIKE or bool(REPORTING.search(clause.plain))
    return told and bool(DECLARATIVE.search(clause.plain))


def offer_rather(fact: str, facts: Sequence[Fact], bringing: Sequence[Meaning], clause: Clause) -> bool:
    """Whether a question that could be about the fact is an offer in that form: "would Thursday suit you for it?"."""
    if not offers(clause.plain) or " or " in clause.plain:
        return False
    alone = likelihoods(bringing, clause.plain, clause.cosines)
    near = likelihoods([*facts, *bringing], clause.plain, clause.cosines)
    best = max((near[part.id] for part in bringing), default=0.0)
    return best > near.get(fact, 0.0) or max(alone.values(), default=0.0) >= OFFERED_RATHER


def _best(parts: Sequence[Fact], plain: str, cosines: Mapping[str, float]) -> tuple[str, float]:
    near = likelihoods(parts, plain, cosines)
    return max(near.items(), key=lambda pair: pair[1], default=("", 0.0))
