"""The journal: events as JSON lines, and the replay that recomputes a call from them.

The journal is the session. World lines go in, session lines come out; a replay feeds the former to a new session and
compares the latter. A last line that was cut off (power cut, SIGKILL) is left out, everything before it counts.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from dialogue.events import SCHEMA_VERSION, WORLD, CallStarted, Event, SessionEvent, TimePassed
from dialogue.printable import UNSEEN

if TYPE_CHECKING:  # reading what was said needs nothing of what answers
    from dialogue.persona import Pack
    from dialogue.session import Session

_FINITE = ConfigDict(allow_inf_nan=False)
"""No event holds any other number, and nothing that reads one has to think of it."""
_CODEC: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")], config=_FINITE)
_WRITTEN_OUT = re.compile(rf"(?![\x00-\x1f]){UNSEEN}")
"""Below a space there is nothing in JSON: such a line is damaged, and to be seen as that."""
_UNSHOWN = re.compile(rf"{_WRITTEN_OUT.pattern}|\\[bfnrtu]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
"""An escape sequence of JSON. Matched from left to right, so that an escaped backslash does not begin another."""
_IN_THE_LINE = re.compile(r" at line 1 column \d+$")
"""The place that pydantic names in its error: dropped, since every line of a journal is parsed by itself."""
TOLERANCE = 1e-6
"""Numbers closer than this are equal: mathematical libraries differ in the last digit."""
MOST_SECONDS = 1e6
"""Of a call's clock: eleven days. What shows a call draws it minute by minute."""
NO_JOURNAL = "This is no journal of a call: its first line is not call_started."
DAMAGED = (
    "Line {number} is damaged ({what}): put a copy of the file back, or delete that line and all below it in a text "
    "editor, and the call up to there can be looked at."
)


class JournalProblem(Exception):
    """One clear sentence: which line of the journal, what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a replay first departs from the journal."""

    line: int
    """1-based number of the journal line; one past the last line for an event that is not in it."""
    recorded: str
    """That line, "" when the journal has none."""
    replayed: str
    """What the session says now, "" when it says nothing."""
    fields: tuple[str, ...] = ()
    """Each differing field as `name: recorded -> replayed`."""

    def __str__(self) -> str:
        if self.fields:
            return f"line {self.line}:\n  " + "\n  ".join(self.fields)
        if not self.replayed:
            return f"line {self.line}: the journal has an event that the session no longer produces:\n  {self.recorded}"
        return f"line {self.line}: the session now produces an event that the journal lacks:\n  {self.replayed}"


def encode(event: Event) -> str:
    """One JSON line, without its newline."""
    return _CODEC.dump_json(event).decode()


def decode(line: str | bytes) -> Event:
    """The event of one line. Raises JournalProblem."""
    try:
        return _CODEC.validate_json(line)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "union_tag_invalid"  # whose message quotes it, and lists all that there are
        what = "no event is of that type" if unknown else _IN_THE_LINE.sub("", first["msg"].lower())
        raise JournalProblem(f"{where + ': ' if where else ''}{what}") from None


def read(lines: Iterable[str]) -> list[Event]:
    """All events of a journal; a broken last line is left out. Raises JournalProblem with the line's number."""
    events: list[Event] = []
    trouble = ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if trouble:
            raise JournalProblem(trouble)
        try:
            event = decode(line)
            if not 0.0 <= event.t <= MOST_SECONDS:
                raise JournalProblem("t: no call has that time")
            events.append(event)
        except JournalProblem as problem:
            trouble = DAMAGED.format(number=number, what=problem) if events else NO_JOURNAL
    if not events or not isinstance(events[0], CallStarted):
        raise JournalProblem(trouble or NO_JOURNAL)
    if events[0].schema_version > SCHEMA_VERSION:
        raise JournalProblem(
            f"This journal has schema {events[0].schema_version}; this program reads up to {SCHEMA_VERSION}: update it."
        )
    return events


def shown(line: str) -> str:
    """The line with a space for every character that a terminal is not to be shown, written out or escaped. For calls
    that come from elsewhere."""
    if not _UNSHOWN.search(line):
        return line  # nearly all are
    return _ESCAPE.sub(_unescaped, _WRITTEN_OUT.sub(" ", line))


def _unescaped(escape: re.Match[str]) -> str:
    whole, digits = escape.group(0), escape.group(1)
    hidden = re.match(UNSEEN, chr(int(digits, 16))) if digits else whole[1] in "bfnrt"
    return " " if hidden else whole


def session_for(started: CallStarted, pack: "Pack") -> "Session":
    """A new session as it was set up for the journaled call."""
    from dialogue.session import Session

    return Session(pack, cues=started.settings.get("cues", "on") != "off")


def recompute(events: Iterable[Event], pack: "Pack") -> Iterator[SessionEvent]:
    """What a new session says to the journal's world events, up to the time of the journal's last event."""
    for answers in _answers(events, pack):
        yield from answers


def _answers(events: Iterable[Event], pack: "Pack") -> Iterator[tuple[SessionEvent, ...]]:
    """The session's answers to each world event in turn, and to the time that passed after the last."""
    session: Session | None = None
    latest = 0.0
    for event in events:
        latest = max(latest, event.t)
        if isinstance(event, CallStarted):
            session = session_for(event, pack)
        if session is not None and isinstance(event, WORLD):
            yield session.receive(event)
    if session is not None:
        yield session.receive(TimePassed(latest))


def replay(lines: Iterable[str], pack: "Pack | None" = None) -> Difference | None:
    """None when the call recomputes equal; else the first difference. Raises JournalProblem, PackProblem."""
    from dialogue.persona import load

    events = read(lines)
    started = events[0]
    assert isinstance(started, CallStarted)
    pack = load(started.pack) if pack is None else pack
    if started.pack_sha256 and pack.sha256 != started.pack_sha256:
        now, then = pack.sha256[:12], started.pack_sha256[:12]
        return Difference(1, encode(started), "", (f"pack {started.pack} sha256: {then} -> {now}",))
    recorded = [(number, event) for number, event in enumerate(events, 1) if not isinstance(event, WORLD)]
    answers = list(_answers(events, pack))
    replayed = [event for answer in answers for event in answer]
    certain = sum(len(answer) for answer in answers[:-2])  # the writer may have died while it wrote the last ones
    for (number, then_event), now_event in zip(recorded, replayed, strict=False):
        fields = tuple(_differing(asdict(then_event), asdict(now_event)))
        if fields:
            return Difference(number, encode(then_event), encode(now_event), fields)
    if len(recorded) > len(replayed):
        number, event = recorded[len(replayed)]
        return Difference(number, encode(event), "")
    if len(recorded) < certain:
        return Difference(len(events) + 1, "", encode(replayed[len(recorded)]))
    return None


def _differing(then: object, now: object, name: str = "") -> Iterator[str]:
    if isinstance(then, dict) and isinstance(now, dict):
        for key in {**then, **now}:
            yield from _differing(then.get(key), now.get(key), f"{name}.{key}" if name else str(key))
    elif isinstance(then, (list, tuple)) and isinstance(now, (list, tuple)) and len(then) == len(now):
        for index, (left, right) in enumerate(zip(then, now, strict=True)):
            yield from _differing(left, right, f"{name}[{index}]")
    elif isinstance(then, float) and isinstance(now, float):
        if not math.isclose(then, now, rel_tol=0.0, abs_tol=TOLERANCE):
            yield f"{name}: {then} -> {now}"
    elif then != now:
        yield f"{name}: {then!r} -> {now!r}"
