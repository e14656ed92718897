"""Sorry for a death or an illness: sympathy, which nobody "accepts" as they do an apology. Pure."""

import re
from collections.abc import Iterable, Sequence

from dialogue.content.names import FIRST_NAMES
from dialogue.content.plain import Plain
from dialogue.content.rules.denial import CONDOLENCE
from dialogue.content.rules.rule import Hit
from dialogue.content.rules.words import DAY, MONTH

SURELY = 0.8
_SAYS_WHAT_FOR = frozenset(
    f"apology/{cue}" for cue in ("sorry_for", "apologize", "apologize_for", "apologies", "forgive", "owe")
)
"""Cues of an apology that say what for, or can be nothing else."""
_LOSS = re.compile(
    r"\b(?:died|deceased|passed away|bereave\w*|funeral|widow\w*|condolences?|cancer|hospice|intensive care"
    r"|(?:my|your|her|his) late (?:husband|wife|father|mother|brother|sister|son|daughter|partner)"
    r"|buried (?:him|her|my))\b",
    re.I,
)
_ABOUT_SOMEBODY = re.compile(
    r"\bsorry\s+(?:to\s+(?:hear|read|learn)\s+)?(?:about|for|of)\s+(?:(?:poor|dear)\s+)?"
    r"(?:(?:mr|mrs|ms|miss)\.?\s+\w+|(\w+)(?:\s+[A-Z]\w+)?)(?=\s*(?:[.,!?;]|$))"
    r"(?!\s*[,;]?\s*(?:he|she|who)\s+(?:should|had no|was so)\b)",
    re.I,
)
"""A name and nothing behind it: "about Samuel", not "about Samuel's parcel"."""
_NO_PERSON = re.compile(rf"{DAY}|{MONTH}|christmas|easter", re.I)


def tells_of_a_loss(lines: Iterable[str]) -> bool:
    """Whether a death or a grave illness is spoken of in what was told, or stands on the desk."""
    return any(_LOSS.search(line) for line in lines)


def hear_a_condolence(
    probabilities: dict[str, float], text: str, turn: Plain, hits: Sequence[Hit], *, mourns: bool
) -> str:
    """Make, in place, empathy of what seems an apology, unless a cue of one says besides what for. `mourns`: they have
    told of a loss, so that sorry about somebody's name is about that. Returns the words with that name, "" for none."""
    name = _somebody(text) if mourns else None
    if not (name or any(hit.rule.name == CONDOLENCE and not hit.blocked for hit in hits)):
        return ""
    probabilities["empathy"] = max(probabilities.get("empathy", 0.0), SURELY)
    others = (hit for hit in hits if hit.rule.name in _SAYS_WHAT_FOR and not hit.blocked)
    if all(name and _within(turn.original(hit.start, hit.end), name.span()) for hit in others):
        probabilities.pop("apology", None)
    return name[0] if name else ""


def _somebody(text: str) -> re.Match[str] | None:
    for found in _ABOUT_SOMEBODY.finditer(text):
        word = found[1]
        if word is None or ((word.lower() in FIRST_NAMES or word[0].isupper()) and not _NO_PERSON.fullmatch(word)):
            return found
    return None


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner[0] < outer[1] and outer[0] < inner[1]
