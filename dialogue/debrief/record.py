"""What happened in a call, read from its events: the turns, what was settled, what came out and what was left open.

Pure functions over a list of events, whole or cut off; `ui.debrief.review` puts them together for screens and reports.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogue.content.exchange import content_words
from dialogue.events import Appraisal, Event, LedgerRow, MoodChanged, Reply, Utterance
from dialogue.language import SENTENCE, amounts, normal
from dialogue.mood.effects import OVER_PROMISE
from dialogue.persona import Fact, LineKey, Pack
from dialogue.understanding.asking import asks
from dialogue.understanding.topics import understand

LEAST_TURNS = 3
"""Of the trainee: whoever has said less has had no time yet to miss anything."""
TELLING_WORDS = 5
"""Of a clause: fewer may be anything's."""
TITLE_WORDS = 2
"""Of a title, those that mean something: one alone may be said of anything."""
TELLING_FIGURE = 3.0
"""From which a figure tells which thing is meant: "eleven reports"; one or two there are of everything."""
_SLOT = re.compile(r"\{\w+\}")
_CLAUSE = re.compile(r"(?<=[.!?,;])\s+")


@dataclass(frozen=True, slots=True)
class TurnScore:
    """One turn of the trainee and what it did."""

    turn: int
    t: float
    said: str
    answered: str
    """The customer's line to it."""
    delta: float
    """Anger points by its own causes, relaxation left out."""
    anger: float
    rows: tuple[LedgerRow, ...]
    """Its causes, the weightiest first, and last what the ends of the scale swallowed: they add up to `delta`."""
    raised: float
    """0..1, how far the voice stood above its baseline."""


def turns(events: Sequence[Event]) -> tuple[TurnScore, ...]:
    """The trainee's turns by the session's own count: empty and misheard utterances do not shift them."""
    found: list[TurnScore] = []
    said, appraisal = "", None
    for index, event in enumerate(events):
        match event:
            case Utterance(text=text):
                said = text
            case Appraisal():
                appraisal = event
            case MoodChanged(turn=int(number)) if appraisal is not None and appraisal.turn == number:
                felt = [row for row in event.because if row.kind != "relaxation"]
                rows = tuple(sorted(felt, key=lambda row: (row.kind == "limit", -abs(row.delta))))
                delta = sum(row.delta for row in felt)
                anger, answer = event.mood.anger, _answer(events, index)
                found.append(TurnScore(number, event.t, said, answer, delta, anger, rows, appraisal.raised))
            case _:
                pass
    return tuple(found)


def needs_met(events: Sequence[Event]) -> frozenset[str]:
    """Ids of the needs that were met in full: a promise without its time is none yet."""
    causes = (row.cause for event in events if isinstance(event, MoodChanged) for row in event.because)
    return frozenset(cause.removeprefix("need:") for cause in causes if cause.startswith("need:"))


def raised(events: Sequence[Event], pack: Pack) -> frozenset[str]:
    """Ids of the needs that the customer has spoken of as theirs: asked for, doubted, or taken."""
    said = [event.text for event in events if isinstance(event, Reply)]
    return frozenset(need.id for need in pack.settlement if any(_spoken(need.pools(), text) for text in said))


def settled(events: Sequence[Event], pack: Pack) -> float:
    """The share of the required needs that were met, 0..1."""
    required = [need.id for need in pack.settlement if need.required]
    met = needs_met(events)
    return sum(name in met for name in required) / len(required) if required else 1.0


def reached(events: Sequence[Event], pack: Pack) -> frozenset[str]:
    """Ids of the facts told, needs met, curveballs handled and traps sprung."""
    ids = set(_earned(events, pack))
    for need in pack.settlement:
        if need.id in ids:
            ids |= {*need.facts, *need.tells}
    for fact in pack.facts:
        if fact.id in ids:
            ids |= set(fact.reveals)
    return frozenset(ids)


def _earned(events: Sequence[Event], pack: Pack) -> Iterator[str]:
    """The same without what only came out along with something else, which nobody asked for."""
    for event in events:
        match event:
            case Reply(text=text):  # also what stands behind another part of an answer
                yield from (fact.id for fact in pack.facts if _spoken((fact.answers, fact.again), text))
            case MoodChanged(because=because):
                for row in because:
                    kind, _, name = row.cause.partition(":")
                    if kind in ("need", "trap", OVER_PROMISE) or (kind == "curveball" and row.delta < 0):
                        yield name
            case _:
                pass


def undiscovered(events: Sequence[Event], pack: Pack) -> tuple[Fact, ...]:
    """What the customer left out of their story, and neither anybody brought to light nor they told of themselves."""
    told = reached(events, pack)
    said = [event.text for event in events if isinstance(event, Reply)]
    return tuple(fact for fact in pack.facts if fact.hidden and fact.id not in told and not _let_slip(fact, said))


