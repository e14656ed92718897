"""`coolhead history`: the calls taken so far; listed, looked at again, deleted."""

import json
import sys
import time
from pathlib import Path
from typing import NoReturn

from ui import strings
from ui.records import history, index, retention
from ui.records.archive import calls_folder, read_journal, read_notes
from ui.records.call_reference import journal_named, numbered
from ui.records.history import PastCall, pack_of
from ui.records.scenarios import pack_titles
from ui.runtime import keyboard
from ui.runtime.problems import Problem
from ui.runtime.terminal import on_screen


def browse() -> int:
    """The history screen in a terminal, the list elsewhere."""
    if not on_screen():
        return list_calls(search="", json_lines=False)
    from ui import dashboard
    from ui.runtime.settings import load_settings
    from ui.screens.history import HistoryScreen

    screen = HistoryScreen(index.calls(), pack_titles(), calls_folder())
    return dashboard.show(load_settings(), first=screen)


def list_calls(*, search: str, json_lines: bool) -> int:
    """One call a line, the newest first and numbered; 0 also when there is none."""
    titles, calls = pack_titles(), index.calls()
    if not calls and not json_lines:
        print(strings.PLAIN_NO_CALLS.format(folder=calls_folder()))
    wanted = {call.path.name for call in history.matching(calls, search, titles)}
    for number, call in enumerate(calls, 1):
        if call.path.name not in wanted:
            continue
        if json_lines:
            print(json.dumps({"number": number, **_row(call)}, ensure_ascii=False))
        else:
            print(_line(number, call, titles.get(call.pack, call.pack)))
    if others := strings.left_out(history.strangers(calls)):
        print(others, file=sys.stderr)
    if calls and not wanted and not json_lines:
        print(strings.HISTORY_NO_MATCH.format(text=search))
    return 0


def show(number: int) -> int:
    """The debrief of one call, as text."""
    from ui.line_mode.fitted import fitted
    from ui.line_mode.plain import debrief_lines

    call = numbered(number)
    events = read_journal(call.path)
    print(_line(number, call, pack_titles().get(call.pack, call.pack)))
    for line in debrief_lines(events, pack_of(events), read_notes(call.path), named=str(number)):
        print(fitted(line))
    return 0


def compare(*, one: Path, other: Path, json_lines: bool) -> int:
    """Both calls, the earlier one first. Raises Problem when it is one and the same, or one cannot be read."""
    from ui.debrief import call_comparison

    calls = [history.summed_up(path) for path in (journal_named(one), journal_named(other))]
    first, second = (call or _unreadable(path) for call, path in zip(calls, (one, other), strict=True))
    if first.path.resolve() == second.path.resolve():
        raise Problem(strings.COMPARE_SAME)
    found = call_comparison.compared(first, second)
    if json_lines:
        print(json.dumps(call_comparison.document(found), ensure_ascii=False))
        return 0
    for when, looked in ((strings.COMPARE_THEN, found.then), (strings.COMPARE_NOW, found.now)):
        print(strings.COMPARE_WHO.format(when=when, who=call_comparison.who(looked)))
    print()
    figures = call_comparison.figures(found)
    room = max(len(then) for _, then, _ in figures)
    for what, then, now in figures:
        print(strings.COMPARE_ROW.format(what=what, then=then, now=now, room=room))
    for heading, lines in call_comparison.sections(found):
        print(f"\n{heading}", *(f"  {line}" for line in lines), sep="\n")
    return 0


def _unreadable(path: Path) -> NoReturn:
    raise Problem(f"{path} is not a Coolhead journal.")


def delete(number: int, *, yes: bool) -> int:
    """Delete one call for good, once it was said twice: 0 when it is gone, 1 when it was kept."""
    call = numbered(number)
    retries = history.retries_of(call, index.calls())
    title = pack_titles().get(call.pack, call.pack)
    if not yes and not _agreed(strings.delete_question(title, history.when(call), len(retries))):
        return 1
    history.delete(call, retries)
    print(strings.PLAIN_DELETED.format(when=history.when(call), title=title))
    return 0


def rebuild() -> int:
    """Read the index anew from the journals. Raises Problem when its database cannot be had."""
    began = time.monotonic()
    calls = index.rebuild()
    print(
        strings.INDEX_REBUILT.format(
            calls=strings.counted(calls, "call"), seconds=time.monotonic() - began, where=index.where()
        )
    )
    return 0


def purge(*, older_than: int, yes: bool) -> int:
    """Delete what began more than so many days ago: 0 when it is gone, 1 when it was kept."""
    calls = retention.older_than(older_than)
    if not calls:
        print(strings.PURGE_NONE.format(days=older_than))
        return 0
    asked = strings.PURGE_ASK.format(calls=strings.counted(len(calls), "call"), days=older_than)
    if not yes and not _agreed(asked):
        return 1
    retention.purge(calls)
    print(strings.PURGED.format(calls=strings.counted(len(calls), "call")))
    return 0


def _agreed(question: str) -> bool:
    print(question)
    agreed = keyboard.confirmed(strings.PLAIN_DELETE_YES, strings.PLAIN_DELETE_ASK)
    if not agreed:
        print(strings.PLAIN_NOT_DELETED)
    return agreed


def _line(number: int, call: PastCall, title: str) -> str:
    return strings.PLAIN_PAST.format(
        number=number,
        when=history.when(call),
        title=strings.kind(title, test=not call.cues, again=call.again, corrected=call.corrected),
        result=history.result_in_words(call),
        time=strings.clock(call.seconds),
    )


def _row(call: PastCall) -> dict[str, object]:
    return {
        "journal": str(call.path),
        "pack": call.pack,
        "began": call.began.isoformat() if call.began else None,
        "mode": call.mode,
        "cues": call.cues,
        "corrected": call.corrected,
        "outcome": call.outcome,
        "seconds": round(call.seconds, 1),
        "turns": call.turns,
        "anger_start": round(call.start, 1),
        "anger_end": round(call.end, 1),
        "anger_peak": round(call.peak, 1),
    }
