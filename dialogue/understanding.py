"""What a trainee's turn is about: which of the pack's facts it asks for and which needs it meets, in any wording.

Two readings are combined: the text model's similarities, which arrive with the utterance, and the pack's word groups.
Pure; without scores the word groups and the words shared with the example wordings decide.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dialogue.content.clauses import split
from dialogue.events import Scores
from dialogue.language import (
    ASKING,
    CHECK,
    DAYS,
    ELSE,
    NOT_TERSE,
    OFFERING,
    OPEN,
    PREFACE,
    REFUSING,
    STOP,
    TIME,
    TO_YOU,
    VAGUE,
    normal,
    quote,
    seconds,
)
from dialogue.persona import Fact, Need, Pack

SURE = 0.66
"""Cosine at which meaning alone decides; MiniLM puts paraphrases of a question at 0.6 to 0.9, other "
"topics below 0.4."""
LIKELY = 0.5
"""Cosine at which one more sign (shared words, half of the word groups) decides."""
ASKED_WORDS = 4
"""A question in running speech with fewer words is read together with what stands before it."""
MOST_ASKED = 2
"""Questions of one turn that are answered."""
SPREAD_WORDS = 60
"""In turns up to this long an offer's words may stand in different clauses."""
SHARED = 0.62
"""Share of a wording's content words that decides when there are no scores."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What one turn is about."""

    asks: tuple[str, ...] = ()
    """Fact ids asked for, in the order of asking."""
    offers: tuple[str, ...] = ()
    """Need ids explained or offered."""
    question: str = ""
    """The last question in it that is about no known fact."""
    open_question: bool = False
    """An invitation to tell."""
    check: bool = False
    """Asks for agreement, or for leave."""
    anything_else: bool = False
    """Asks whether there is anything else."""
    time: str = ""
    """The day, clock time or duration it states, in its words."""
    seconds: float | None = None
    """That duration, where it is one."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Fact or need id -> the trainee's own words for it."""


def understand(text: str, scores: Scores | None, pack: Pack, known: frozenset[str] = frozenset()) -> Meant:
    """What the turn asks for and what it brings. A statement asks nothing, and a question brings nothing unless it
    offers. `known`: facts that have come out, so that mentioning them is no revelation any more."""
    plain = normal(text)
    spans = [(one.start, one.end, one.facts) for one in scores.clauses] if scores else []
    if not spans:
        spans = [(start, end, {}) for start, end in split(text)]
    needs = [need for need in pack.settlement if need.kind != "learn"]
    asks: list[str] = []
    offers: list[str] = []
    question = ""
    words: dict[str, str] = {}
    for start, end, cosines in spans:
        clause = normal(text[start:end])
        check = bool(CHECK.search(clause) or ELSE.search(clause) or PREFACE.search(clause))
        asking = bool(ASKING.search(clause)) or text[start:end].rstrip().endswith("?")
        fact = "" if check else _asked(pack.facts, clause, cosines, asking=asking, known=known)
        preface = bool(PREFACE.search(clause))
        need = "" if fact or preface else _need(needs, clause, cosines, asking=asking)
        if fact and fact not in asks:
            asks.append(fact)
        if need and need not in offers:
            offers.append(need)
        if fact or need:
            words.setdefault(fact or need, quote(text[start:end]))
        if asking and not (fact or need or check or OPEN.search(clause)):
            question = text[start:end].strip()
    if len(plain.split()) <= SPREAD_WORDS and not asks and not REFUSING.search(plain):
        for one in needs:  # an offer may be spread over clauses
            if (
                one.id not in offers
                and _grouped(one.words, plain) == 1.0
                and (one.kind == "explain" or OFFERING.search(plain))
            ):
                offers.append(one.id)
                words[one.id] = quote(text)
    time = TIME.search(plain)
    stated = VAGUE.sub("", time.group(0).strip()) if time else ""
    return Meant(
        asks=tuple(asks[:MOST_ASKED]),
        offers=tuple(offers),
        question=question,
        open_question=bool(OPEN.search(plain)),
        check=bool(CHECK.search(plain)),
        anything_else=bool(ELSE.search(plain)),
        time=DAYS.sub(lambda day: day[0].capitalize(), stated),
        seconds=seconds(plain),
        words=words,
    )


