"""`coolhead progress`: what your calls show, the next drill and the next call, each with its reason."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import takewhile

from dialogue.debrief.progress import Skill, next_drill, skills
from dialogue.debrief.rubric import Scorecard
from dialogue.drills import available
from ui import strings
from ui.records import history, index, scenarios
from ui.records.drill_results import DrillResult, by_drill, drilled
from ui.records.history import PastCall

MOST_CALLS = 30
"""Older ones would count for almost nothing."""
BAR_CELLS = 10
MOST_RESULTS = 6
"""Of a drill."""


def run(*, json_lines: bool) -> int:
    """Print it. Calls that cannot be read, or whose scenario is gone, are left out; so are those in which nothing was
    said, and moments taken up again, whose beginning has been counted."""
    calls = [call for call in history.past_calls() if call.outcome and call.counts]
    practised = by_drill(drilled())
    cards = list(index.cards(calls[:MOST_CALLS]).values())
    if json_lines:
        shown = {
            "calls": len(calls),
            "skills": [asdict(skill) for skill in skills(cards)],
            "drills": _as_json(practised),
        }
        print(json.dumps(shown, ensure_ascii=False))
        return 0
    for line in (*(_lines(calls, cards) if cards else (strings.PROGRESS_NONE,)), *_drills(practised)):
        print(line)
    return 0


def _drills(practised: Mapping[str, Sequence[DrillResult]]) -> Iterator[str]:
    """How each drill that was done has gone, the one done last first."""
    titles = {drill.id: drill.title for drill in available()}
    if practised:
        yield ""
        yield strings.PROGRESS_DRILLS
    for drill, done in practised.items():
        course = strings.PROGRESS_COURSE.join(f"{each.passed}/{each.rounds}" for each in reversed(done[:MOST_RESULTS]))
        times, when = strings.counted(len(done), "time"), history.date(done[0].at.astimezone())
        yield strings.PROGRESS_DRILLED.format(title=titles.get(drill, drill), times=times, course=course, when=when)


def _as_json(practised: Mapping[str, Sequence[DrillResult]]) -> dict[str, list[dict[str, object]]]:
    """Drill id -> its results, the newest first."""
    return {drill: [{**asdict(each), "at": each.at.isoformat()} for each in done] for drill, done in practised.items()}


def _lines(calls: Sequence[PastCall], cards: Sequence[Scorecard]) -> Iterator[str]:
    satisfied = [call.outcome == "satisfied" for call in calls]
    streak = sum(1 for _ in takewhile(bool, satisfied))
    yield strings.PROGRESS_CALLS.format(
        calls=strings.counted(len(calls), "call"), satisfied=sum(satisfied), streak=streak
    )
    yield ""
    yield strings.PROGRESS_HEAD
    for skill in skills(cards):
        note = strings.PROGRESS_SURE if skill.sure else strings.PROGRESS_UNSURE
        yield strings.PROGRESS_SKILL.format(
            bar=_bar(skill), share=skill.share, title=skill.title, note=note.format(low=skill.low, high=skill.high)
        )
    yield ""
    yield strings.PROGRESS_BESTS
    titles = scenarios.pack_titles()
    for pack, taken in history.by_pack(calls).items():
        if had := history.best(taken):
            yield strings.PROGRESS_BEST.format(result=history.result(had), title=titles.get(pack, pack))
    yield ""
    if wanted := next_drill(cards):
        yield strings.PROGRESS_DRILL.format(
            id=wanted.drill.id, title=wanted.drill.title, point=wanted.point, missed=wanted.missed
        )
    if suggested := scenarios.suggestion(scenarios.pack_heads(), calls):
        pack_next, why = suggested
        yield strings.PROGRESS_CALL.format(id=pack_next.id, title=pack_next.title, why=why)


def _bar(skill: Skill) -> str:
    full = round(skill.share * BAR_CELLS)
    return strings.PROGRESS_BAR_FULL * full + strings.PROGRESS_BAR_EMPTY * (BAR_CELLS - full)
