"""Sixteen scenarios and a few calls taken, for the lobby and the history."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from dialogue.events import Outcome
from dialogue.persona import Pack
from tests.ui.story import pack
from ui.records.history import PastCall

TITLES = (
    "The kettle that bit",
    "The lost parcel",
    "A chair with three legs",
    "Two bills for one month",
    "The lamp that hums",
    "The wrong blue",
    "A locked account",
    "The fourth technician",
    "No hot water",
    "The cancelled holiday",
    "A broken promise",
    "The rude colleague",
    "The missing refund",
    "An alarm at night",
    "The price that changed",
    "Everything, all at once, and at the worst possible moment",
)


def sixteen() -> list[Pack]:
    first = pack()
    ids = ("test-kettle", "second", *(f"pack-{number}" for number in range(3, 17)))
    return [
        first.model_copy(update={"id": id, "title": title, "level": 1 + number // 4, "minutes": 5 + number % 5})
        for number, (id, title) in enumerate(zip(ids, TITLES, strict=True))
    ]


def call(
    pack: str,
    days_ago: int,
    outcome: Outcome | None,
    end: float,
    *,
    cues: bool = True,
    turns: int = 14,
    again: bool = False,
) -> PastCall:
    began = datetime(2026, 5, 9, 9, 30, tzinfo=UTC) - timedelta(days=days_ago)
    path = Path(f"/nowhere/{began:%Y-%m-%dT%H-%M-%S}-{pack}.jsonl")
    return PastCall(path, pack, began, "voice", cues, outcome, 212.0, turns, 62.0, end, 88.0, again)


def past() -> list[PastCall]:
    """The newest first."""
    return [
        call("second", 1, "hung_up", 96.0),
        call("test-kettle", 2, "satisfied", 31.0, cues=False),
        call("pack-3", 4, "resigned", 48.0),
        call("test-kettle", 9, "escalated", 82.0),
        call("pack-4", 12, None, 70.0),
    ]
