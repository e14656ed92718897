"""What of a pack nobody will ever hear or bring out, and what cannot be followed by ear."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from dialogue.authoring.readability import grade
from dialogue.events import Scores
from dialogue.language import sentences
from dialogue.persona import Curveball, Pack
from dialogue.persona.lines import SLOTS
from dialogue.understanding.topics import understand

HIGHEST_GRADE = 6.0
"""Of a pack's lines together: ordinary talk; ours lie between 0 and 2."""
HIGHEST_GRADE_OF_A_LINE = 12.0
LINE_WORDS = 12
"""Words from which one line has a grade worth the name."""
UNDERSTOOD_SHARE = 0.5
"""Of a fact's or need's own wordings, at least."""
LAST_TURN = 30
"""A curveball that waits longer than that is never thrown."""


def complaints(pack: Pack, own: tuple[str, ...]) -> list[str]:
    """One sentence for each thing to mend. `own`: the lines of the pack itself."""
    return [*_readable(own), *_twice(pack, own), *_never(pack)]


def said_again(pack: Pack) -> frozenset[str]:
    """Sentences that stand in several lines of one fact: whoever asks twice for a number is told it twice."""
    again: set[str] = set()
    for fact in pack.facts:
        counts = Counter(
            sentence
            for pool in fact.pools()
            for lines in pool.values()
            for line in lines
            for sentence in set(sentences(line))
        )
        again |= {sentence for sentence, count in counts.items() if count > 1}
    return frozenset(again)


def misunderstood(pack: Pack, score: Callable[[str], Scores]) -> Iterator[str]:
    """Facts and needs that the text model, and the pack's `words`, do not recognise in their own wordings."""
    for fact in pack.facts:
        known = [fact.id in understand(text, score(text), pack).asks for text in fact.wordings]
        if sum(known) < UNDERSTOOD_SHARE * len(known):
            yield f"fact {fact.id!r}: only {sum(known)} of {len(known)} wordings are understood as asking for it"
    for need in pack.settlement:
        known = [need.id in understand(text, score(text), pack).offers for text in need.wordings]
        if known and sum(known) < UNDERSTOOD_SHARE * len(known):
            yield f"need {need.id!r}: only {sum(known)} of {len(known)} wordings are understood as meeting it"


def _readable(own: tuple[str, ...]) -> Iterator[str]:
    if grade(own) > HIGHEST_GRADE:
        yield f"the lines read like grade {grade(own):.0f}; people on the telephone talk like grade {HIGHEST_GRADE:.0f}"
    for line in own:
        if len(line.split()) >= LINE_WORDS and grade([line]) > HIGHEST_GRADE_OF_A_LINE:
            yield f"the line {line!r} is hard to follow by ear; use shorter words or two sentences"
        if re.search(r"[{}]", re.sub(r"\{(?:" + "|".join(SLOTS) + r")\}", "", line)):
            yield f"the line {line!r} has a bracket that is no slot; known are {', '.join(sorted(SLOTS))}"


def _twice(pack: Pack, own: tuple[str, ...]) -> Iterator[str]:
    """Two lines with a sentence in common can both be said in one call, whether or not one is shared by all packs."""
    allowed, written = said_again(pack), set(own)
    places: dict[str, list[str]] = defaultdict(list)
    for line in dict.fromkeys((*pack.every_line(), *own)):
        for sentence in set(sentences(line)) - allowed:
            places[sentence].append(line)
    for sentence, lines in places.items():
        mine = [line for line in lines if line in written]
        if len(lines) > 1 and mine:
            others = "" if len(mine) == len(lines) else ", one of them shared by all packs"
            yield f"the sentence {sentence!r} stands in {len(lines)} lines{others}, first {mine[0]!r}"


def _never(pack: Pack) -> Iterator[str]:
    end = pack.mood.hang_up_at
    for fact in pack.facts:
        if fact.withheld_above is not None and fact.withheld_above >= end:
            yield f"fact {fact.id!r} is withheld only above {fact.withheld_above:.0f}, and they hang up at {end:.0f}"
    for trap in pack.traps:
        if trap.above >= end:
            yield f"trap {trap.id!r} waits for an anger of {trap.above:.0f}, and they hang up at {end:.0f}"
    if pack.conduct.swearing and not pack.conduct.vulgar:
        yield "`conduct.swearing` is never said: the pack is not `vulgar`"
    for ball in pack.curveballs:
        reason = _never_thrown(ball, end)
        if reason:
            yield f"curveball {ball.id!r} is never thrown: {reason}"


def _never_thrown(ball: Curveball, end: float) -> str:
    when = ball.when
    if when.anger_at_least > when.anger_at_most or when.trust_at_least > when.trust_at_most:
        return "its least is above its most"
    if when.anger_at_least >= end:
        return f"it waits for an anger of {when.anger_at_least:.0f}, and they hang up at {end:.0f}"
    both = (set(when.needs_met) & set(when.needs_open)) | (set(when.facts_known) & set(when.facts_open))
    if both:
        return f"{sorted(both)[0]!r} would have to be open and not open"
    if when.phases and set(when.phases) <= {"closing", "ended"}:
        return "nobody brings anything up once all is agreed"
    return f"it waits for turn {when.from_turn}" if when.from_turn > LAST_TURN else ""
