"""What a trainee's turn is about: which of the pack's facts it asks for and which needs it meets, in any wording.

Clause by clause: what it does (`speechacts`) says whether it may ask or bring something, and how near it is to each
fact and need (`matching`) says which. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogue.content.clauses import split
from dialogue.events import Scores
from dialogue.language import TIME, amounts, normal, quote, seconds
from dialogue.persona import STORY, Fact, Meaning, Need, Pack
from dialogue.understanding.matching import grouped, likelihoods
from dialogue.understanding.speechacts import (
    ASKING,
    CHECK,
    CONDITION,
    DECLARATIVE,
    ELSE,
    GOING_ON,
    GRANTING,
    HELPING,
    LACKED,
    LOOKING,
    NEGATED,
    OFFERING,
    OPEN,
    OR_MORE,
    PHRASE,
    PREFACE,
    REFUSING,
    REPORTING,
    STILL_THERE,
    SWEEPING,
    TO_YOU,
    WELCOMING,
    WHICH_OF_THEM,
    WOULD_SUIT,
    asks,
    offers,
    time_ahead,
)

ASKED = 0.5
"""Likelihood from which a question is taken to be about a fact."""
TOLD = 0.6
"""And from which saying a hidden fact to the customer ("so you skipped step six") asks for it."""
OFFERED = 0.5
"""And from which a need is met."""
OFFERED_RATHER = 0.7
"""And from which what has the form of an offer asks for no fact, however near it is to one."""
EXPLAINED = 0.7
"""And from which an explanation counts that has not all the telling words in it."""
TRAPPED = 0.9
"""And from which a trap is sprung that has not all its telling words in it: nobody should be blamed for something near
it."""
UNTOUCHED = 0.9
"""And from which a need is met without any of its telling words: "I'll look into it by Friday" is near every offer."""
TOLD_ALIKE = 0.36
"""Similarity to their own story from which a question that is none by its form only makes sure of it."""
FEWEST_WORDS = 3
"""Words of a clause from which it can bring anything."""
ALSO_OFFERED = 0.75
"""Likelihood against none from which a second need is met in the same clause, with all the telling words in it."""
MOST_ASKED = 3
"""Questions of one turn that are answered."""
EITHER = 0.4
"""And from which the first is met that is as likely against none: another need of the same matter has the rest."""
SPREAD_WORDS = 60
"""In turns up to this long an offer's words may stand in different clauses."""
SINGLE_WORDS = 12
"""A question of at most so many words, without a mark in it, is one question."""
POINTING = re.compile(r"\b(?:there|it|them|those|they)\b")
OWN = re.compile(r"\b(?:i|we|me|us|my|our)\b")
POINTED_AT = 0.9
"""Likelihood from which a statement is what the question behind it points to."""
REASON = re.compile(r"\b(?:because|due to|on account of|caused by|owing to|thanks to)\b.*")
INNER_MARK = re.compile(r"[.?!,;:](?=\s)")
FEWEST_ASKING = 4
"""Words from where the asking begins that are read without what stands before."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What one turn is about."""

    asks: tuple[str, ...] = ()
    """Fact ids asked for, in the order of asking."""
    offers: tuple[str, ...] = ()
    """Need ids explained or offered."""
    traps: tuple[str, ...] = ()
    """Trap ids said."""
    question: str = ""
    """The last question in it that is about no known fact."""
    echo: bool = False
    """Asks whether it was as they have told: "at six in the morning, you said?"."""
    open_question: bool = False
    """An invitation to tell."""
    grants: bool = False
    """Grants what was asked for last, without naming it: "I'll do that today"."""
    check: bool = False
    """Asks for agreement, or for leave."""
    anything_else: bool = False
    """Asks whether there is anything else."""
    time: str = ""
    """The day, clock time or duration it holds out, in its words."""
    seconds: float | None = None
    """That duration, where it is one."""
    figures: frozenset[float] = frozenset()
    """Amounts said, each to the hundredth."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Fact, need or trap id -> the trainee's own words for it."""


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    plain: str
    cosines: Mapping[str, float]


