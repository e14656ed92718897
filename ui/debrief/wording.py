"""Causes, changes and outcomes in words, the same on every screen and in line mode. No Textual here."""

import re
from collections.abc import Callable, Iterator, Sequence

from dialogue.debrief.advice import OMISSIONS
from dialogue.debrief.correction import corrections
from dialogue.debrief.opinion import Opinion
from dialogue.debrief.why import tellings
from dialogue.drills import Drill, practising
from dialogue.events import Event, LedgerRow
from dialogue.mood.effects import OVER_PROMISE
from dialogue.persona import Pack
from ui import strings
from ui.calls.call_view import TranscriptLine
from ui.debrief.review import Moment, Review

_MEASURE = re.compile(r"[\d.]+ ?(s|dB|Hz|st|%|turns|times|of)(?!\w)|=")
"""What tells a measure from words: "0.8 s of overlap" from "what happened at step 6"."""
UNSAID = frozenset({"hold_unannounced"})
"""Causes whose evidence is what was done, not what was said."""
TIME_WIDTH, CHANGE_WIDTH, ANGER_WIDTH, CAUSE_WIDTH = 6, 8, 7, 33
"""Columns of the ledger, in cells."""
LEAST_SHOWN = 0.05
"""Anger points: smaller changes are not worth a number."""


def change(delta: float) -> str:
    """A change of anger as a shape and a number: "▼ 6", "▲ 0.4"; "" for none worth a number."""
    size = abs(delta)
    if size < LEAST_SHOWN:
        return ""
    shape = strings.DELTA_UP if delta > 0 else strings.DELTA_DOWN
    return f"{shape} {size:.0f}" if size >= 0.95 else f"{shape} {size:.1f}"


def worth_telling(row: LedgerRow, least: float = LEAST_SHOWN) -> bool:
    """Whether it moved at least so many points, or promised what is not theirs to give, though nothing moved: the
    customer was only too glad."""
    return abs(row.delta) >= least or row.cause.partition(":")[0] == OVER_PROMISE


def signed(delta: float) -> str:
    """The same where it is read aloud: "-6", "+0.4"; "" for none worth a number."""
    size = abs(delta)
    if size < LEAST_SHOWN:
        return ""
    return f"{delta:+.0f}" if size >= 0.95 else f"{delta:+.1f}"


def change_in_words(delta: float) -> str:
    """The same behind a comma: ", +6"; "" for none."""
    return strings.PLAIN_CHANGE.format(delta=delta) if abs(delta) >= LEAST_SHOWN else ""


def evidence(row: LedgerRow) -> str:
    """What was heard, in quotation marks, or what was measured or is so by itself, as it is; "" for nothing."""
    text = " ".join(row.evidence.split())
    if row.kind != "impulse" or row.cause in UNSAID:
        return text
    if not text:
        return ""
    return text if _MEASURE.search(text) or text.startswith(("“", '"')) else f"“{text}”"


def moved(moment: Moment, as_text: Callable[[float], str] = change) -> str:
    """What the moment did, by `as_text`; "" for what was left out, which the turn's change says nothing of."""
    return "" if moment.cause in OMISSIONS else as_text(moment.delta)


def causes(moment: Moment, most: int = 3) -> str:
    """The weightiest causes that pulled the way the moment went, in plain words; or what was left out, or took much of
    the good away."""
    if moment.cause in OMISSIONS:
        return strings.cause(moment.cause)
    if moment.kind == "better":
        half = next(row for row in moment.rows if row.cause == moment.cause)
        against = f" ({signed(half.delta)})" if half.delta > 0 else ""
        return strings.cause(half.cause, half.title) + against
    names = dict.fromkeys(strings.cause(row.cause, row.title) for row in moment.rows if row.delta * moment.delta > 0)
    return strings.LIST_JOIN.join(list(names)[:most]) or strings.cause("relaxation")


def corrected(events: Sequence[Event]) -> tuple[str, ...]:
    """What the trainee corrected in the record, beside what had been heard; nothing where nothing was."""
    marks = [strings.CORRECT_MARK.format(text=turn.text, heard=turn.heard) for turn in corrections(events)]
    return (*marks, strings.CORRECT_STALE) if marks else ()


