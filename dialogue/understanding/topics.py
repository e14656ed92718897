"""What a trainee's turn is about: which of the pack's facts it asks for and which needs it meets, in any wording.

Clause by clause: what it does (`asking`, `offering`) says whether it may ask or bring something, and how near it is to
each fact and need (`matching`) says which. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dialogue.events import Scores
from dialogue.language import PAST, TIME, amounts, normal, quote, seconds
from dialogue.persona import Meaning, Pack
from dialogue.understanding.asked_facts import asked_fact, echoes, offer_rather
from dialogue.understanding.asking import (
    ASKING,
    CHECK,
    CHOOSING,
    DECLARATIVE,
    ELSE,
    HELPING,
    OPEN,
    OR_MORE,
    PHRASE,
    PREFACE,
    RESUMING,
    STILL_THERE,
    WELCOMING,
    WHICH_OF_THEM,
    WOULD_DO,
)
from dialogue.understanding.brought_needs import brought_by
from dialogue.understanding.clause import SINGLE_WORDS, Clause, clauses_of
from dialogue.understanding.offering import AGREEING, CONDITION, GRANTING, WOULD_SUIT, offers, time_ahead

ENDED = re.compile(r"[.?!…][\"”’')\]]*$")
"""Of a clause that ends its sentence."""
MOST_ASKED = 3
"""Questions of one turn that are answered."""


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
    grants: str = ""
    """The words that grant what was asked for last, without naming it: "I'll do that today"."""
    agrees: bool = False
    """Begins with a plain yes."""
    check: bool = False
    """Asks for agreement, or for leave."""
    anything_else: bool = False
    """Asks whether there is anything else."""
    time: str = ""
    """The day, clock time or duration it holds out, in its words."""
    timing: str = ""
    """The words around it."""
    seconds: float | None = None
    """That duration, where it is one."""
    figures: frozenset[float] = frozenset()
    """Amounts said, each to the hundredth."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Fact, need or trap id -> the trainee's own words for it."""


def understand(
    text: str,
    scores: Scores | None,
    pack: Pack,
    known: frozenset[str] = frozenset(),
    wanted: frozenset[str] = frozenset(),
) -> Meant:
    """What the turn asks for and what it brings. A statement asks nothing, and a question brings nothing unless it
    offers. `known`: facts that have come out, so that mentioning them is no revelation any more. `wanted`: ids of the
    needs that the customer has just asked for, which a short answer meets."""
    plain = normal(text)
    whole, clauses = clauses_of(text, scores)
    facts = [fact for fact in pack.facts if not (fact.hidden and fact.id in known)]
    bringing: list[Meaning] = [*(need for need in pack.settlement if need.wordings), *pack.traps]
    words: dict[str, str] = {}
    asked, brought = list[str](), list[str]()
    question, echo, offered = "", False, False
    explained = {need.id for need in pack.settlement if need.kind == "explain"}
    for place, clause in enumerate(clauses):
        behind = clauses[place + 1 : place + 2]
        before = clauses[place - 1] if place and not ENDED.search(clauses[place - 1].text) else None
        rounding = bool(before and offered and _rounds_off(clause, before))
        inviting = _inviting(clause.plain) or _choice(clause, behind) or rounding
        given = [] if _empty(clause.plain) else list(brought_by(bringing, clause, behind, wanted, pack.facts))
        if _topic(clause, behind):
            given = [name for name in given if name not in explained]
        among = pack.facts if clause.plain.endswith("?") else facts
        fact = "" if inviting or STILL_THERE.search(clause.plain) else asked_fact(among, clause)
        if fact and (offer_rather(fact, facts, bringing, clause) if clause.asking else given):
            fact = ""
        sure = fact in known and bool(DECLARATIVE.search(clause.plain))  # they make sure of what has come out
        fact, echo = ("", True) if sure else (fact, echo)
        found = [fact] if fact else given
        (asked if fact else brought).extend(found)
        offered = bool(given) and not fact
        conditional = found is given and behind and CONDITION.search(clause.plain)
        told = behind[0] if conditional and offers(behind[0].plain) else clause
        for name in found:
            words.setdefault(name, quote(told.text))
        if not (found or inviting or sure) and clause.asking and not OPEN.search(clause.plain):
            if echoes(clause):
                echo = True
            else:
                question = clause.text.strip()
    alone = not brought or ASKING.search(normal(question))  # "and it leaves today?" belongs to what is brought
    if question and not asked and alone and clauses[1:] and not _inviting(plain):  # asked across a cut
        fact = "" if STILL_THERE.search(normal(question)) else asked_fact(facts, whole)
        if fact:
            words[fact] = quote(question)
            asked, question = [fact], ""
    courteous = any(_empty(clause.plain) for clause in clauses)
    several = clauses[1:] and not (whole.asking or courteous)
    if several and len(plain.split()) <= SINGLE_WORDS:  # "None. Nothing has been charged."
        for name in brought_by(bringing, whole, (), wanted, pack.facts):
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
        open_question=bool(OPEN.search(plain))
        or any(OPEN.search(one.plain) or OR_MORE.search(one.plain) for one in clauses),
        grants=next((quote(clause.text) for clause in clauses if GRANTING.search(clause.plain)), ""),
        agrees=bool(AGREEING.search(clauses[0].plain)),
        check=bool(CHECK.search(plain) or (WOULD_SUIT.search(clauses[-1].plain) and TIME.search(clauses[-1].plain))),
        anything_else=bool(ELSE.search(plain)) or any(ELSE.search(clause.plain) for clause in clauses),
        time=time,
        timing=next((quote(clause.text) for clause in clauses if time and normal(time) in clause.plain), ""),
        seconds=_seconds(time, clauses),
        figures=amounts(text),
        words=words,
    )


