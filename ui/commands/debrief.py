"""`coolhead debrief`: a call's journal, looked back on."""

import sys
from pathlib import Path

from dialogue.events import CallStarted
from dialogue.persona import Pack, PackProblem, load
from ui.archive import latest_journal, read_journal


def run(*, journal: Path | None, plain: bool) -> int:
    """Show the debrief of `journal`, or of the newest call. Raises Problem when there is none or it cannot be read."""
    events = read_journal(journal or latest_journal())
    first = events[0] if events else None
    pack = _pack(first.pack) if isinstance(first, CallStarted) else None
    if plain or not sys.stdout.isatty():
        from ui.plain import debrief_lines

        for line in debrief_lines(events, pack):
            print(line)
        return 0
    from ui.app import CoolheadApp
    from ui.settings import load_settings

    settings = load_settings()
    CoolheadApp(debrief=(events, pack), theme=settings.theme, reduced_motion=settings.reduced_motion).run()
    return 0


def _pack(id_or_path: str) -> Pack | None:
    """The pack of the call, None when it is not here any more: the debrief does without its outcome texts."""
    try:
        return load(id_or_path)
    except PackProblem:
        return None
