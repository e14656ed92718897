"""What a pack's form allows but its author would not want: missing reactions, lines twice, facts out of reach."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from dialogue.events import Band
from dialogue.language import normal
from dialogue.persona import LineKey, Pack, fitting
from dialogue.persona.lines import REACTIONS
from dialogue.understanding.asking import asks
from dialogue.understanding.topics import understand

_BANDS: tuple[Band, ...] = ("irritated", "angry")
"""Where most of a call happens."""
LEAST_LINES = 2
"""A reaction with fewer lines in a mood soon has nothing left to say."""
LONGEST_LINE = 45
"""Words: more cannot be followed on the telephone."""
FORBIDDEN = re.compile(r"\b(?:lorem|todo|fixme|xxx)\b|[{}]{2}", re.IGNORECASE)
GREETING = re.compile(
    r"^(?:yes,? )?(?:hello|hi|hey|(?:good )?morning|good (?:afternoon|evening|day)|at last|finally|ah|a voice"
    r"|good, somebody)\b",
    re.IGNORECASE,
)
CONTRADICTING = re.compile(r"^no\b|\bbut$", re.IGNORECASE)
_ONCE = frozenset(
    {"opening", "thanks_back", "end_by_policy", "opening_unprompted", "hold_refused", "last_warning", "end_resigned"}
)
"""Reactions that come once in a call at most, or may stay empty."""


def complaints(pack: Pack) -> list[str]:
    """One sentence for each thing to mend; empty for a good pack."""
    return [*_lines(pack), *_reactions(pack), *_meanings(pack), *_curveballs(pack)]


def _lines(pack: Pack) -> Iterator[str]:
    for line, count in Counter(pack.every_line()).items():
        if count > 1:
            yield f"the line {line!r} stands in {count} places; a line is said once in a call"
        if len(line.split()) > LONGEST_LINE:
            yield f"the line {line[:60]!r}... has {len(line.split())} words; at most {LONGEST_LINE} can be followed"
        if FORBIDDEN.search(line):
            yield f"the line {line!r} looks unfinished"
    for opening in (one for openings in pack.customer.vocabulary.values() for one in openings):
        if CONTRADICTING.search(opening):
            yield f"{opening!r} in the vocabulary may stand before any line, an acceptance too; it contradicts those"
    for line in (line for piece in pack.vent for lines in piece.values() for line in lines):
        if GREETING.search(line):
            yield f"the story's line {line[:60]!r} greets; they greet by themselves (reaction `greeting`)"


def _reactions(pack: Pack) -> Iterator[str]:
    for reaction in sorted(REACTIONS - _ONCE):
        lines = pack.lines.get(reaction, {})
        for band in _BANDS:
            if len(fitting(lines, band)) < (1 if reaction in ("greeting", "clarify") else LEAST_LINES):
                yield f"reaction {reaction!r} has too few lines for a customer who is {band}"


def _meanings(pack: Pack) -> Iterator[str]:
    for fact in pack.facts:
        for wording in fact.wordings:
            if not asks(normal(wording)):
                yield f"fact {fact.id!r}: {wording!r} asks for nothing; is it an offer's or a trap's?"
        missed = [w for w in fact.wordings if fact.id not in understand(w, None, pack).asks]
        if fact.words and len(missed) == len(fact.wordings):
            yield f"fact {fact.id!r}: no wording has its `words`; without the text model nobody can ask for it"
        for band in _BANDS:
            if not fitting(fact.answers, band):
                yield f"fact {fact.id!r} has no answer for a customer who is {band}"
    for need in pack.settlement:
        for name, pool in _needed(need.kind, need.accept, need.open):
            for band in _BANDS:
                if not fitting(pool, band):
                    yield f"need {need.id!r} has no `{name}` line for a customer who is {band}"
        if need.timed and not need.ask_when:
            yield f"need {need.id!r} is timed but has no `ask_when` line"
        if need.after and need.kind != "learn" and not need.doubt and not need.tells:
            yield f"need {need.id!r} comes after others but has no `doubt` line"


def _needed(
    kind: str, accept: Mapping[LineKey, tuple[str, ...]], opens: Mapping[LineKey, tuple[str, ...]]
) -> list[tuple[str, Mapping[LineKey, tuple[str, ...]]]]:
    return [("open", opens)] if kind == "learn" else [("accept", accept), ("open", opens)]


def _curveballs(pack: Pack) -> Iterator[str]:
    for ball in pack.curveballs:
        if not ball.expects:
            yield f"curveball {ball.id!r} expects nothing, so it can only be missed"
