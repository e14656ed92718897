"""Two calls side by side: what came of each, and what got better or worse from the earlier to the later one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogue.debrief.record import settled
from dialogue.debrief.rubric import Mark, Scorecard, load_rubric, score
from dialogue.events import Event, MoodChanged
from dialogue.persona import Pack
from ui import strings
from ui.debrief import wording
from ui.debrief.review import Review, review
from ui.records import history
from ui.records.archive import read_journal
from ui.records.history import PastCall, pack_of

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Of a call's length: where its curve is read out."""
LEAST_POINTS = 2.0
"""Anger points: a habit that did less in both calls is left out."""
MOST_HABITS = 8


@dataclass(frozen=True, slots=True)
class Looked:
    """One of the two."""

    call: PastCall
    pack: Pack | None
    review: Review
    card: Scorecard | None
    """None where the scenario is not here any more."""
    habits: Mapping[str, tuple[int, float]]
    """Cause -> in how many turns, and the anger points that it made in all."""

    @property
    def title(self) -> str:
        return self.pack.title if self.pack else self.call.pack


@dataclass(frozen=True, slots=True)
class Comparison:
    """`then` began first, by the names of the journals, which begin with the date."""

    then: Looked
    now: Looked
    better: tuple[tuple[Mark, Mark], ...]
    """Points of the rubric that were missed then and met now, as each call shows them."""
    worse: tuple[tuple[Mark, Mark], ...]
    habits: tuple[str, ...]
    """Causes that came otherwise, those that made the greatest difference first."""


def compared(one: PastCall, other: PastCall) -> Comparison:
    """Whichever way round they are given. Raises Problem when one cannot be read."""
    then, now = (_looked(call) for call in sorted((one, other), key=lambda call: call.path.stem))
    marks, anew = _marks(then.card), _marks(now.card)
    pairs = [(marks[name], anew[name]) for name in marks if name in anew]
    changed = [(first, second) for first, second in pairs if {first.state, second.state} == {"met", "missed"}]
    return Comparison(
        then,
        now,
        better=tuple(pair for pair in changed if pair[1].state == "met"),
        worse=tuple(pair for pair in changed if pair[1].state == "missed"),
        habits=tuple(_habits(then.habits, now.habits)),
    )


def sections(found: Comparison) -> Iterator[tuple[str, list[str]]]:
    """(heading, lines) of everything but the outcomes and the curves."""
    if found.then.call.pack != found.now.call.pack:
        yield strings.COMPARE_MIND, [strings.COMPARE_OTHERS]
    yield strings.COMPARE_BETTER, list(_turned(found.better)) or [strings.COMPARE_NONE_BETTER]
    yield strings.COMPARE_WORSE, list(_turned(found.worse)) or [strings.COMPARE_NONE_WORSE]
    if found.habits:
        yield strings.COMPARE_HABITS, [_habit(cause, found) for cause in found.habits]


def figures(found: Comparison) -> list[tuple[str, str, str]]:
    """(what, then, now) as text."""
    then, now = found.then, found.now
    rows: list[tuple[str, Callable[[Review], str]]] = [
        (strings.COMPARE_OUTCOME, wording.headline),
        (strings.COMPARE_START, lambda call: f"{call.start:.0f}"),
        (strings.COMPARE_PEAK, lambda call: f"{call.peak:.0f}"),
        (strings.COMPARE_END, lambda call: f"{call.end:.0f}"),
        (strings.COMPARE_CURVE, lambda call: " ".join(_quarters(call))),
        (strings.COMPARE_TURNS, lambda call: str(call.turns)),
        (strings.COMPARE_LENGTH, lambda call: strings.clock(call.seconds)),
    ]
    told = [(what, tell(then.review), tell(now.review)) for what, tell in rows]
    return [*told, (strings.COMPARE_SCORE, _total(then.card), _total(now.card))]


def who(looked: Looked) -> str:
    """Which call it is."""
    return f"{history.when(looked.call)}, {looked.title}"


def _looked(call: PastCall) -> Looked:
    events = read_journal(call.path)
    pack = pack_of(events)
    card = score(events, load_rubric(), settled(events, pack)) if pack else None
    return Looked(call, pack, review(events, pack), card, _counted(events))


def _counted(events: Sequence[Event]) -> dict[str, tuple[int, float]]:
    turns: Counter[str] = Counter()
    points: defaultdict[str, float] = defaultdict(float)
    for event in events:
        if isinstance(event, MoodChanged) and event.turn is not None:
            rows = [(row.cause.partition(":")[0], row.delta) for row in event.because if row.kind == "impulse"]
            turns.update({cause for cause, _ in rows})
            for cause, delta in rows:
                points[cause] += delta
    return {cause: (turns[cause], points[cause]) for cause in turns}


def _marks(card: Scorecard | None) -> dict[tuple[str, str], Mark]:
    return {(part.title, mark.title): mark for part in card.sections for mark in part.marks} if card else {}


def _habits(then: Mapping[str, tuple[int, float]], now: Mapping[str, tuple[int, float]]) -> list[str]:
    none = (0, 0.0)
    weights = {
        cause: abs(now.get(cause, none)[1] - then.get(cause, none)[1])
        for cause in {**then, **now}
        if then.get(cause, none)[0] != now.get(cause, none)[0]
    }
    weighty = [cause for cause in weights if weights[cause] >= LEAST_POINTS]
    return sorted(weighty, key=lambda cause: -weights[cause])[:MOST_HABITS]


def _habit(cause: str, found: Comparison) -> str:
    (before, did), (after, does) = (looked.habits.get(cause, (0, 0.0)) for looked in (found.then, found.now))
    return strings.COMPARE_HABIT.format(cause=strings.cause(cause), before=before, after=after, did=did, does=does)


def _turned(pairs: Sequence[tuple[Mark, Mark]]) -> Iterator[str]:
    for then, now in pairs:
        marks = (strings.SCORE_MARKS[then.state], strings.SCORE_MARKS[now.state])
        yield strings.COMPARE_POINT.format(then=marks[0], now=marks[1], title=now.title)
        for when, mark in ((strings.COMPARE_THEN, then), (strings.COMPARE_NOW, now)):
            if mark.signs:
                sign = mark.signs[0]
                words = f"“{sign.quote}”" if sign.turn else sign.quote or strings.cause(sign.id)
                yield strings.COMPARE_QUOTE.format(when=when, time=strings.clock(sign.t), words=words)


def _quarters(call: Review) -> Iterator[str]:
    for share in QUARTERS:
        anger = call.anger_at(call.seconds * share)
        yield strings.COMPARE_UNKNOWN if anger is None else f"{anger:.0f}"


def _total(card: Scorecard | None) -> str:
    return strings.COMPARE_UNKNOWN if card is None or card.total is None else f"{card.total:.0f}"


def document(found: Comparison) -> dict[str, object]:
    """The same for other programs."""
    return {
        "journals": [str(looked.call.path) for looked in (found.then, found.now)],
        "figures": [{"what": what, "then": then, "now": now} for what, then, now in figures(found)],
        "better": [now.title for _, now in found.better],
        "worse": [now.title for _, now in found.worse],
        "habits": {
            cause: [looked.habits.get(cause, (0, 0.0)) for looked in (found.then, found.now)] for cause in found.habits
        },
    }
