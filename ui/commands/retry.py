"""`coolhead retry [CALL] --turn N`: the same call again from that very moment, by voice or keyboard."""

from dataclasses import replace
from pathlib import Path

from dialogue.events import CallStarted, Event
from dialogue.journal import JournalProblem
from dialogue.persona import Pack, load
from dialogue.retry import before, costliest
from ui import strings
from ui.archive import latest_journal, read_journal
from ui.call import Call
from ui.commands.call import take
from ui.futures import RETRY_OF, RETRY_TURN
from ui.problems import Problem
from ui.settings import Settings, load_settings
from ui.switchboard import Wishes, connect


def run(
    *, journal: Path | None, turn: int | None, text: bool, plain: bool, recognizer: str | None, voice: str | None
) -> int:
    """Take the newest call, or `journal`, up again before `turn`, or before the turn that cost most."""
    from ui.log import start_log

    start_log()
    settings = load_settings(recognizer=recognizer, voice=voice)
    path = journal or latest_journal()
    events = read_journal(path)
    turn = turn or costliest(events)
    if turn is None:
        raise Problem("Nothing you said in this call raised their anger: choose the moment with --turn N.")
    chosen = turn
    return take(lambda: taken_up(path, events, chosen, settings, Wishes(text=text)), settings, plain=plain)


def taken_up(path: Path, events: list[Event], turn: int, settings: Settings, wishes: Wishes) -> Call:
    """The call of the journal `path`, ready to go on before `turn`, to be journaled as a call of its own."""
    pack = _unchanged_pack(events)
    try:
        started, *past = before(events, turn)
    except JournalProblem as problem:
        raise Problem(str(problem)) from None
    assert isinstance(started, CallStarted)
    stamp = {RETRY_OF: path.name, RETRY_TURN: str(turn)}
    started = replace(started, settings={**started.settings, **stamp})
    call = connect(pack, settings, wishes, past=(started, *past))
    call.status = f"{strings.RETRY_FROM.format(turn=turn)} {call.status}".strip()
    return call


def _unchanged_pack(events: list[Event]) -> Pack:
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack)
    if pack.sha256 != started.pack_sha256:
        raise Problem(
            f"The scenario {started.pack} has changed since this call, so its moments cannot be had again: "
            "take a new call."
        )
    return pack
