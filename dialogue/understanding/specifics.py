"""Days, lengths of time and sums: which of them a trainee says back to a customer who never said them. Pure."""

import re
from collections.abc import Iterable, Iterator

from dialogue.language import PAST, amounts, normal

NUMBER = (
    r"(?:half an|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|and|\d+(?:\.\d\d)?)"
)
_LONG = re.compile(
    rf"\b((?:{NUMBER}[ -])+)(?:more |whole |full |working |odd )?(second|minute|hour|day|week|month|year)s?\b"
)
_SUM = re.compile(rf"\b((?:{NUMBER}[ -])+)(?:pounds?|euros?|dollars?|quid)\b")
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|last (?:night|week|month|year)"
    r"|this (?:morning|afternoon|evening))\b"
)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
NEAR = 0.15
"""Share by which two lengths of time may differ and still be the same: "three weeks" is "twenty days"."""
_GIVES_BACK = re.compile(
    r"^(?!.*(?:\bnot\b|n't\b|\bnever\b|\b(?:say|says|show|shows|see) (?:that|it|you|here)\b|\bwith us\b))"
    r"(?!(?:who|what|when|where|which|how|did) )"
    r"(?:.*\byou(?:'ve|'d)?\b|(?!.*\b(?:i|i've|i'd)\b).*\byour\b"
    r"|(?:and |right |ok |okay )?so (?:it|it's|it'd|they|nobody|no one)\b)"
)
"""Speaks of them, or sums up what was: not "I ate at your branch last week", nor "it took two days to find"; says it
itself, not that a record does; and asks nothing, and denies nothing."""

_LIMIT = re.compile(r"\b(?:within|inside|outside|under|over|past|of) (?:the |our |those |your )?$")
"""Before a length or a sum that is a limit, not what happened to them."""


def misquoted(text: str, told: Iterable[str], stated: Iterable[str] = ()) -> str:
    """What `text` says back of the customer's story that differs from all that was `told`; "" where nothing does.

    Only clauses about what has been count, and only a kind of thing of which something else was told: whoever names a
    day where no day was told may know it from elsewhere. `stated`: rules on the trainee's desk, whose limits they may
    name though nobody told them ("you were inside the fourteen days").
    """
    known = list(specifics(normal(" . ".join(told))))
    allowed = list(specifics(normal(" . ".join(stated))))
    for clause in re.split(r"[.!?;,]+|\band\b(?! (?:\d|[a-z]+ty\b|half|a half))", text):
        plain = normal(clause)
        if not (PAST.search(plain) and _GIVES_BACK.search(plain)):
            continue
        for kind, value, words in specifics(plain):
            rivals, named = ([other for its, other, _ in of if its == kind] for of in (known, allowed))
            limit = _LIMIT.search(plain[: plain.index(words)])
            if rivals and not any(same(value, other) for other in (*rivals, *(named if limit else ()))):
                return words
    return ""


def specifics(plain: str) -> Iterator[tuple[str, float | str, str]]:
    """What normalised text names, as (kind, value, words): a length of time in seconds, a sum in whole units, a day by
    its name."""
    for found in _LONG.finditer(plain):
        count = 0.5 if found[1].startswith("half") else max(amounts(found[1]), default=0.0)
        rate = re.search(r"(?<!half) (?:an?|every) $", found[1]) and len(found[1].split()) > 1  # "eighty a month"
        if count and not rate:  # "a day" is more often a rate than a length
            yield "length", count * _SECONDS[found[2]], found[0]
    for found in _SUM.finditer(plain):
        count = max(amounts(found[1]), default=0.0)
        if count:
            yield "sum", float(int(count)), found[0]
    for found in _DAY.finditer(plain):
        yield "day", found[0], found[0]


def same(one: float | str, other: float | str) -> bool:
    """Whether two values of a kind are one, lengths and sums within `NEAR`."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) <= NEAR * max(one, other)