def opening(meant: Meant, pack: Pack) -> Meant:
    """The same at the start of a call: who has heard nothing yet asks for nothing hidden, but invites to tell."""
    asks = tuple(name for name in meant.asks if not pack.fact(name).hidden)
    return meant if asks == meant.asks else replace(meant, asks=asks, open_question=True)


def _seconds(time: str, clauses: Sequence[Clause]) -> float | None:
    """How long the wait is that the turn holds out, s; the time that it names comes before any other length."""
    ahead = (one.plain for one in clauses if not PAST.search(one.plain))
    return next((length for one in (normal(time), *ahead) if (length := seconds(one)) is not None), None)


def _inviting(plain: str) -> bool:
    """Asks for leave, for agreement, or for more: nothing that a fact could answer."""
    suits = WOULD_SUIT.search(plain) and TIME.search(plain)
    return bool(suits or any(one.search(plain) for one in (CHECK, CHOOSING, ELSE, PREFACE, HELPING, PHRASE)))


def _choice(clause: Clause, following: Sequence[Clause]) -> bool:
    """Names one thing that it may be, and leaves open what else."""
    open_end = any(OR_MORE.search(one.plain) for one in following)
    return bool(OR_MORE.search(clause.plain) or (open_end and WHICH_OF_THEM.search(clause.plain)))


def _rounds_off(clause: Clause, before: Clause) -> bool:
    """Whether a question is the rest of the offer before it in its sentence, "and help you put it together?", or asks
    what that would do: "if I put it back, would the code work again?"."""
    rest = clause.plain.endswith("?") and not ASKING.search(clause.plain)
    return rest or bool(CONDITION.search(before.plain) and WOULD_DO.search(clause.plain))


def _topic(clause: Clause, following: Sequence[Clause]) -> bool:
    """Whether it only names what the question behind it is about: "and the brace, that went in, didn't it?"."""
    return any(one.asking and RESUMING.search(one.plain) for one in following) and not ENDED.search(clause.text)


def _empty(plain: str) -> bool:
    """Opens or closes a conversation: brings nothing, however near its words are to something."""
    return any(one.search(plain) for one in (PREFACE, HELPING, ELSE, PHRASE, WELCOMING))
