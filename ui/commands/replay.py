"""`coolhead replay JOURNAL`: recompute a call from its journal. Exit 0 when it is equal, 1 when it differs, 2 when it
cannot be read."""

import errno
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from dialogue.events import CallStarted, Event, Utterance
from dialogue.files import MOST_BYTES, finite
from dialogue.journal import Difference, JournalProblem, encode, read, recompute, replay
from dialogue.persona import load
from ui.records.archive import lines_of
from ui.records.call_reference import journal_named
from ui.runtime.problems import Problem

DIFFERENT = 1


def run(*, journal: Path, rejudge: bool, json_lines: bool) -> int:
    lines = _lines(journal)
    try:
        events = read(lines)
    except JournalProblem as problem:
        raise Problem(f"{journal}: {problem}") from None
    if rejudge:
        return _rejudge(events, json_lines=json_lines)
    difference = replay(lines)
    _tell(difference, len(events), json_lines=json_lines)
    return DIFFERENT if difference else 0


def _lines(journal: Path) -> list[str]:
    try:
        raw = _typed() if str(journal) == "-" else finite(journal_named(journal)).read_bytes()
    except OSError as problem:
        raise Problem(f"{journal} cannot be read: {(problem.strerror or 'unknown reason').lower()}.") from None
    return lines_of(raw)


def _typed() -> bytes:
    """Standard input. Raises OSError where it does not end."""
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return raw


def _tell(difference: Difference | None, count: int, *, json_lines: bool) -> None:
    if json_lines:
        told: dict[str, object] = {"equal": difference is None, "events": count}
        if difference:
            told |= {
                "line": difference.line,
                "recorded": difference.recorded,
                "replayed": difference.replayed,
                "fields": difference.fields,
            }
        print(json.dumps(told, ensure_ascii=False))
    elif difference:
        print(f"different, {difference}")
    else:
        print(f"equal: {count} events.")


def _rejudge(events: list[Event], *, json_lines: bool) -> int:
    """The same call with the texts scored by the models here: what would come out otherwise."""
    from dialogue.content.encoder import Scorer

    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    scorer = Scorer(pack.wordings)
    anew = [replace(one, scores=scorer.score(one.text)) if isinstance(one, Utterance) else one for one in events]
    before = [encode(one) for one in recompute(events, pack)]
    after = [encode(one) for one in recompute(anew, pack)]
    changed = [(was, now) for was, now in zip(before, after, strict=False) if was != now]
    more = len(after) - len(before)
    if json_lines:
        print(json.dumps({"equal": not changed and not more, "changed": len(changed), "more": more}))
    elif not changed and not more:
        print(f"equal with {scorer.model}: {len(after)} session events.")
    else:
        was, now = changed[0] if changed else ("", after[len(before)] if more > 0 else "")
        print(f"different with {scorer.model}: {len(changed)} session events changed, {more:+d}. The first:")
        print(f"  was {was}\n  now {now}")
    return DIFFERENT if changed or more else 0
