"""`coolhead debrief`: a call's journal, looked back on."""

from pathlib import Path

from ui.records.archive import read_journal, read_notes
from ui.records.call_reference import journal_named
from ui.records.history import pack_of
from ui.runtime.terminal import on_screen


def run(*, journal: Path | None, plain: bool) -> int:
    """Show the debrief of `journal`, or of the newest call. Raises Problem when there is none or it cannot be read."""
    path = journal_named(journal)
    events, own_notes = read_journal(path), read_notes(path)
    pack = pack_of(events)
    if plain or not on_screen():
        from ui.line_mode.fitted import fitted
        from ui.line_mode.plain import debrief_lines

        for line in debrief_lines(events, pack, own_notes, named=str(journal or "")):
            print(fitted(line))
        return 0
    from ui import dashboard
    from ui.runtime.settings import load_settings
    from ui.screens.debrief import DebriefScreen

    screen = DebriefScreen(events, pack, own_notes=own_notes, retry=True, journal=path)
    return dashboard.show(load_settings(), first=screen)
