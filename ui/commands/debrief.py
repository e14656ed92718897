"""`coolhead debrief`: a call's journal, looked back on."""

from pathlib import Path

from ui.archive import read_journal, read_notes
from ui.history import pack_of
from ui.screen_alone import on_screen
from ui.which import journal_named


def run(*, journal: Path | None, plain: bool) -> int:
    """Show the debrief of `journal`, or of the newest call. Raises Problem when there is none or it cannot be read."""
    path = journal_named(journal)
    events, own_notes = read_journal(path), read_notes(path)
    pack = pack_of(events)
    if plain or not on_screen():
        from ui.plain import debrief_lines

        for line in debrief_lines(events, pack, own_notes):
            print(line)
        return 0
    from ui import dashboard
    from ui.screens.debrief import DebriefScreen
    from ui.settings import load_settings

    screen = DebriefScreen(events, pack, own_notes=own_notes, retry=True, journal=path)
    return dashboard.show(load_settings(), first=screen)
