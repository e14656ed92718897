"""`coolhead report [CALL] -o FILE`: a call for others to read; the file's ending says in what form."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from dialogue.events import Event
from dialogue.persona import Pack
from ui import strings
from ui.archive import read_journal
from ui.history import journal_named, pack_of
from ui.problems import Problem
from ui.report import csv_table, json_document, page

FORMS: dict[str, Callable[[Sequence[Event], Pack | None], str]] = {
    ".html": page,
    ".htm": page,
    ".json": json_document,
    ".csv": lambda events, pack: csv_table(events),
}


def run(*, journal: Path | None, output: Path) -> int:
    """Write it, readable by the user only: what was said on a call is theirs."""
    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise Problem(f"{output} has no form that a report can take: let its name end in {', '.join(FORMS)}.")
    events = read_journal(journal_named(journal))
    text = form(events, pack_of(events))
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            if output.is_file():  # one that was there before keeps its mode otherwise
                output.chmod(0o600)
            file.write(text)
    except OSError as error:
        raise Problem(
            f"The report cannot be written to {output}: {(error.strerror or 'unknown reason').lower()}."
        ) from error
    print(strings.REPORT_WRITTEN.format(path=output))
    return 0
