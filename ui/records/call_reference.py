"""Finds the call that an argument on the command line names."""

from pathlib import Path

from ui import strings
from ui.records.archive import going_on, latest_journal
from ui.records.history import PastCall
from ui.records.scenarios import pack_heads
from ui.runtime.problems import Problem


def journal_named(call: Path | None) -> Path:
    """The journal named by a file, a number of `coolhead history list` or a customer (the newest call with them); the
    newest that is over without a name. Raises Problem when there is none, or the call still goes on: what it hides is
    for afterwards."""
    path = _meant(call)
    if going_on(path):
        raise Problem(strings.STILL_GOING_ON.format(path=path))
    return path


def _meant(call: Path | None) -> Path:
    if call is None:
        return latest_journal()
    name = str(call)
    if call.exists() and not call.is_dir():  # "" is the folder that one is in
        return call
    if name.isdecimal():
        return numbered(int(name)).path
    heads = pack_heads()
    meant = [head.id for head in heads if name.lower() in (head.id, head.name.lower(), *head.name.lower().split())]
    if not meant:
        raise Problem(
            f"{name!r} is no journal, no number of `coolhead history list` and no customer of `coolhead packs list`."
        )
    found = next((one for one in _past_calls() if one.pack in meant), None)
    if found is None:
        raise Problem(f"There is no call with {name} yet: take one with `coolhead call {meant[0]}`.")
    return found.path


def numbered(number: int) -> PastCall:
    """The call that `coolhead history list` shows under `number`. Raises Problem when there is none."""
    calls = _past_calls()
    if not 1 <= number <= len(calls):
        there = f"there are {len(calls)}" if calls else "there is none yet"
        raise Problem(f"There is no call {number}; {there}: see `coolhead history list`.")
    return calls[number - 1]


def _past_calls() -> list[PastCall]:
    from ui.records import index  # late: the database takes a quarter of a second to load, and a file needs none

    return index.calls()
