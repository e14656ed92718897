"""`coolhead report [CALL] -o FILE`: a call for others to read; the file's ending says in what form."""

from pathlib import Path

from ui import strings
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named
from ui.records.history import pack_of
from ui.report import csv_table, json_document, page
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

FORMS = (".html", ".htm", ".pdf", ".json", ".csv")


def run(*, journal: Path | None, output: Path, audio: bool) -> int:
    """Write it, readable by the user only: what was said on a call is theirs. `audio`: with the sound in it."""
    form = output.suffix.lower()
    if form not in FORMS:
        raise Problem(f"{output} has no form that a report can take: let its name end in {', '.join(FORMS)}.")
    if audio and not form.startswith(".htm"):
        raise Problem("Only a page can hold sound: let the name end in .html, or leave out --audio.")
    path = journal_named(journal)
    content = _content(path, form, output.absolute().parent, audio=audio)
    try:
        write_private(output, content)
    except OSError as error:
        raise _unwritten(output, error) from error
    print(strings.REPORT_WRITTEN.format(path=output))
    return 0


def _content(path: Path, form: str, folder: Path, *, audio: bool) -> bytes:
    events = read_journal(path)
    pack = pack_of(events)
    if form == ".json":
        return json_document(events, pack).encode()
    if form == ".csv":
        return csv_table(events).encode()
    if form == ".pdf":
        from ui.report.printed import pdf

        try:
            return pdf(page(events, pack), folder)
        except OSError as error:
            raise _unwritten(folder, error) from error
    if not audio:
        return page(events, pack).encode()
    from ui.calls.recordings import with_sound

    sound = with_sound(events, path)
    if not sound:
        raise Problem(strings.LISTEN_NONE)
    return page(events, pack, sound).encode()


def _unwritten(path: Path, error: OSError) -> Problem:
    return Problem(f"The report cannot be written to {path}: {(error.strerror or 'unknown reason').lower()}.")
