"""Results of drills: one line of JSON each, in a private file beside the calls. What was said is not stored."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dialogue.files import finite
from ui.records.archive import calls_folder
from ui.runtime.private_files import append_private


@dataclass(frozen=True, slots=True)
class Tally:
    rounds: int = 0
    passed: int = 0
    at_once: int = 0
    """Passed at the first try."""


@dataclass(frozen=True, slots=True)
class DrillResult:
    """One drill, finished or not."""

    at: datetime
    drill: str
    rounds: int
    passed: int
    at_once: int
    """Passed at the first try."""
    spoken: bool

    @property
    def share(self) -> float:
        """Passed rounds of all rounds, 0..1."""
        return self.passed / self.rounds


def drilled_path() -> Path:
    return calls_folder().parent / "drills.jsonl"


def keep(drill: str, tally: Tally, *, spoken: bool) -> None:
    """Store the result, unless the drill was left in its first round. Raises OSError."""
    if not tally.rounds:
        return
    path = drilled_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    row = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "drill": drill, **asdict(tally), "spoken": spoken}
    append_private(path, json.dumps(row) + "\n")


def drilled() -> list[DrillResult]:
    """All results, the newest first; unreadable lines are skipped."""
    try:
        lines = finite(drilled_path()).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [each for each in map(_read, reversed(lines)) if each]


def by_drill(done: Sequence[DrillResult]) -> dict[str, list[DrillResult]]:
    """Drill id -> its results, in the order given."""
    sorted_out: dict[str, list[DrillResult]] = {}
    for each in done:
        sorted_out.setdefault(each.drill, []).append(each)
    return sorted_out


def _read(line: str) -> DrillResult | None:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(str(row.pop("at")))
        done = DrillResult(at, **row)
        return done if 0 <= done.at_once <= done.passed <= done.rounds and done.rounds > 0 else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
