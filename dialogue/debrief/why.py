"""Ask the customer why: calm now, they say what moved them, strictly from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import ValidationError

from dialogue.debrief.quoting import sentence_of
from dialogue.events import Event, LedgerRow, MoodChanged, Utterance
from dialogue.persona.lines import Part, Text
from dialogue.persona.loading import SHARED, sentence
from dialogue.persona.parsing import PackProblem, parse

LEAST_POINTS = 1.0
"""Anger points: nobody remembers why they were moved by less."""
MOST_CAUSES = 2
"""Of one moment: the weightiest ones that pulled the way it went."""
MOST_QUOTED_WORDS = 14
"""Longer quotations are left out of a spoken line."""


class Reasons(Part):
    """Cause -> what they say about it, by which way it moved them."""

    soothed: dict[str, tuple[Text, ...]]
    hurt: dict[str, tuple[Text, ...]]


@dataclass(frozen=True, slots=True)
class Telling:
    """What they say of one moment."""

    t: float
    turn: int | None
    """The trainee's turn, None when it was none."""
    delta: float
    """Anger points of the moment."""
    text: str


def tellings(events: Sequence[Event]) -> tuple[Telling, ...]:
    """Of every moment that moved them, in order of time; no line is said twice."""
    used: set[str] = set()
    told: list[Telling] = []
    said = ""
    for event in events:
        if isinstance(event, Utterance):
            said = event.text
        if isinstance(event, MoodChanged):
            felt = [row for row in event.because if row.kind == "impulse"]
            delta = sum(row.delta for row in event.because if row.kind != "relaxation")
            text = _told(felt, delta, said if event.turn else "", used)
            if text:
                told.append(Telling(event.t, event.turn, delta, text))
    return tuple(told)


def _told(rows: Sequence[LedgerRow], delta: float, said: str, used: set[str]) -> str:
    if abs(delta) < LEAST_POINTS:
        return ""
    same_way = [row for row in rows if row.delta * delta > 0]
    weightiest = sorted(same_way, key=lambda row: -abs(row.delta))[:MOST_CAUSES]
    return " ".join(line for row in weightiest if (line := _line(row, said, used)))


def _line(row: LedgerRow, said: str, used: set[str]) -> str:
    """The first line for the row's cause that has not been said and whose quotation can be; "" for none. Nothing is
    quoted twice."""
    kind = row.cause.partition(":")[0]
    pool = (reasons().soothed if row.delta < 0 else reasons().hurt).get(kind, ())
    words = sentence_of(row.evidence, said, MOST_QUOTED_WORDS)
    for line in pool:
        quotable = 0 < len(words.split()) <= MOST_QUOTED_WORDS and words not in used
        if line in used or ("{words}" in line and not quotable):
            continue
        if "{title}" in line and not row.title:
            continue
        used |= {line, words} if "{words}" in line else {line}
        text = line.format(words=words, title=row.title)
        return text[:1].upper() + text[1:]
    return ""


@lru_cache(maxsize=1)
def reasons() -> Reasons:
    """The lines of `personas/shared/why.yaml`. Raises PackProblem when the file is broken."""
    path = SHARED / "why.yaml"
    try:
        data, where = parse(path.read_text(encoding="utf-8"), path.name)
        return Reasons.model_validate(data)
    except OSError as problem:
        raise PackProblem(f"{path} cannot be read: install Coolhead again.") from problem
    except ValidationError as problem:
        raise PackProblem(sentence(problem, path.name, where)) from None
