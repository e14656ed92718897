"""`coolhead correct [CALL] --turn N TEXT`: what was misheard, put right, and the call judged anew."""

from pathlib import Path

from dialogue.debrief.record import turns
from ui import strings
from ui.debrief.correction import correct, undo
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named
from ui.runtime.problems import Problem


def run(*, journal: Path | None, turn: int | None, text: str | None, undo_all: bool) -> int:
    """List the turns, correct one of them, or undo it all."""
    path = journal_named(journal)
    if undo_all:
        undo(path)
        print(strings.CORRECT_UNDONE)
    elif turn is None and text is None:
        lines = [strings.CORRECT_TURN.format(number=each.turn, said=each.said) for each in turns(read_journal(path))]
        print("\n".join(lines) or strings.CORRECT_NONE)
    elif turn is None or not text:
        raise Problem('To correct a turn, say which and what was really said: --turn 3 --text "...".')
    else:
        correct(path, turn, text)
        print(strings.CORRECT_DONE.format(turn=turn))
    return 0
