"""`coolhead retry [CALL] --turn N`: the same call again from that very moment, by voice or keyboard."""

from pathlib import Path

from dialogue.debrief.retry import costliest
from ui.calls.switchboard import Wishes
from ui.commands.call import take
from ui.debrief.retry import taken_up
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings


def run(
    *, journal: Path | None, turn: int | None, text: bool, plain: bool, recognizer: str | None, voice: str | None
) -> int:
    """Take the newest call, or `journal`, up again before `turn`, or before the turn that cost most."""
    from ui.runtime.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice)
    events = read_journal(journal_named(journal))
    chosen = turn or costliest(events)
    if chosen is None:
        raise Problem("Nothing you said in this call raised their anger: choose the moment with --turn N.")
    wishes = Wishes(text=text)
    return take(lambda: taken_up(events, chosen, settings, wishes), settings, wishes, plain=plain)
