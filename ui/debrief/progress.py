"""What many calls show, gathered and in words: week by week, part by part of the scorecard, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from statistics import fmean

from dialogue.debrief.progress import NextDrill, Skill, next_drill, skills
from dialogue.debrief.rubric import Scorecard
from dialogue.drills import available
from ui import strings
from ui.records import history, scenarios
from ui.records.drill_results import DrillResult, by_drill, drilled
from ui.records.history import PastCall

MOST_CALLS = 30
"""Older ones would count for almost nothing in a skill."""
MOST_CARDS = 200
"""Scorecards read: each takes a while."""
MOST_WEEKS = 6
MOST_RESULTS = 6
"""Of a drill."""
BAR_CELLS = 10
Section = tuple[str, tuple[str, ...]]
"""(heading, lines)."""


@dataclass(frozen=True, slots=True)
class Week:
    """The calls of one week, and their averages. Anger is 0..100."""

    monday: date
    calls: int
    satisfied: int
    start: float
    end: float
    score: float | None
    """Of the scorecards, 0..100; None when none could be made."""


@dataclass(frozen=True, slots=True)
class Progress:
    calls: Sequence[PastCall] = ()
    """That came to an end and count, the newest first."""
    cards: Mapping[str, Scorecard] = field(default_factory=dict)
    """Journal's file name -> scorecard, of those that have one."""
    practised: Mapping[str, Sequence[DrillResult]] = field(default_factory=dict)
    """Drill id -> its results, the newest first."""

    @property
    def recent(self) -> list[Scorecard]:
        """Of the newest calls, the newest first."""
        names = [call.path.name for call in self.calls[:MOST_CALLS]]
        return [self.cards[name] for name in names if name in self.cards]

    @property
    def skills(self) -> tuple[Skill, ...]:
        return skills(self.recent)

    @property
    def next_drill(self) -> NextDrill | None:
        return next_drill(self.recent)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The newest first; those without a call are left out."""
        by_monday: dict[date, list[PastCall]] = {}
        for call in self.calls:
            if call.began:
                day = call.began.date()
                by_monday.setdefault(day - timedelta(days=day.weekday()), []).append(call)
        newest = sorted(by_monday, reverse=True)[:MOST_WEEKS]
        return tuple(self._week(monday, by_monday[monday]) for monday in newest)

    def _week(self, monday: date, calls: Sequence[PastCall]) -> Week:
        cards = (self.cards.get(call.path.name) for call in calls)
        scores = [card.total for card in cards if card and card.total is not None]
        return Week(
            monday,
            len(calls),
            sum(call.outcome == "satisfied" for call in calls),
            fmean(call.start for call in calls),
            fmean(call.end for call in calls),
            fmean(scores) if scores else None,
        )


def gathered() -> Progress:
    """From what is kept. Calls that cannot be read, or whose scenario is gone, have no scorecard; left out are those in
    which nothing was said, and moments taken up again, whose beginning has been counted. Raises Problem."""
    from ui.records import index  # the screens come without its database, which takes a quarter of a second to load

    calls = [call for call in index.calls() if call.outcome and call.counts]
    return Progress(calls, index.cards(calls[:MOST_CARDS]), by_drill(drilled()))


def sections(shown: Progress, today: date) -> Iterator[Section]:
    """What there is to see, the headings without a colon; the first has none."""
    if shown.calls:
        yield "", (_summary(shown.calls),)
        yield strings.PROGRESS_WEEKS, tuple(_week(week, today) for week in shown.weeks)
    if shown.cards:
        yield strings.PROGRESS_HEAD, tuple(map(_skill, shown.skills))
    if shown.calls:
        yield strings.PROGRESS_BESTS, tuple(_bests(shown.calls))
    if shown.practised:
        yield strings.PROGRESS_DRILLS, tuple(_drills(shown.practised))


def next_steps(shown: Progress, drill: str, call: str) -> Iterator[str]:
    """What to do next, each with its reason. `drill` and `call` say how: of `strings.PROGRESS_DRILL` and its kin."""
    if wanted := shown.next_drill:
        yield drill.format(
            id=wanted.drill.id,
            title=wanted.drill.title,
            point=wanted.point,
            missed=wanted.missed,
            calls=strings.counted(len(shown.recent), "call"),
        )
    if suggested := scenarios.suggestion(scenarios.pack_heads(), shown.calls):
        pack, why = suggested
        yield call.format(id=pack.id, title=pack.title, why=why)


def _summary(calls: Sequence[PastCall]) -> str:
    satisfied = [call.outcome == "satisfied" for call in calls]
    told = strings.PROGRESS_CALLS.format(calls=strings.counted(len(calls), "call"), satisfied=sum(satisfied))
    streak = sum(1 for _ in takewhile(bool, satisfied))
    return f"{told} {strings.PROGRESS_STREAK.format(streak=streak)}" if streak > 1 else told


def _week(week: Week, today: date) -> str:
    ago = (today - week.monday).days // 7
    return strings.PROGRESS_WEEK.format(
        week=strings.PROGRESS_WEEKS_AGO.get(ago) or strings.PROGRESS_WEEK_OF.format(monday=week.monday),
        calls=strings.counted(week.calls, "call"),
        satisfied=week.satisfied,
        start=week.start,
        end=week.end,
        score=strings.PROGRESS_NO_SCORE if week.score is None else f"{week.score:.0f}",
    )


def _skill(skill: Skill) -> str:
    note = strings.PROGRESS_SURE if skill.sure else strings.PROGRESS_UNSURE
    full = round(skill.share * BAR_CELLS)
    return strings.PROGRESS_SKILL.format(
        bar=strings.PROGRESS_BAR_FULL * full + strings.PROGRESS_BAR_EMPTY * (BAR_CELLS - full),
        share=skill.share,
        title=skill.title,
        note=note.format(low=skill.low, high=skill.high),
    )


def _bests(calls: Sequence[PastCall]) -> Iterator[str]:
    titles = scenarios.pack_titles()
    for pack, taken in history.by_pack(calls).items():
        if had := history.best(taken):
            yield strings.PROGRESS_BEST.format(result=history.result(had), title=titles.get(pack, pack))


def _drills(practised: Mapping[str, Sequence[DrillResult]]) -> Iterator[str]:
    """How each drill that was done has gone, the one done last first."""
    titles = {drill.id: drill.title for drill in available()}
    for drill, done in practised.items():
        course = strings.PROGRESS_COURSE.join(f"{each.passed}/{each.rounds}" for each in reversed(done[:MOST_RESULTS]))
        times, when = strings.counted(len(done), "time"), history.date(done[0].at.astimezone())
        yield strings.PROGRESS_DRILLED.format(title=titles.get(drill, drill), times=times, course=course, when=when)