def _asked(
    facts: Sequence[Fact], clause: str, cosines: Mapping[str, float], *, asking: bool, known: frozenset[str]
) -> str:
    """Recognised speech runs sentences together: the part from where the asking begins goes before the whole."""
    open_facts = [fact for fact in facts if not (fact.hidden and fact.id in known and not clause.endswith("?"))]
    begins = ASKING.search(clause) if asking else None
    tail = clause[begins.start() :] if begins else ""
    if begins and begins.start() > 0 and len(tail.split()) >= ASKED_WORDS:
        found = _fact(open_facts, tail, {}, asking=True)
        if found:
            return found
    return _fact(open_facts, clause, cosines, asking=asking)


def _fact(facts: Sequence[Fact], clause: str, cosines: Mapping[str, float], *, asking: bool) -> str:
    """The id of the fact that the clause asks for, "" for none.

    Without a question only a hidden fact may be asked for, by saying it to the customer ("so you skipped step six").
    """
    ranked: list[tuple[float, str]] = []
    for fact in facts:
        cosine, groups, shared = _signs(fact, clause, cosines)
        likely = cosine >= LIKELY and (groups >= 0.5 or shared >= 0.4)
        found = groups == 1.0 or cosine >= SURE or likely or (not cosines and shared >= SHARED)
        told = fact.hidden and groups == 1.0 and (cosine >= LIKELY or not cosines) and TO_YOU.search(clause)
        if found and (asking or (told and not OFFERING.search(clause))):
            ranked.append((cosine + 0.3 * groups + 0.2 * shared, fact.id))
    return max(ranked)[1] if ranked else ""


def _need(needs: Sequence[Need], clause: str, cosines: Mapping[str, float], *, asking: bool) -> str:
    """The id of the need that the clause meets, "" for none."""
    if REFUSING.search(clause):
        return ""
    offering = bool(OFFERING.search(clause))
    ranked: list[tuple[float, str]] = []
    for need in needs:
        cosine, groups, shared = _signs(need, clause, cosines)
        half = groups >= 0.5 or not need.words
        found = groups == 1.0 or (cosine >= SURE and half) or (not cosines and not need.words and shared >= SHARED)
        terse = groups == 1.0 and not asking and not NOT_TERSE.search(clause)
        if found and (offering or terse or (need.kind == "explain" and not asking)):
            ranked.append((cosine + 0.3 * groups + 0.2 * shared, need.id))
    return max(ranked)[1] if ranked else ""


def _signs(part: Fact | Need, clause: str, cosines: Mapping[str, float]) -> tuple[float, float, float]:
    """Cosine, share of word groups, share of words in common with the nearest wording: each 0..1."""
    return cosines.get(part.id, 0.0), _grouped(part.words, clause), _shared(part.wordings, clause)


@lru_cache(maxsize=65536)
def _grouped(groups: tuple[tuple[str, ...], ...], clause: str) -> float:
    """Share of the word groups that occur in the clause; 0 without groups."""
    if not groups:
        return 0.0
    return sum(any(_pattern(word).search(clause) for word in group) for group in groups) / len(groups)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    body = re.escape(normal(word.rstrip("*")))
    return re.compile(rf"\b{body}{'' if word.endswith('*') else chr(92) + 'b'}")


@lru_cache(maxsize=65536)
def _shared(wordings: tuple[str, ...], clause: str) -> float:
    own = _content(clause)
    best = 0.0
    for wording in wordings:
        theirs = _wording(wording)
        if len(theirs) >= 2 and own:
            best = max(best, len(own & theirs) / len(theirs) * min(1.0, 0.5 + len(own & theirs) / 4))
    return best


@lru_cache(maxsize=8192)
def _wording(wording: str) -> frozenset[str]:
    return _content(normal(wording))


@lru_cache(maxsize=4096)
def _content(plain: str) -> frozenset[str]:
    """Content words, crudely stemmed."""
    words = (word.strip("?':-") for word in plain.split())
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word for word in words if word and word not in STOP
    )