def came_for(call: Review) -> tuple[str, ...]:
    """What settled the case, what did so by half, and what was left open, each with its mark; none without the pack."""
    return tuple(
        mark.format(title=title)
        for mark, titles in (
            (strings.DEBRIEF_MET, call.met),
            (strings.DEBRIEF_HALF, call.half),
            (strings.DEBRIEF_OPEN, call.open),
        )
        for title in titles
    )


def unfound(call: Review) -> tuple[str, ...]:
    """What nobody brought to light, in the customer's own words."""
    return tuple(strings.DEBRIEF_HIDDEN.format(title=title, words=words) for title, words in call.unfound)


def marked(call: Review) -> tuple[str, ...]:
    """The trainer's notes, each at its moment."""
    return tuple(strings.DEBRIEF_MARK.format(time=strings.clock(mark.t), note=mark.text) for mark in call.marked)


def asked_why(events: Sequence[Event], call: Review, as_text: Callable[[float], str] = change) -> tuple[str, ...]:
    """What the customer says of the turning points, calm now. `as_text` writes a change."""
    turning = {moment.t for moment in call.turning}
    return tuple(
        strings.WHY_LINE.format(time=strings.clock(each.t), change=as_text(each.delta), text=each.text)
        for each in tellings(events)
        if each.t in turning
    )


