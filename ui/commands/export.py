"""`coolhead export FILE|--to URL`: what others may know of the calls: xAPI statements, or completion and no more."""

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

from dialogue.persona import PackProblem, load
from ui import strings
from ui.records import index
from ui.records.history import PastCall
from ui.records.scenarios import pack_titles
from ui.records.xapi import statement
from ui.report import plain_cell
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def run(*, output: Path | None, to: str | None, credentials: Path | None, actor: str | None, completion: bool) -> int:
    """Write or send one statement or line for every call that came to its end; `completion` leaves out how it went.

    Calls that the trainee left or that were broken off, those in which nothing was said, and moments taken up again do
    not count. Raises Problem when the file's form is unknown, or cannot be written, or the record store does not take
    them.
    """
    if (output is None) == (to is None):
        raise Problem("Say where the calls go: either a FILE, or --to and the address of a learning record store.")
    calls = [call for call in index.calls() if call.finished and call.counts]
    who = actor or load_settings().agent_name or strings.EXPORT_NOBODY
    if "@" in who and not _MAIL.fullmatch(who):
        raise Problem(f"{who!r} is neither an e-mail address nor a plain name: give --actor robin@example.com.")
    titles = pack_titles()
    if to is not None:
        _send(_statements(calls, who, titles, completion=completion), to, credentials)
    elif output is not None:
        _write(output, calls, who, titles, completion=completion)
    return 0


def _write(output: Path, calls: Sequence[PastCall], who: str, titles: dict[str, str], *, completion: bool) -> None:
    match output.suffix.lower():
        case ".json":
            made = _statements(calls, who, titles, completion=completion)
            text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        case ".csv" if completion:
            text = _completions(calls, who, titles)
        case ".csv":
            raise Problem("A .csv holds completion only: add --completion, or let the name end in .json.")
        case _:
            raise Problem(f"{output} has no form that an export can take: let its name end in .json or .csv.")
    try:
        write_private(output, text)
    except OSError as error:
        raise Problem(f"The export cannot be written to {output}: {error.strerror}.") from error
    print(strings.EXPORTED.format(calls=strings.counted(len(calls), "call"), path=output))


def _send(made: Sequence[dict[str, object]], to: str, credentials: Path | None) -> None:
    from ui.records import learning_record_store

    taken, kept = learning_record_store.RecordStore(to, learning_record_store.credentials(credentials)).send(made)
    sent = strings.EXPORT_SENT.format(taken=strings.counted(taken, "statement"), where=to)
    print(sent + (strings.EXPORT_KEPT.format(kept=kept) if kept else ""))


def _statements(
    calls: Sequence[PastCall], who: str, titles: dict[str, str], *, completion: bool
) -> list[dict[str, object]]:
    made = []
    cards = {} if completion else index.cards(calls)
    for call in calls:
        title = titles.get(call.pack, call.pack)
        if completion:
            made.append(statement(call, title=title, actor=who))
        else:
            card = cards.get(call.path.name)
            score = card.total if card else None
            made.append(statement(call, title=title, actor=who, success=_success(call), score=score))
    return made


def _success(call: PastCall) -> bool | None:
    try:
        return call.outcome in load(call.pack).success
    except PackProblem:
        return None


def _completions(calls: Sequence[PastCall], who: str, titles: dict[str, str]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["who", "date", "scenario", "completed"])
    for call in calls:
        day = f"{call.began:%Y-%m-%d}" if call.began else ""
        table.writerow([plain_cell(who), day, plain_cell(titles.get(call.pack, call.pack)), "yes"])
    return out.getvalue()
