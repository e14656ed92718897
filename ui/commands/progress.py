"""`coolhead progress`: what your calls show, the next drill and the next call, each with its reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from ui import strings
from ui.debrief.progress import gathered, next_steps, sections
from ui.line_mode.fitted import fitted
from ui.records.drill_results import DrillResult


def run(*, json_lines: bool) -> int:
    """Print it."""
    shown = gathered()
    if json_lines:
        document = {
            "calls": len(shown.calls),
            "weeks": [{**asdict(week), "monday": week.monday.isoformat()} for week in shown.weeks],
            "skills": [asdict(skill) for skill in shown.skills],
            "drills": _as_json(shown.practised),
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    if not shown.calls:
        print(strings.PROGRESS_NONE)
    for heading, lines in sections(shown, datetime.now().astimezone().date()):
        if heading:
            print(f"\n{heading}:")
        for line in lines:
            print(fitted(f"  {line}" if heading else line))
    if shown.calls and (steps := list(next_steps(shown, strings.PROGRESS_DRILL, strings.PROGRESS_CALL))):
        print("", *map(fitted, steps), sep="\n")
    return 0


def _as_json(practised: Mapping[str, Sequence[DrillResult]]) -> dict[str, list[dict[str, object]]]:
    """Drill id -> its results, the newest first."""
    return {drill: [{**asdict(each), "at": each.at.isoformat()} for each in done] for drill, done in practised.items()}