def understand(text: str, scores: Scores | None, pack: Pack, known: frozenset[str] = frozenset()) -> Meant:
    """What the turn asks for and what it brings. A statement asks nothing, and a question brings nothing unless it
    offers. `known`: facts that have come out, so that mentioning them is no revelation any more."""
    plain = normal(text)
    whole, clauses = _clauses(text, scores)
    facts = [fact for fact in pack.facts if not (fact.hidden and fact.id in known)]
    bringing: list[Meaning] = [*(need for need in pack.settlement if need.wordings), *pack.traps]
    words: dict[str, str] = {}
    asked, brought = list[str](), list[str]()
    question, echo = "", False
    for place, clause in enumerate(clauses):
        inviting = _inviting(clause.plain) or _choice(clause, clauses[place + 1 : place + 2])
        given = [] if _empty(clause.plain) else list(_brought(bringing, clause, clauses[place + 1 : place + 2]))
        among = pack.facts if clause.plain.endswith("?") else facts
        fact = "" if inviting or STILL_THERE.search(clause.plain) else _asked(among, clause)
        if fact and (_offer_rather(fact, facts, bringing, clause) if asks(clause.plain) else given):
            fact = ""
        pointed = _pointed_at(facts, clauses[place - 1], clause) if place and not inviting else ""
        found = list(dict.fromkeys(name for name in (pointed, fact) if name)) or given
        (asked if pointed or fact else brought).extend(found)
        conditional = found is given and CONDITION.search(clause.plain) and place + 1 < len(clauses)
        told = clauses[place + 1] if conditional and offers(clauses[place + 1].plain) else clause
        for name in found:
            words.setdefault(name, quote(told.text))
        if not (found or inviting) and asks(clause.plain) and not OPEN.search(clause.plain):
            if _echoes(clause):
                echo = True
            else:
                question = clause.text.strip()
    alone = not brought or ASKING.search(normal(question))  # "and it leaves today?" belongs to what is brought
    if question and not asked and alone and clauses[1:] and not _inviting(plain):  # asked across a cut
        fact = "" if STILL_THERE.search(normal(question)) else _asked(facts, whole)
        if fact:
            asked, question = [fact], ""
            words[fact] = quote(whole.text)
    if len(plain.split()) <= SPREAD_WORDS and not asked and not (REFUSING.search(plain) or WELCOMING.search(plain)):
        for name in _spread(bringing, plain, whole):
            brought.append(name)
            words.setdefault(name, quote(text))
    time = time_ahead([clause.plain for clause in clauses])
    traps = {trap.id for trap in pack.traps}
    return Meant(
        asks=tuple(dict.fromkeys(asked))[:MOST_ASKED],
        offers=tuple(name for name in dict.fromkeys(brought) if name not in traps),
        traps=tuple(name for name in dict.fromkeys(brought) if name in traps),
        question=question,
        echo=echo,
        open_question=bool(OPEN.search(plain) or any(OR_MORE.search(clause.plain) for clause in clauses)),
        grants=any(GRANTING.search(clause.plain) for clause in clauses),
        check=bool(CHECK.search(plain) or (WOULD_SUIT.search(clauses[-1].plain) and TIME.search(clauses[-1].plain))),
        anything_else=bool(ELSE.search(plain)),
        time=time,
        seconds=seconds(plain),
        figures=amounts(text),
        words=words,
    )


def _clauses(text: str, scores: Scores | None) -> tuple[_Clause, list[_Clause]]:
    """The whole turn, and its clauses; both are one where there is only one."""
    spans: list[tuple[int, int, Mapping[str, float]]] = []
    if scores:
        spans = [(one.start, one.end, one.facts) for one in scores.clauses]
    if not spans:
        spans = [(start, end, {}) for start, end in split(text)] or [(0, len(text), {})]
        spans = [(spans[0][0], spans[-1][1], {}), *spans] if len(spans) > 1 else spans
    parts = [_Clause(text[a:b], _marked(text, a, b), cosines) for a, b, cosines in spans]
    whole = parts[0]
    single = not INNER_MARK.search(whole.text) and len(whole.plain.split()) <= SINGLE_WORDS and asks(whole.plain)
    return whole, parts[:1] if single else parts[1:] or parts


