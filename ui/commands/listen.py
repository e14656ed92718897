"""`coolhead listen [CALL] [--turn N]`: a recorded call, heard again."""

from pathlib import Path

from ui import strings
from ui.calls.recordings import Spoken, play, with_sound
from ui.debrief.wording import spoken_line
from ui.records.archive import read_journal
from ui.records.call_reference import journal_named
from ui.records.history import pack_of
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings
from ui.runtime.terminal import screen_alone


def run(*, journal: Path | None, turn: int | None) -> int:
    """Play the call line by line, or `turn` with the customer's answer. Raises Problem when no sound was kept."""
    path = journal_named(journal)
    events = read_journal(path)
    kept = with_sound(events, path)
    if not kept:
        raise Problem(strings.LISTEN_NONE)
    pack, device = pack_of(events), load_settings().speaker
    for each in kept if turn is None else _exchange(kept, turn):
        print(spoken_line(each.line, pack), flush=True)
        with screen_alone():
            play(each.sound, device)
    return 0


def _exchange(kept: list[Spoken], turn: int) -> list[Spoken]:
    """The trainee's `turn` and what follows until they speak again."""
    at = next((n for n, each in enumerate(kept) if each.line.who == "you" and each.line.number == turn), None)
    if at is None:
        there = ", ".join(str(each.line.number) for each in kept if each.line.who == "you" and each.line.number)
        raise Problem(f"There is no sound of turn {turn}; there is of {there or 'none of yours'}.")
    after = next((n for n in range(at + 1, len(kept)) if kept[n].line.who == "you"), len(kept))
    return kept[at:after]
