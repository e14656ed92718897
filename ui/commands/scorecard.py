"""`coolhead scorecard [CALL]`: a rubric's points with what shows them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from dialogue.debrief.opinion import opinion
from dialogue.debrief.record import settled
from dialogue.debrief.rubric import DEFAULT, Scorecard, load_rubric, score
from dialogue.events import CallStarted
from dialogue.persona import load
from ui import strings
from ui.debrief.wording import opinion_lines, opinion_title
from ui.line_mode.fitted import fitted
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named

MOST_SIGNS = 2
"""Quotes under a point."""


def run(*, journal: Path | None, rubric: Path | None, json_lines: bool) -> int:
    """Print it; 0 whatever the score."""
    events = read_journal(journal_named(journal))
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    card, thinks = score(events, load_rubric(rubric or DEFAULT), settled(events, pack)), opinion(events, pack)
    if json_lines:
        told = {"verdict": thinks.verdict, "tells": thinks.tells, "end": thinks.end, **asdict(thinks)}
        print(json.dumps({"total": card.total, **asdict(card), "opinion": told}, ensure_ascii=False))
    else:
        for line in (*lines(card), "", opinion_title(pack), *opinion_lines(thinks, pack)):
            print(fitted(line))
    return 0


def lines(card: Scorecard) -> Iterator[str]:
    """The card in words."""
    if card.total is None:
        yield strings.SCORE_NOTHING.format(title=card.title)
        return
    yield strings.SCORE_TOTAL.format(title=card.title, total=card.total)
    for fail in card.failed:
        yield strings.SCORE_FAILED.format(title=fail.title)
    for section in card.sections:
        none = strings.SCORE_UNHEARD if section.unheard else strings.SCORE_NONE
        share = none if section.share is None else strings.SCORE_SHARE.format(percent=100 * section.share)
        yield ""
        yield strings.SCORE_SECTION.format(title=section.title, share=share, weight=section.weight)
        for mark in section.marks:
            point = strings.SCORE_TOO_SELDOM if mark.wanted > 1 else strings.SCORE_POINT
            state, found = strings.SCORE_MARKS[mark.state], len(mark.signs)
            yield point.format(mark=state, title=mark.title, found=found, wanted=mark.wanted)
            for sign in mark.signs[:MOST_SIGNS]:
                words = f"“{sign.quote}”" if sign.id not in strings.CAUSES or sign.turn else strings.cause(sign.id)
                yield strings.SCORE_SIGN.format(time=strings.clock(sign.t), words=words)