def _marked(text: str, start: int, end: int) -> str:
    """The clause in plain form, with the question mark that may stand right behind it."""
    plain = normal(text[start:end]).replace(" ?", "?")
    return plain + "?" if text[end : end + 1] == "?" and not plain.endswith("?") else plain


def _inviting(plain: str) -> bool:
    """Asks for leave, for agreement, or for more: nothing that a fact could answer."""
    suits = WOULD_SUIT.search(plain) and TIME.search(plain)
    return bool(suits or any(one.search(plain) for one in (CHECK, ELSE, PREFACE, HELPING, PHRASE)))


def _choice(clause: _Clause, following: Sequence[_Clause]) -> bool:
    """Names one thing that it may be, and leaves open what else."""
    open_end = any(OR_MORE.search(one.plain) for one in following)
    return bool(OR_MORE.search(clause.plain) or (open_end and WHICH_OF_THEM.search(clause.plain)))


def _empty(plain: str) -> bool:
    """Opens or closes a conversation: brings nothing, however near its words are to something."""
    return any(one.search(plain) for one in (PREFACE, HELPING, ELSE, PHRASE, WELCOMING))


def _asked(facts: Sequence[Fact], clause: _Clause) -> str:
    """The id of the fact that the clause asks for, "" for none.

    Without a question only a hidden fact may be asked for, by saying it to the customer ("so you skipped step six").
    """
    if asks(clause.plain):
        begins = ASKING.search(clause.plain)
        tail = clause.plain[begins.start() :] if begins else ""
        if begins and begins.start() and len(tail.split()) >= FEWEST_ASKING and not clause.cosines:
            name, likely = _best(facts, tail, {})  # recognised speech runs sentences together
            if likely >= ASKED:
                return name
        name, likely = _best(facts, clause.plain, clause.cosines)
        if _echoes(clause) and not _named(facts, name, clause.plain):
            return ""
        return name if likely >= ASKED else ""
    if REFUSING.search(clause.plain) or OFFERING.search(clause.plain) or not TO_YOU.search(clause.plain):
        return ""
    name, likely = _best([fact for fact in facts if fact.hidden], clause.plain, clause.cosines)
    return name if likely >= TOLD and _named(facts, name, clause.plain) else ""


def _pointed_at(facts: Sequence[Fact], before: _Clause, clause: _Clause) -> str:
    """The hidden fact that a question points back to: "there should be a number; what does it say?". "" for none."""
    if not (asks(clause.plain) and POINTING.search(clause.plain)) or asks(before.plain) or OWN.search(before.plain):
        return ""
    name, likely = _best([fact for fact in facts if fact.hidden], before.plain, before.cosines)
    return name if likely >= POINTED_AT and _named(facts, name, before.plain) else ""


def _named(facts: Sequence[Fact], name: str, plain: str) -> bool:
    """Whether all the words are there that are telling for the fact."""
    return any(fact.id == name and grouped(fact.words, plain) == 1.0 for fact in facts)


def _echoes(clause: _Clause) -> bool:
    """Whether it gives their own story back to them as a question."""
    told = clause.cosines.get(STORY, 0.0) >= TOLD_ALIKE or bool(REPORTING.search(clause.plain))
    return told and bool(DECLARATIVE.search(clause.plain))


def _offer_rather(fact: str, facts: Sequence[Fact], bringing: Sequence[Meaning], clause: _Clause) -> bool:
    """Whether a question that could be about the fact is an offer in that form: "would Thursday suit you for it?"."""
    if not offers(clause.plain) or " or " in clause.plain:
        return False
    alone = likelihoods(bringing, clause.plain, clause.cosines)
    near = likelihoods([*facts, *bringing], clause.plain, clause.cosines)
    best = max((near[part.id] for part in bringing), default=0.0)
    return best > near.get(fact, 0.0) or max(alone.values(), default=0.0) >= OFFERED_RATHER


