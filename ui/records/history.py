"""Past calls, each summed up from its journal."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dialogue import journal
from dialogue.events import CallStarted, Event, Outcome
from dialogue.files import finite
from dialogue.persona import Pack, PackProblem, load
from ui import strings
from ui.records.archive import belonging, journals, lines_of
from ui.runtime.problems import Problem

RETRY_OF = "retry_of"
"""In `CallStarted.settings`: the file name of the journal whose moment is tried again."""
RETRY_TURN = "retry_turn"
"""And the turn from which it goes another way, from 1."""
FROM_BEST: Sequence[Outcome] = (
    "satisfied",
    "resigned",
    "ended_by_policy",
    "stopped",
    "escalated",
    "hung_up",
    "abandoned",
)


@dataclass(frozen=True, slots=True)
class PastCall:
    """What a list shows of a call. Numbers of the simulated customer's anger are 0..100."""

    path: Path
    pack: str
    began: datetime | None
    """Wall-clock time, local; None when the journal does not say."""
    mode: str
    cues: bool
    """Practice; without cues it was a test."""
    outcome: Outcome | None
    """None when the record stops before the call did."""
    seconds: float
    turns: int
    start: float
    end: float
    peak: float
    again: bool = False
    """A moment of an earlier call, taken up again: its beginning is that call's."""
    retry_of: str = ""
    """And the file name of that call's journal, where it is known."""

    @property
    def counts(self) -> bool:
        """Whether it shows what the trainee can do: they said something, and it has a beginning of its own."""
        return self.turns > 0 and not self.again

    @property
    def rank(self) -> tuple[int, float]:
        """Smaller is better: first what came of it, then how angry the customer was left."""
        return (FROM_BEST.index(self.outcome) if self.outcome else len(FROM_BEST), self.end)


def read_calls(folder: Path) -> list[PastCall]:
    """Every call of `folder` that can be read, the newest first, from the journals themselves (`index.calls` is
    quicker). Other files are left out; a missing folder holds none."""
    return newest_first(call for call in map(summed_up, folder.glob("*.jsonl")) if call)


def strangers(calls: Iterable[PastCall]) -> list[str]:
    """Names of the files among the journals that are none of `calls`."""
    known = {call.path.name for call in calls}
    return sorted(path.name for path in journals() if path.name not in known)


def newest_first(calls: Iterable[PastCall]) -> list[PastCall]:
    """By the name, which begins with the date; a second call in the same second has a longer one."""
    return sorted(calls, key=lambda call: call.path.stem, reverse=True)


def summed_up(path: Path) -> PastCall | None:
    """One journal summed up; None when it is no journal.

    Only the few lines that matter are decoded, and as plain JSON: a history of thousands opens at once.
    """
    try:
        lines = lines_of(finite(path).read_bytes())
        started = journal.decode(lines[0])
        if not isinstance(started, CallStarted):
            return None
        facts = [fact for fact in map(_fact, lines[1:]) if fact]
        angers = [_finite(fact["mood"]["anger"]) for fact in facts if fact["type"] == "mood_changed"]
        ended = next((fact for fact in facts if fact["type"] == "call_ended"), None)
        settings = started.settings
        return PastCall(
            path=path,
            pack=started.pack,
            began=local_time(settings.get("started_at")),
            mode=started.mode,
            cues=settings.get("cues") != "off",
            outcome=ended["outcome"] if ended and ended["outcome"] in FROM_BEST else None,
            seconds=max((_finite(fact["t"]) for fact in facts), default=0.0),
            turns=sum(fact["type"] == "appraisal" for fact in facts),
            start=angers[0] if angers else 0.0,
            end=angers[-1] if angers else 0.0,
            peak=max(angers, default=0.0),
            again=RETRY_TURN in settings,
            retry_of=settings.get(RETRY_OF, ""),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError, journal.JournalProblem):
        return None


