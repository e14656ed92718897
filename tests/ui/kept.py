"""Calls in the folder of the fixture `home`, and what is exported of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dialogue.events import CallStarted
from dialogue.journal import encode
from ui.commands import export
from ui.records.archive import calls_folder, read_journal

JOURNALS = Path(__file__).parent.parent / "journals"
POOR = JOURNALS / "flatpack-bookcase-poor.jsonl"


def take(name: str, *, days_ago: int = 0, retry_of: str = "") -> Path:
    """A call in the folder, perhaps one that took up a moment of an earlier one."""
    began = datetime.now(UTC) - timedelta(days=days_ago)
    more = f'"started_at":"{began.isoformat()}",'
    more += f'"retry_of":"{retry_of}","retry_turn":"2",' if retry_of else ""
    path = calls_folder() / f"{name}.jsonl"
    path.write_text(POOR.read_text(encoding="utf-8").replace('"settings":{', f'"settings":{{{more}', 1))
    return path


def take_dated(kind: str, day: int = 1, **settings: str) -> Path:
    """A call of that kind, with these settings in its first line."""
    started, *rest = read_journal(JOURNALS / f"flatpack-bookcase-{kind}.jsonl")
    assert isinstance(started, CallStarted)
    when = {"started_at": f"2026-02-{day:02d}T09:00:00+00:00"}
    first = replace(started, settings={**started.settings, **when, **settings})
    path = calls_folder() / f"2026-02-{day:02d}T09-00-00-flatpack-bookcase.jsonl"
    path.write_text("".join(encode(event) + "\n" for event in (first, *rest)), encoding="utf-8")
    return path


def exported(home: Path, name: str = "out.json", **more: object) -> str:
    wishes: dict[str, object] = {"to": None, "credentials": None, "actor": None, "completion": False, **more}
    assert export.run(output=home / name, **wishes) == 0  # type: ignore[arg-type]
    return (home / name).read_text(encoding="utf-8")