def _brought(parts: Sequence[Meaning], clause: _Clause, following: Sequence[_Clause]) -> Iterator[str]:
    """The ids of the needs and traps that the clause brings, the likeliest first. Who looks for an answer brings none
    yet, and who gives another reason does not explain it."""
    if len(clause.plain.split()) < FEWEST_WORDS:
        return
    looking = bool(LOOKING.search(clause.plain))
    near = likelihoods(parts, clause.plain, clause.cosines, rivals=True)
    none = 1.0 - sum(near.values())
    for place, part in enumerate(sorted(parts, key=lambda part: -near[part.id])):
        named = grouped(part.words, clause.plain) == 1.0
        likely = near[part.id]
        least = _least(part, clause.plain, named=named)
        rather = named if place else isinstance(part, Need) and likely >= EITHER and least < UNTOUCHED
        also = rather and likely / max(likely + none, 1e-9) >= ALSO_OFFERED
        if not (likely >= least or also) or (looking and isinstance(part, Need) and not _like(LOOKING, part)):
            continue
        if _lacked(part, clause.plain):
            continue
        if _brings(part, clause.plain, named=named) and (named or not _other_reason(part, clause, following)):
            yield part.id


def _lacked(part: Meaning, plain: str) -> bool:
    """Whether what is offered is named as what they go without: "a video instead of a new part"."""
    offered = isinstance(part, Need) and part.kind == "offer" and bool(part.words) and not _like(LACKED, part)
    return offered and grouped(part.words, LACKED.sub(" ", plain)) < grouped(part.words, plain)


def _other_reason(part: Meaning, clause: _Clause, following: Sequence[_Clause]) -> bool:
    """Whether an explanation goes on with a reason that has none of the words that are telling for it."""
    if not isinstance(part, Need) or part.kind != "explain" or not part.words:
        return False
    reasons = [found[0] for one in (clause, *following) if (found := REASON.search(one.plain))]
    return bool(reasons) and not any(grouped(part.words, reason) for reason in reasons)


def _least(part: Meaning, plain: str, *, named: bool) -> float:
    if not isinstance(part, Need):
        return OFFERED if named else TRAPPED
    if part.words and not grouped(part.words, TIME.sub(" ", plain)):
        return UNTOUCHED
    return EXPLAINED if part.kind == "explain" and not named else OFFERED


def _brings(part: Meaning, plain: str, *, named: bool) -> bool:
    if isinstance(part, Need):
        sweeping = SWEEPING.search(plain) and not _like(SWEEPING, part)
        refrains = named and _like(REFUSING, part) and REFUSING.search(plain) and not GOING_ON.search(plain)
        return not sweeping and bool(refrains or offers(plain, explains=part.kind in ("explain", "show"), named=named))
    denies = bool(NEGATED.search(plain)) and not _like(NEGATED, part)
    return not (denies or asks(plain) or REFUSING.search(plain) or REPORTING.search(plain))


def _like(form: re.Pattern[str], part: Meaning) -> bool:
    """Whether the part itself is put in that form."""
    return any(form.search(normal(one)) for one in part.wordings)


def _spread(parts: Sequence[Meaning], plain: str, whole: _Clause) -> Iterator[str]:
    """The needs whose words are spread over clauses."""
    if LOOKING.search(plain) and not OFFERING.search(LOOKING.sub(" ", plain)):
        return
    near = likelihoods(parts, plain, whole.cosines)
    for part in parts:
        named = isinstance(part, Need) and grouped(part.words, plain) == 1.0 and near[part.id] >= OFFERED
        if named and _brings(part, plain, named=True) and not _lacked(part, plain):
            yield part.id


def _best(parts: Sequence[Fact], plain: str, cosines: Mapping[str, float]) -> tuple[str, float]:
    near = likelihoods(parts, plain, cosines)
    return max(near.items(), key=lambda pair: pair[1], default=("", 0.0))
