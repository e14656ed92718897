"""The index: a database of what lists and progress need from each journal. The journals remain the source of truth.

New and changed journals are read before each query. The database is an SQLite file beside the calls, or the PostgreSQL
that the setting `index_url` names; if it cannot be used, the journals are read instead.
"""

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    URL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from dialogue.debrief.record import settled
from dialogue.debrief.rubric import DEFAULT, Mark, Scorecard, load_rubric, score
from dialogue.persona import PackProblem, load
from ui.records.archive import calls_folder, journals, read_journal
from ui.records.history import PastCall, newest_first, summed_up
from ui.runtime.log import warn
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings

CONNECT_SECONDS = 3
"""How long a database that does not answer is waited for."""
BATCH = 200
"""Rows in one statement."""
_CARD = TypeAdapter(Scorecard)
_CALLS = Table(
    "coolhead_calls",
    MetaData(),
    Column("home", String(500), primary_key=True),  # whose calls: a PostgreSQL may hold those of several people
    Column("name", String(250), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("changed_ns", BigInteger, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("pack", String(100)),  # NULL: not a journal
    Column("began", String(40)),
    Column("mode", String(10)),
    Column("cues", Boolean),
    Column("outcome", String(20)),
    Column("seconds", Float),
    Column("turns", Integer),
    Column("start", Float),
    Column("end", Float),
    Column("peak", Float),
    Column("again", Boolean),
    Column("retry_of", String(250)),
    Column("card", Text),
)
_CALL = TypeAdapter(PastCall)
_FIELDS = [field.name for field in fields(PastCall)[1:]]
_SHOWN = [_CALLS.c[name] for name in _FIELDS]
"""The columns of a `PastCall`, in its order, without the path."""
T = TypeVar("T")


def calls() -> list[PastCall]:
    """Every readable call, the newest first. Raises Problem when `index_url` is invalid or the calls folder cannot be
    read."""

    def listed(at: Connection) -> list[PastCall]:
        _bring_up_to_date(at)
        rows = at.execute(select(_CALLS.c.name, *_SHOWN).where(_ours(), _CALLS.c.pack.is_not(None)))
        folder = calls_folder()
        return [_call(folder, row) for row in rows]

    found = _with_index(listed)
    return newest_first(filter(None, map(summed_up, journals())) if found is None else found)


def cards(chosen: Sequence[PastCall]) -> dict[str, Scorecard]:
    """Journal's file name -> its scorecard without quotes, in the order of `chosen`. Calls that cannot be scored are
    left out: they did not end, or their scenario is gone."""

    def found(at: Connection) -> dict[str, Scorecard]:
        _bring_up_to_date(at)
        names = [call.path.name for call in chosen]
        rows = at.execute(select(_CALLS.c.name, _CALLS.c.card).where(_ours(), _CALLS.c.name.in_(names)))
        return {name: _CARD.validate_json(card) for name, card in rows if card}

    kept = _with_index(found)
    if kept is None:
        kept = {call.path.name: _CARD.validate_json(card) for call in chosen if (card := _card(call))}
    return {call.path.name: kept[call.path.name] for call in chosen if call.path.name in kept}


def refresh() -> None:
    """Bring the index up to date, if the database can be reached. Raises only Problem."""
    _with_index(_bring_up_to_date)


def rebuild() -> int:
    """Rebuild the index from the journals; the number of journals. Raises Problem when the database cannot be used."""

    def anew(at: Connection) -> int:
        at.execute(delete(_CALLS).where(_ours()))
        return _bring_up_to_date(at)

    count = _with_index(anew, must=True)
    assert count is not None
    return count


def forget() -> None:
    """Delete this user's rows. Raises Problem when the database cannot be reached."""
    if not _url():
        for path in _file().parent.glob(f"{_file().name}*"):
            path.unlink(missing_ok=True)
    else:
        _with_index(lambda at: at.execute(delete(_CALLS).where(_ours())) and None, must=True)


def where() -> str:
    """The database, without its password. Raises Problem when `index_url` is invalid."""
    try:
        return make_url(_url()).render_as_string() if _url() else str(_file())
    except ArgumentError as fault:
        raise _unusable(fault) from None


def _url() -> str:
    return load_settings().index_url


def _file() -> Path:
    return calls_folder().parent / "index.sqlite"


def _with_index(work: Callable[[Connection], T], *, must: bool = False) -> T | None:
    """Run `work` in one transaction. If the database cannot be used: None or, with `must`, Problem.

    A damaged SQLite file is replaced. A conflict with another program that writes the same rows is tried again.
    """
    url = _url()
    for attempt in range(3):
        try:
            with _connected(url) as at:
                return work(at)
        except IntegrityError:
            continue
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as fault:
            raise _unusable(fault) from None
        except (SQLAlchemyError, OSError, UnicodeError, ValidationError) as fault:  # UnicodeError: from a folder's name
            no_file_of_ours = isinstance(fault, DatabaseError) and "not a database" in str(fault)
            damaged = no_file_of_ours or isinstance(fault, ValidationError) or "malformed" in str(fault)
            if damaged and not url and attempt == 0:
                forget()
                continue
            warn("index", fault=_first_line(fault))
            if must:
                raise Problem(f"The index {where()} cannot be had: {_first_line(fault)}.") from None
            return None
    if must:
        raise Problem(f"The index {where()} cannot be had: other programs write to it all the time; try again.")
    return None


def _unusable(fault: Exception) -> Problem:
    return Problem(
        f"The setting index_url names no database that can be used ({_first_line(fault)}): give something like "
        "postgresql+psycopg://name@server/database, with the extra `postgres` installed, or leave it empty."
    )


def _first_line(fault: Exception) -> str:
    return str(fault).strip().splitlines()[0].rstrip(".") if str(fault).strip() else type(fault).__name__


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    if url:
        engine = create_engine(url, poolclass=NullPool, connect_args=_waiting(url))
    else:
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        at_file = URL.create("sqlite", database=str(file))  # in a URL as text a question mark would end the name
        engine = create_engine(at_file, poolclass=NullPool, connect_args={"timeout": CONNECT_SECONDS})
        event.listen(engine, "connect", _hasty)
    try:
        with engine.begin() as at:
            _CALLS.metadata.create_all(at)
            yield at
    finally:
        engine.dispose()


def _hasty(connection: Any, record: object) -> None:
    """Do not wait for the disk: what a power cut spoils is rebuilt from the journals."""
    connection.execute("PRAGMA synchronous=OFF")


def _waiting(url: str) -> dict[str, int]:
    return {"connect_timeout": CONNECT_SECONDS} if url.startswith("postgresql") else {}


def _home() -> str:
    return f"{platform.node()}:{calls_folder()}"


def _ours() -> Any:
    return _CALLS.c.home == _home()


def _made_by() -> str:
    """What else a row depends on: the program's version and the default rubric."""
    return f"{version('coolhead')} {sha256(DEFAULT.read_bytes()).hexdigest()[:16]}"


def _bring_up_to_date(at: Connection) -> int:
    """Read new and changed journals, drop rows of deleted ones; the number of journals."""
    home, made_by = _home(), _made_by()
    statuses = {path.name: path.stat() for path in journals()}
    there = {name: (status.st_size, status.st_mtime_ns, made_by) for name, status in statuses.items()}
    stamps = at.execute(
        select(_CALLS.c.name, _CALLS.c.size, _CALLS.c.changed_ns, _CALLS.c.made_by).where(_CALLS.c.home == home)
    )
    known = {name: tuple(stamp) for name, *stamp in stamps}
    stale = [name for name, stamp in known.items() if there.get(name) != stamp]
    for first in range(0, len(stale), BATCH):
        batch = stale[first : first + BATCH]
        at.execute(delete(_CALLS).where(_CALLS.c.home == home, _CALLS.c.name.in_(batch)))
    unread = sorted(name for name, stamp in there.items() if known.get(name) != stamp)
    for first in range(0, len(unread), BATCH):
        at.execute(insert(_CALLS), [_row(home, name, *there[name]) for name in unread[first : first + BATCH]])
    return len(there)


def _row(home: str, name: str, size: int, changed_ns: int, made_by: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(column.name for column in _CALLS.columns)
    row |= {"home": home, "name": name, "size": size, "changed_ns": changed_ns, "made_by": made_by}
    call = summed_up(calls_folder() / name)
    if call:
        row |= {column.name: getattr(call, column.name) for column in _SHOWN}
        row |= {"began": call.began.isoformat() if call.began else None, "card": _card(call)}
    return row


def _call(folder: Path, row: Sequence[Any]) -> PastCall:
    """Raises ValidationError for a damaged row."""
    name, *others = row
    return _CALL.validate_python({"path": folder / name, **dict(zip(_FIELDS, others, strict=True))})


def _card(call: PastCall) -> str | None:
    """The scorecard as JSON, without quotes; None when the call cannot be scored."""
    if not call.outcome:
        return None
    try:
        events, pack = read_journal(call.path), load(call.pack)
    except (Problem, PackProblem):
        return None
    card = score(events, load_rubric(), settled(events, pack))
    sections = tuple(replace(one, marks=tuple(map(_bare, one.marks))) for one in card.sections)
    return _CARD.dump_json(replace(card, sections=sections, failed=tuple(map(_bare, card.failed)))).decode()


def _bare(mark: Mark) -> Mark:
    return replace(mark, signs=())