def sections(
    events: Sequence[Event],
    call: Review,
    pack: Pack | None,
    own_notes: str = "",
    as_text: Callable[[float], str] = change,
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(heading, lines) of what every debrief tells in words alone, in order; only what there is. `own_notes`: the
    trainee's. `as_text` writes a change."""
    for heading, told in (
        (strings.WHY_TITLE.format(name=first_name(pack)), asked_why(events, call, as_text)),
        (strings.DEBRIEF_CAME_FOR, came_for(call)),
        (opinion_title(pack) if pack else "", opinion_lines(call.opinion, pack)),
        (strings.DEBRIEF_UNFOUND, unfound(call)),
        (strings.DEBRIEF_STORY, (call.story,) if call.story else ()),
        (strings.DEBRIEF_NOTES, call.notes),
        (strings.DEBRIEF_MARKED, marked(call)),
        (strings.DEBRIEF_OWN_NOTES, tuple(own_notes.strip().splitlines())),
    ):
        if told:
            yield heading, told


def first_name(pack: Pack | None) -> str:
    """The customer's; what they are called where the scenario is not here any more."""
    return pack.customer.first_name if pack else strings.REPORT_CUSTOMER


def drill_for(call: Review) -> Drill | None:
    """The drill for what hurt most; None when nothing did, or there is none for it."""
    worst = sorted(call.instead, key=lambda moment: -moment.delta)
    causes_of = ((row.cause.partition(":")[0] for row in moment.rows if row.delta > 0) for moment in worst)
    named = (cause for moment, hurt in zip(worst, causes_of, strict=True) for cause in (*moment.awaited, *hurt))
    return next((found for cause in named if (found := practising(cause))), None)


def headline(call: Review) -> str:
    """The outcome as a shape and in words; that the record stops, where it does."""
    if call.ended is None:
        return strings.DEBRIEF_UNFINISHED
    outcome = call.ended.outcome
    words = strings.OUTCOMES[outcome]
    if outcome == "satisfied" and call.lacking:  # or the scorecard would seem to say otherwise
        words = strings.DEBRIEF_LEFT_AT_IT.format(outcome=words)
    if call.hung_up and outcome in ("satisfied", "resigned"):
        words = strings.DEBRIEF_YOU_HUNG_UP.format(outcome=words)
    return f"{strings.OUTCOME_SHAPES[outcome]} {strings.sentence(words)}"


def outcome_text(call: Review, pack: Pack | None) -> str:
    """The pack's own words for this outcome, which tell of a case that was settled; that nothing was said, where
    nothing was."""
    if call.silent:
        return strings.DEBRIEF_SILENT
    if call.left_early:
        return strings.DEBRIEF_LEFT_EARLY
    if call.lacking and call.ended and call.ended.outcome == "satisfied":
        return strings.DEBRIEF_LEAVES_IT.format(name=first_name(pack))
    return pack.outcomes.get(call.ended.outcome, "") if call.ended and pack else ""


def figures(call: Review) -> str:
    """Anger from, to and at most; how long and how many turns."""
    length = strings.DEBRIEF_LENGTH.format(time=strings.clock(call.seconds), turns=strings.counted(call.turns, "turn"))
    if not call.moods:
        return f"{strings.DEBRIEF_NO_MOOD} {length}"
    anger = strings.DEBRIEF_FROM_TO.format(start=call.start, end=call.end, peak=call.peak)
    return f"{anger} · {length}"


def ledger_lines(rows: Sequence[LedgerRow], start: float, width: int) -> Iterator[tuple[str, str]]:
    """(kind, line) for each row, cut to `width` cells; kind is "head", "up", "down" or "quiet"."""
    yield (
        "head",
        _line(strings.LEDGER_TIME, strings.LEDGER_CHANGE, strings.LEDGER_ANGER, strings.LEDGER_CAUSE, "", width),
    )
    anger = start
    yield "quiet", _line("0:00", "", f"{anger:.1f}", strings.LEDGER_START, "", width)
    for row in rows:
        anger += row.delta
        kind = "quiet" if row.kind != "impulse" else "up" if row.delta > 0 else "down"
        cause = strings.cause(row.cause, row.title)
        yield kind, _line(strings.clock(row.t), f"{row.delta:+.1f}", f"{anger:.1f}", cause, evidence(row), width)


def _line(time: str, change: str, anger: str, cause: str, shown: str, width: int) -> str:
    room = min(CAUSE_WIDTH, max(12, width - TIME_WIDTH - CHANGE_WIDTH - ANGER_WIDTH - 2))
    numbers = f"{time:>{TIME_WIDTH - 1}} {change:>{CHANGE_WIDTH - 1}} {anger:>{ANGER_WIDTH - 1}}"
    line = f"{numbers}  {cause:<{room - 1}} {shown}"
    return (line if len(line) <= width else line[: max(0, width - 1)] + "…").rstrip()


def spoken_line(line: TranscriptLine, pack: Pack | None) -> str:
    """One line of the transcript: when, who, what."""
    who = strings.YOU if line.who == "you" else first_name(pack)
    return strings.LISTEN_LINE.format(time=strings.clock(line.t), who=who, text=line.text)


def opinion_title(pack: Pack) -> str:
    return strings.OPINION_TITLE[pack.setting].format(company=pack.desk.company)


def opinion_lines(thinks: Opinion | None, pack: Pack | None, most: int = 4) -> tuple[str, ...]:
    """The meter in words, and the rows it is made of: the `most` weightiest, and the others in one: they add up."""
    if thinks is None or pack is None:
        return ()
    kept, tells = strings.OPINION_KEPT[pack.setting][thinks.verdict], strings.OPINION_TELLS[thinks.tells]
    by_weight = sorted(thinks.rows, key=lambda row: -abs(row.delta))
    weightiest, others = by_weight[:most], by_weight[most:]
    rest = (strings.opinion_rest(len(others), sum(row.delta for row in others)),) if others else ()
    return (
        strings.OPINION_LINE.format(start=thinks.start, end=thinks.end, kept=kept, tells=tells),
        *(_opinion_row(row) for row in sorted(weightiest, key=lambda row: row.t)),
        *rest,
    )


def _opinion_row(row: LedgerRow) -> str:
    kind, _, about = row.cause.partition(":")
    cause = strings.cause(row.cause, row.title)
    if kind == "outcome":
        outcome = next(text for name, text in strings.OUTCOMES.items() if name == about)
        cause = strings.OPINION_END.format(outcome=outcome)
    return strings.OPINION_ROW.format(delta=row.delta, cause=cause)
