"""A misheard turn corrected by the trainee: the call is judged anew, and the record as it was is kept beside it."""

import contextlib
from pathlib import Path

from dialogue.debrief.correction import corrected
from dialogue.debrief.retry import spoken
from dialogue.events import Event, Utterance
from dialogue.journal import JournalProblem, encode
from ui import strings
from ui.calls.switchboard import text_model
from ui.debrief.retry import unchanged_pack
from ui.records.archive import as_heard_path, read_journal
from ui.runtime.private_files import write_private
from ui.runtime.problems import Problem

MOST_LETTERS = 2_000
"""Of a turn: nobody speaks longer than this in one breath."""


def correct(path: Path, turn: int, text: str) -> list[Event]:
    """Put `text` for what was heard as `turn`, and judge the call anew; its new events.

    Raises Problem when there is no such turn, it was typed, the scenario has changed, or it cannot be written.
    """
    text = " ".join(text.split())
    if not text or len(text) > MOST_LETTERS:
        raise Problem(
            f"A corrected turn has 1 to {MOST_LETTERS} letters, and this has {len(text)}: write what was said."
        )
    events = read_journal(path)
    pack = unchanged_pack(events)
    try:
        said = events[spoken(events, turn)]
        if isinstance(said, Utterance) and said.source == "keyboard":
            raise Problem(strings.CORRECT_TYPED.format(turn=turn))
        anew = corrected(events, turn, text, pack, text_model(pack).score)
    except JournalProblem as problem:
        raise Problem(str(problem)) from None
    as_heard = as_heard_path(path)
    first = not as_heard.exists()
    try:
        if first:
            write_private(as_heard, path.read_bytes())
        write_private(path, "".join(encode(event) + "\n" for event in anew))
    except OSError as error:
        if first:  # that copy is what marks a call as corrected
            with contextlib.suppress(OSError):
                as_heard.unlink(missing_ok=True)
        raise Problem(f"The correction cannot be written beside {path}: {error.strerror}. Nothing changed.") from error
    return anew


def undo(path: Path) -> list[Event]:
    """The call as it was heard, again. Raises Problem when nothing was corrected."""
    first = as_heard_path(path)
    if not first.exists():
        raise Problem(f"Nothing was corrected in {path}: there is nothing to undo.")
    try:
        first.replace(path)
    except OSError as error:
        raise Problem(f"The record as it was heard cannot be put back to {path}: {error.strerror}.") from error
    return read_journal(path)