def _finite(number: Any) -> float:
    """As a journal has it. Raises ValueError for what `json` reads as infinite, and for more than any call has."""
    if not abs(float(number)) <= journal.MOST_SECONDS:
        raise ValueError(number)
    return float(number)


def _fact(line: str) -> dict[str, Any] | None:
    """The line, if it is of a kind that is summed up. A last line that was cut off is none."""
    kind = line[:400] + line[-400:]
    if not any(f'"{name}"' in kind for name in ("mood_changed", "appraisal", "call_ended")):
        return None
    try:
        fact = json.loads(line)
    except ValueError:
        return None
    wanted = isinstance(fact, dict) and fact.get("type") in ("mood_changed", "appraisal", "call_ended")
    return fact if wanted else None


def local_time(text: object) -> datetime | None:
    """A time in ISO 8601 as wall-clock time here; None for anything else."""
    try:
        return datetime.fromisoformat(str(text)).astimezone()
    except (ValueError, OverflowError, OSError):  # no time, or one that no calendar here has
        return None


def by_pack(calls: Iterable[PastCall]) -> dict[str, list[PastCall]]:
    """Pack id -> those of its calls that count, in the order given."""
    sorted_out: dict[str, list[PastCall]] = {}
    for call in calls:
        if call.counts:
            sorted_out.setdefault(call.pack, []).append(call)
    return sorted_out


def best(calls: Iterable[PastCall]) -> PastCall | None:
    """The one that ended best; among equals the newest."""
    return min(calls, key=lambda call: call.rank, default=None)


def when(call: PastCall) -> str:
    """Local date and time, for reading."""
    return date(call.began) or strings.HISTORY_NO_DATE


def date(began: datetime | None) -> str:
    return f"{began:%Y-%m-%d %H:%M}" if began else ""


def result(call: PastCall) -> str:
    """What came of it in a few characters: "✔ 62 → 31"."""
    shape = strings.OUTCOME_SHAPES[call.outcome] if call.outcome else strings.HISTORY_CUT_OFF_SHAPE
    return strings.RESULT.format(shape=shape, start=call.start, end=call.end)


def result_in_words(call: PastCall) -> str:
    """The same as a sentence: "the customer is satisfied, anger 62 → 31"."""
    outcome = strings.OUTCOMES[call.outcome] if call.outcome else strings.HISTORY_CUT_OFF
    return strings.RESULT_WORDS.format(outcome=outcome, start=call.start, end=call.end)


def matching(calls: Iterable[PastCall], text: str, titles: Mapping[str, str]) -> list[PastCall]:
    """Those in which every word of `text` occurs: in title, date, or what came of it. `titles` are the packs' by id."""
    words = text.casefold().split()
    if not words:
        return list(calls)
    found = []
    for call in calls:
        card = " ".join((call.pack, titles.get(call.pack, ""), when(call), result_in_words(call), call.mode)).casefold()
        if all(word in card for word in words):
            found.append(call)
    return found


def pack_of(events: Sequence[Event]) -> Pack | None:
    """The pack of the call, None when it is not here any more: the debrief does without its outcome texts."""
    first = events[0] if events else None
    if not isinstance(first, CallStarted):
        return None
    try:
        return load(first.pack)
    except PackProblem:
        return None


def retries_of(call: PastCall, calls: Sequence[PastCall]) -> list[PastCall]:
    """Those of `calls` that took up a moment of it, or of one of those: they begin with its words."""
    found: list[PastCall] = []
    names = {call.path.name}
    while more := [one for one in calls if one.retry_of in names and one not in found and one != call]:
        found += more
        names |= {one.path.name for one in more}
    return found


def delete(call: PastCall, retries: Sequence[PastCall] = ()) -> None:
    """The journals and what belongs to them, for good. `retries`: `retries_of` it. Raises Problem when they cannot be
    deleted."""
    for one in (*retries, call):
        try:
            for path in belonging(one.path):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as error:
            raise Problem(f"{one.path} cannot be deleted: {error.strerror}.") from error