def _let_slip(fact: Fact, said: Sequence[str]) -> bool:
    """Whether they named it in one breath, by its title, or a clause of what they would have answered stands in
    something else that they said."""
    title = content_words(fact.title)
    if len(title) >= TITLE_WORDS and any(title <= content_words(text) for text in said):
        return True
    clauses = (normal(clause).strip(" .,!?") for line in _answers(fact) for clause in _CLAUSE.split(line))
    telling = [clause for clause in clauses if len(clause.split()) >= TELLING_WORDS]
    if any(f" {clause}" in f" {normal(text)}" for clause in telling for text in said):
        return True
    figures = [words for line in _answers(fact) for words in _figured(line)]
    return any(_same(words, told) for text in said for told in _figured(text) for words in figures)


def _answers(fact: Fact) -> Iterator[str]:
    yield from (line for pool in (fact.answers, fact.again) for lines in pool.values() for line in lines)


def _figured(text: str) -> Iterator[frozenset[str]]:
    """What the sentences that name a figure speak of."""
    for sentence in SENTENCE.findall(text):
        words = content_words(sentence)
        if any(map(_telling, words)):
            yield words


def _telling(word: str) -> bool:
    return any(amount >= TELLING_FIGURE for amount in amounts(word))


def _same(words: frozenset[str], told: frozenset[str]) -> bool:
    """Whether both speak of as many of the same: "eleven reports"."""
    shared = words & told
    return any(map(_telling, shared)) and not all(amounts(word) for word in shared)


def notes(events: Sequence[Event], pack: Pack) -> tuple[str, ...]:
    """The author's remarks that hold for this call. Nobody has earned what came out unasked; nobody has missed what was
    never put to them, what they said though it was not taken, or anything in a call that had hardly begun."""
    earned = set(_earned(events, pack)) - ({fact.id for fact in pack.facts} - set(_asked_for(events, pack)))
    ids, begun = reached(events, pack), len(turns(events)) >= LEAST_TURNS
    spared = _untested(events, pack) | _tried(events, pack)
    glad = (trap for trap in pack.traps if not trap.cost and trap.id in earned)  # no turn that went wrong tells of it
    return (
        *(trap.teaches for trap in glad if trap.teaches),
        *(
            note.text
            for note in pack.debrief
            if (note.met and note.met in earned) or (note.missed and begun and note.missed not in ids | spared)
        ),
    )


def _asked_for(events: Sequence[Event], pack: Pack) -> Iterator[str]:
    """Ids of the facts told in answer to a turn that asks something: who only came near one has not asked for it."""
    asking = False
    for event in events:
        if isinstance(event, Utterance):
            asking = any(asks(normal(one)) for one in SENTENCE.findall(event.text))
        elif isinstance(event, Reply) and asking:
            yield from (fact.id for fact in pack.facts if _spoken((fact.answers, fact.again), event.text))


def _untested(events: Sequence[Event], pack: Pack) -> set[str]:
    """Ids of the curveballs that no turn of the trainee has followed."""
    judged = max((index for index, event in enumerate(events) if isinstance(event, Appraisal)), default=0)
    said = [event.text for event in events[:judged] if isinstance(event, Reply)]
    return {ball.id for ball in pack.curveballs if not any(_spoken((ball.lines,), text) for text in said)}


def _tried(events: Sequence[Event], pack: Pack) -> set[str]:
    """Ids of the facts asked for and the needs brought, in whatever turn, that came to nothing: asked past the point,
    doubted, or not often enough. What was met by half is none: the other half was missed."""
    meant = [understand(event.text, event.scores, pack) for event in events if isinstance(event, Utterance)]
    about = {name for one in meant for name in (*one.asks, *one.offers)}
    shown = {one.id for event in events if isinstance(event, Appraisal) for one in event.behaviours}
    rows = (row.cause for event in events if isinstance(event, MoodChanged) for row in event.because)
    half = {cause.removeprefix("partly:") for cause in rows if cause.startswith("partly:")}
    for need in pack.settlement:
        if about.intersection(need.facts) or shown.intersection(need.behaviours):
            about.add(need.id)
    return about - half


def _spoken(pools: Iterable[Mapping[LineKey, Sequence[str]]], text: str) -> bool:
    """Whether a line of the pools stands in what was said, word for word, whatever filled its slots."""
    plain = f" {normal(text)} "
    lines = (f" {normal(_SLOT.sub('::', line))} " for pool in pools for lines in pool.values() for line in lines)
    return any(all(part in plain for part in line.split("::")) for line in lines)


def _answer(events: Sequence[Event], index: int) -> str:
    """The customer's line between this turn and the next."""
    for event in events[index:]:
        if isinstance(event, Reply):
            return event.text
        if isinstance(event, Utterance):
            break
    return ""
