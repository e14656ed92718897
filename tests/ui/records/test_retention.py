"""What is deleted is gone with all that belongs to it; nothing else is."""

import io
import os
from pathlib import Path

import numpy as np
import pytest

from tests.ui.kept import take
from ui.commands import forget
from ui.commands import history as command
from ui.records import call_reference, index, retention
from ui.records.archive import calls_folder, keep_notes, latest_journal
from ui.records.score_cache import cache_folder
from ui.records.vector_store import VectorStore
from ui.runtime import settings
from ui.runtime.problems import Problem

JOURNAL = Path(__file__).parents[2] / "journals" / "flatpack-bookcase-poor.jsonl"


pytestmark = pytest.mark.usefixtures("home")


def names() -> list[str]:
    return sorted(path.name for path in calls_folder().iterdir())


def test_a_call_goes_with_its_notes_and_whatever_began_with_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    first = take("1-first")
    keep_notes(first, "Ring her back.")
    take("2-retry", retry_of="1-first.jsonl")
    take("3-retry-of-the-retry", retry_of="2-retry.jsonl")
    take("4-other")
    assert command.delete(4, yes=True) == 0
    assert names() == ["4-other.jsonl"]


def test_the_question_says_how_many_go_with_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    take("1-first")
    take("2-retry", retry_of="1-first.jsonl")
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert command.delete(2, yes=False) == 1
    assert "so that goes too: 1." in capsys.readouterr().out
    assert len(names()) == 2


def test_old_calls_are_purged_when_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    take("1-old", days_ago=40)
    take("2-retry", days_ago=2, retry_of="1-old.jsonl")
    take("3-new", days_ago=20)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert command.purge(older_than=30, yes=False) == 1
    assert command.purge(older_than=30, yes=True) == 0
    assert names() == ["3-new.jsonl"]
    assert command.purge(older_than=30, yes=True) == 0
    assert "No call is older than 30 days." in capsys.readouterr().out


def test_the_setting_purges_after_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    take("1-old", days_ago=40)
    take("2-new")
    retention.call_over()
    assert len(names()) == 2
    monkeypatch.setenv("COOLHEAD_KEEP_DAYS", "30")
    retention.call_over()
    assert names() == ["2-new.jsonl"]


def test_everything_of_the_user_is_forgotten_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_notes(take("1-first"), "Ring her back.")
    settings.remember({"theme": "coolhead-light"})
    (home / "config" / ".settings.json.a1b2.new").write_text('{"baseline"')  # by a program that was killed just then
    index.calls()
    pack = home / "data" / "packs" / "mine.yaml"
    pack.parent.mkdir()
    pack.write_text("format: 1\n")
    for kind in ("embeddings", "labels"):
        store = VectorStore(cache_folder(), kind, "a model")
        store.put("What a pack of one's own is like.", np.ones(3, np.float32))
        store.save()
    seat = home / "data" / "classes" / "3f09ab" / "seat.json"
    seat.parent.mkdir(parents=True)
    seat.write_text('{"name": "Anna"}')
    assert len(list(cache_folder().iterdir())) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert forget.run(yes=False) == 1
    assert len(index.calls()) == 1
    assert forget.run(yes=True) == 0
    left = [path for path in home.rglob("*") if path.is_file()]
    assert left == [pack]
    assert forget.run(yes=True) == 0
    assert "nothing to forget" in capsys.readouterr().out


def test_a_call_is_named_by_number_customer_or_file() -> None:
    first = take("2026-01-01T10-00-00-flatpack-bookcase")
    again = take("2026-01-01T10-00-00-flatpack-bookcase-again")  # in the same second, after it
    assert call_reference.journal_named(Path("1")) == again == latest_journal()
    assert call_reference.journal_named(Path("2")) == first
    for name in ("flatpack-bookcase", "Dana", "whitlock", "Dana Whitlock"):
        assert call_reference.journal_named(Path(name)) == again
    with pytest.raises(Problem, match="is no journal"):
        call_reference.journal_named(Path())  # `debrief ""`
    assert call_reference.journal_named(first) == first
    with pytest.raises(Problem, match="no call 3"):
        call_reference.journal_named(Path("3"))
    with pytest.raises(Problem, match="no call with bad-day yet"):
        call_reference.journal_named(Path("bad-day"))


def test_notes_are_whole_or_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    path = take("1-first")
    keep_notes(path, "before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_notes(path, "after")
    assert path.with_suffix(".notes.txt").read_text() == "before"
