"""After class: everybody's curves side by side, the hardest moments, the marked ones; with names, or without."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dialogue import journal
from dialogue.debrief.record import settled
from dialogue.debrief.rubric import Scorecard, load_rubric, score
from dialogue.events import Event, Steered
from dialogue.transitions import steering
from ui import strings
from ui.classroom.host import ENTRANCE
from ui.classroom.register import Entrance, Register, newest
from ui.debrief import wording
from ui.debrief.review import Moment, Review, review
from ui.records.archive import read_journal
from ui.records.history import date, local_time, pack_of
from ui.report.curve import Drawing, draw
from ui.report.tables import plain_cell
from ui.report.template import filled
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

MOST_MOMENTS = 8
MOST_MISSED = 6
FREE_TEXT = frozenset({"text", "heard_text", "heard", "evidence", "why"})
"""Fields of events in which words stand that somebody said or wrote."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One call of the class."""

    who: str
    title: str
    when: str
    call: Review
    steered: int
    """How often the trainer moved the customer."""
    card: Scorecard | None = None
    """By the usual rubric; None for a call that did not end, or whose scenario is not here."""
    curve: Drawing | None = None

    @property
    def outcome(self) -> str:
        if self.call.ended is None:
            return strings.DEBRIEF_UNFINISHED
        outcome = self.call.ended.outcome
        return f"{strings.OUTCOME_SHAPES[outcome]} {strings.sentence(strings.THEIR_OUTCOMES[outcome])}"


@dataclass(frozen=True, slots=True)
class Missed:
    """A point of the scorecard, over the whole group."""

    title: str
    calls: int
    """In which it was missed."""
    of: int
    """In which it counted."""


@dataclass(frozen=True, slots=True)
class Hard:
    """A moment that made things worse."""

    who: str
    title: str
    moment: Moment


def write(folder: Path | None, output: Path, *, names: bool) -> None:
    """The class in `folder`, or the newest, as .html or .csv, readable by this user only. Raises Problem."""
    form = output.suffix.lower()
    if form not in (".html", ".csv"):
        raise Problem(strings.CLASS_REPORT_FORM.format(path=output))
    path = folder / ENTRANCE if folder else newest(ENTRANCE)
    if path is None:
        raise Problem(strings.CLASS_NONE_OPEN)
    entrance = Entrance.read(path)
    calls = taken(Register(path.parent), names=names)
    if not calls:
        raise Problem(strings.CLASS_REPORT_NONE)
    text = page(entrance.class_name, calls) if form == ".html" else table(calls)
    try:
        write_private(output, text)
    except OSError as error:
        raise Problem(f"{output} cannot be written: {(error.strerror or 'unknown reason').lower()}.") from error


def taken(register: Register, *, names: bool) -> list[Taken]:
    """Every call of the class that can be read, trainee by trainee; the curves in frames of the same length."""
    calls: list[Taken] = []
    for number, (person, name) in enumerate(sorted(register.people().items(), key=lambda pair: pair[1]), 1):
        who = name if names else strings.CLASS_REPORT_NAMELESS.format(number=number)
        for path in register.journals(person):
            try:
                events = read_journal(path)
            except Problem:
                continue
            calls.append(_taken(who, events if names else nameless(events, name)))
    longest = max((one.call.seconds for one in calls), default=1.0)
    return [replace(one, curve=draw(one.call, longest)) if one.call.moods else one for one in calls]


def _taken(who: str, events: Sequence[Event]) -> Taken:
    pack = pack_of(events)
    call = review(events, pack)
    moved = ("nudge", "curveball", "manager", "speak")
    return Taken(
        who=who,
        title=pack.title if pack else (call.started.pack if call.started else ""),
        when=date(local_time(call.started.settings.get("started_at"))) if call.started else "",
        call=call,
        steered=sum(isinstance(event, Steered) and event.step in moved for event in events),
        card=score(events, load_rubric(), settled(events, pack)) if pack and call.ended else None,
    )


def nameless(events: Sequence[Event], name: str) -> list[Event]:
    """The events with every word of the trainee's name taken out, wherever it was said or written."""
    words = [re.escape(word) for word in name.split() if len(word) > 1]
    if not words:
        return list(events)
    found = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)

    def hide(fields: dict[str, object]) -> dict[str, object]:
        return {
            key: found.sub(strings.CLASS_REPORT_SOMEBODY, value)
            if key in FREE_TEXT and isinstance(value, str)
            else value
            for key, value in fields.items()
        }

    return [journal.decode(json.dumps(json.loads(journal.encode(event), object_hook=hide))) for event in events]


def hardest(calls: Sequence[Taken]) -> list[Hard]:
    """What raised anger most, over the whole group, by no doing of the trainer's. Each call's turning points are looked
    at."""
    moments = [
        Hard(one.who, one.title, each)
        for one in calls
        for each in one.call.turning
        if each.delta > 0 and any(row.cause != steering.CAUSE for row in each.rows if row.delta > 0)
    ]
    return sorted(moments, key=lambda hard: -hard.moment.delta)[:MOST_MOMENTS]


def missed(calls: Sequence[Taken]) -> list[Missed]:
    """The points that most calls missed: what to practise together next time."""
    marks = [mark for one in calls if one.card for section in one.card.sections for mark in section.marks]
    counted = Counter(mark.title for mark in marks if mark.state != "n/a")
    without = Counter(mark.title for mark in marks if mark.state == "missed")
    found = [Missed(title, times, counted[title]) for title, times in without.items()]
    return sorted(found, key=lambda point: (-point.calls, point.of))[:MOST_MISSED]


def page(class_name: str, calls: Sequence[Taken]) -> str:
    """One HTML page."""
    return filled(
        "ui.classroom",
        "report.html.j2",
        name=class_name,
        calls=calls,
        hardest=hardest(calls),
        missed=missed(calls),
        marked=[(one, mark) for one in calls for mark in one.call.marked],
        strings=strings,
        words=wording,
    )


def table(calls: Sequence[Taken]) -> str:
    """One line a call, for other programs."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [
            "trainee",
            "scenario",
            "seed",
            "began",
            "outcome",
            "seconds",
            "turns",
            "start",
            "end",
            "peak",
            "steered",
            "score",
        ]
    )
    for one in calls:
        call = one.call
        rows.writerow(
            [
                plain_cell(one.who),
                plain_cell(one.title),
                call.started.seed if call.started else "",
                one.when,
                call.ended.outcome if call.ended else "",
                f"{call.seconds:.1f}",
                call.turns,
                f"{call.start:.1f}",
                f"{call.end:.1f}",
                f"{call.peak:.1f}",
                one.steered,
                "" if one.card is None or one.card.total is None else f"{one.card.total:.0f}",
            ]
        )
    return out.getvalue()
