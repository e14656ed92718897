"""The numbers of a call for other programs: the ledger as CSV, and the whole debrief as JSON."""

import csv
import io
import json
from collections.abc import Sequence

from dialogue.events import Event
from dialogue.persona import Pack
from ui.debrief import wording
from ui.debrief.review import Moment, Review, review

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when a cell begins with it (OWASP, CSV injection)."""


def csv_table(events: Sequence[Event]) -> str:
    """One line a ledger row: seconds, kind, cause, evidence, change and the anger after it (points, 0..100)."""
    call = review(events)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["seconds", "kind", "cause", "title", "evidence", "change", "anger", "parameter"])
    anger = call.start
    table.writerow(["0.00", "start", "", "", "", "", f"{anger:.3f}", ""])
    for row in call.rows:
        anger += row.delta
        *texts, parameter = map(plain_cell, (row.kind, row.cause, row.title, row.evidence, row.parameter))
        table.writerow([f"{row.t:.2f}", *texts, f"{row.delta:.3f}", f"{anger:.3f}", parameter])
    return out.getvalue()


def json_document(events: Sequence[Event], pack: Pack | None) -> str:
    """What the debrief says, as one JSON object."""
    call = review(events, pack)
    return json.dumps(
        {
            "pack": call.started.pack if call.started else None,
            "seed": call.started.seed if call.started else None,
            "started_at": call.started.settings.get("started_at") if call.started else None,
            "outcome": call.ended.outcome if call.ended else None,
            "seconds": call.seconds,
            "turns": call.turns,
            "anger": {"start": call.start, "end": call.end, "peak": call.peak},
            "turning_points": [_moment(each) for each in call.turning],
            "went_well": [_moment(each) for each in call.well],
            "instead": [_lesson(each) for each in call.instead],
            "learnt": [_lesson(each) for each in call.learnt],
            "came_for": wording.came_for(call),
            "opinion": _opinion(call),
            "never_found": [{"title": title, "words": words} for title, words in call.unfound],
            "notes": call.notes,
        },
        ensure_ascii=False,
        indent=2,
    )


def _opinion(call: Review) -> dict[str, object] | None:
    thinks = call.opinion
    if thinks is None:
        return None
    rows = [
        {"seconds": row.t, "cause": row.cause, "title": row.title, "change": row.delta, "share": row.parameter}
        for row in thinks.rows
    ]
    ends = {"start": thinks.start, "end": thinks.end, "verdict": thinks.verdict, "tells": thinks.tells}
    return {**ends, "rows": rows}


def _lesson(moment: Moment) -> dict[str, object]:
    return {
        **_moment(moment),
        "kind": moment.kind,
        "cause": moment.cause,
        "try": moment.advice,
        "why": moment.why,
    }


def _moment(moment: Moment) -> dict[str, object]:
    causes = [
        {"cause": row.cause, "title": row.title, "evidence": row.evidence, "change": row.delta} for row in moment.rows
    ]
    return {"seconds": moment.t, "turn": moment.turn, "said": moment.said, "change": moment.delta, "causes": causes}


def plain_cell(cell: str) -> str:
    """As text, whatever program opens it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
