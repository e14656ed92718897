"""A writer killed at random moments, 100 times: no journal is unreadable, and the index says what the journals say."""

import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dialogue.events import CallStarted, Event, Utterance
from ui.records import history, index
from ui.records.archive import JournalFile, calls_folder, keep_notes, read_journal, read_notes

KILLS = 100
LONGEST_LIFE_SECONDS = 0.03
"""Several calls long: the kill falls into any part of writing, indexing and keeping notes."""
JOURNALS = sorted((Path(__file__).parents[2] / "journals").glob("*.jsonl"))
NOTE = "Ring her back on Tuesday.\n" * 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_writer_killed_at_any_moment_spoils_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # SIGKILL leaves the kernel alive: nothing to wait for
    calls = [read_journal(path)[:40] for path in JOURNALS[:3]]
    index.refresh()
    chance = random.Random(7)
    number, whole, begun = 0, 0, 0
    while number < KILLS or not 0 < whole < begun:
        assert number < 10 * KILLS, "no writer was ever killed in the middle of a call"
        number += 1
        writer = os.fork()
        if writer == 0:
            _write_for_ever(calls, number)
        time.sleep(chance.uniform(0.0, LONGEST_LIFE_SECONDS * (1 + number // KILLS)))  # a busy machine writes slowly
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        if number % 25 == 0:
            assert index.calls() == history.read_calls(calls_folder())
            journals = [path for path in calls_folder().glob("*.jsonl") if path.stat().st_size]
            begun = len(journals)
            whole = sum(len(read_journal(path)) == len(calls[0]) for path in journals)
    assert {read_notes(path) for path in journals} <= {"", NOTE}
    kept = index.calls(), index.cards(index.calls())
    assert len(kept[0]) == begun
    index.rebuild()
    assert (index.calls(), index.cards(index.calls())) == kept


def _write_for_ever(calls: list[list[Event]], number: int) -> None:
    """In the child: one call after the other, as the program writes them. Never returns."""
    try:
        for round_ in range(10_000):
            started, *rest = calls[round_ % len(calls)]
            assert isinstance(started, CallStarted)
            file = JournalFile.new(replace(started, seed=10_000 * number + round_))
            for event in (started, *rest):
                if isinstance(event, Utterance):
                    file.keep_back((event, *rest[:3]))  # it seems over, goes on, and is over
                    file.keep_back((event,))
                    file.keep_back(())
                file(event)
            keep_notes(file.path, NOTE)
            file.close()
            index.refresh()
    finally:
        os._exit(1)
