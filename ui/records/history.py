"""Past calls, each summarised from its journal."""

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
from ui.records.archive import as_heard_path, belonging, going_on, journals, lines_of
from ui.runtime.problems import Problem

RETRY_OF = "retry_of"
"""In `CallStarted.settings` of a retry: the file name of the original call's journal."""
RETRY_TURN = "retry_turn"
"""And the turn, from 1, that is tried again."""
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
    """What a list shows of a call. The customer's anger (`start`, `end`, `peak`) is 0..100."""

    path: Path
    pack: str
    began: datetime | None
    """Wall-clock time, local; None when the journal does not say."""
    mode: str
    cues: bool
    """True in practice, False in a test."""
    outcome: Outcome | None
    """None when the journal stops before the end of the call."""
    seconds: float
    turns: int
    start: float
    end: float
    peak: float
    again: bool = False
    """A retry: it begins with the events of an earlier call."""
    retry_of: str = ""
    """The file name of that call's journal, if known."""

    @property
    def counts(self) -> bool:
        """Whether it counts for progress: the trainee said something, and it is not a retry."""
        return self.turns > 0 and not self.again

    @property
    def corrected(self) -> bool:
        """Whether the trainee has corrected what was misheard, so that it was judged anew."""
        return as_heard_path(self.path).exists()

    @property
    def finished(self) -> bool:
        """Whether it came to its end: the trainee did not leave it, and nobody broke it off."""
        return self.outcome is not None and self.outcome not in ("abandoned", "stopped")

    @property
    def rank(self) -> tuple[int, float]:
        """Smaller is better: the outcome first, then the anger at the end."""
        return (FROM_BEST.index(self.outcome) if self.outcome else len(FROM_BEST), self.end)


def read_calls(folder: Path) -> list[PastCall]:
    """Every readable call of `folder`, the newest first, from the journals themselves (`index.calls` is quicker)."""
    return newest_first(call for call in map(summed_up, folder.glob("*.jsonl")) if call)


def strangers(calls: Iterable[PastCall]) -> list[str]:
    """Names of the files in the calls folder that are not among `calls`."""
    known = {call.path.name for call in calls}
    return sorted(path.name for path in journals() if path.name not in known)


def newest_first(calls: Iterable[PastCall]) -> list[PastCall]:
    """Sorted by file name, which begins with the time; a second call in the same second has a longer name."""
    return sorted(calls, key=lambda call: call.path.stem, reverse=True)


def summed_up(path: Path) -> PastCall | None:
    """The summary of a journal; None when the file is not one.

    Only the few lines that matter are decoded, as plain JSON, so that a history of thousands opens at once.
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
    """Raises ValueError for NaN, infinity and anything larger than a call can have."""
    if not abs(float(number)) <= journal.MOST_SECONDS:
        raise ValueError(number)
    return float(number)


def _fact(line: str) -> dict[str, Any] | None:
    """The line as JSON if the summary needs it. None for others, and for a last line that was cut off."""
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
    """An ISO 8601 time as local time; None for anything else."""
    try:
        return datetime.fromisoformat(str(text)).astimezone()
    except (ValueError, OverflowError, OSError):  # OverflowError, OSError: beyond the calendar of this machine
        return None


def by_pack(calls: Iterable[PastCall]) -> dict[str, list[PastCall]]:
    """Pack id -> its calls that count, in the order given."""
    sorted_out: dict[str, list[PastCall]] = {}
    for call in calls:
        if call.counts:
            sorted_out.setdefault(call.pack, []).append(call)
    return sorted_out


def best(calls: Iterable[PastCall]) -> PastCall | None:
    """The call that ended best; the first among equals."""
    return min(calls, key=lambda call: call.rank, default=None)


def when(call: PastCall) -> str:
    """Local date and time."""
    return date(call.began) or strings.HISTORY_NO_DATE


def date(began: datetime | None) -> str:
    return f"{began:%Y-%m-%d %H:%M}" if began else ""


def result(call: PastCall) -> str:
    """The result in a few characters: "✔ 62 → 31"."""
    shape = strings.OUTCOME_SHAPES[call.outcome] if call.outcome else strings.HISTORY_CUT_OFF_SHAPE
    return strings.RESULT.format(shape=shape, start=call.start, end=call.end)


def result_in_words(call: PastCall) -> str:
    """The same as a sentence: "the customer is satisfied, anger 62 → 31"."""
    outcome = strings.OUTCOMES[call.outcome] if call.outcome else strings.HISTORY_CUT_OFF
    return strings.RESULT_WORDS.format(outcome=outcome, start=call.start, end=call.end)


def matching(calls: Iterable[PastCall], text: str, titles: Mapping[str, str]) -> list[PastCall]:
    """The calls in whose title, date or result every word of `text` occurs. `titles`: pack id -> title."""
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
    """The call's pack; None when it is not installed any more."""
    first = events[0] if events else None
    if not isinstance(first, CallStarted):
        return None
    try:
        return load(first.pack)
    except PackProblem:
        return None


def retries_of(call: PastCall, calls: Sequence[PastCall]) -> list[PastCall]:
    """The retries of `call` among `calls`, and the retries of these: they all begin with its words."""
    found: list[PastCall] = []
    names = {call.path.name}
    while more := [one for one in calls if one.retry_of in names and one not in found and one != call]:
        found += more
        names |= {one.path.name for one in more}
    return found


def delete(call: PastCall, retries: Sequence[PastCall] = ()) -> None:
    """Delete the journals, and everything kept beside them, for good. Raises Problem when that fails."""
    for one in (*retries, call):
        if going_on(one.path):
            raise Problem(strings.STILL_GOING_ON.format(path=one.path))
        try:
            for path in belonging(one.path):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as error:
            raise Problem(f"{one.path} cannot be deleted: {error.strerror}.") from error
