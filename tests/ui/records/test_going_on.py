"""A call that goes on in another window is not looked back on, and nobody deletes it."""

import shutil
from pathlib import Path

import pytest

from dialogue.events import CallEnded, CallStarted
from tests.ui.kept import take_dated
from ui.records import history, retention
from ui.records.archive import JournalFile, going_on, latest_journal
from ui.records.call_reference import journal_named
from ui.runtime.problems import Problem

STARTED = CallStarted(0.0, "flatpack-bookcase", "0", 1, "text", "0")


@pytest.fixture
def earlier(home: Path) -> Path:
    pytest.importorskip("fcntl")
    return take_dated("poor")


def test_what_a_call_hides_is_told_when_it_is_over(earlier: Path) -> None:
    file = JournalFile.new(STARTED)
    file(STARTED)
    assert latest_journal() == journal_named(None) == earlier
    for named in (file.path, Path("1")):
        with pytest.raises(Problem, match="still going on"):
            journal_named(named)
    file(CallEnded(9.0, "abandoned", ""))
    assert journal_named(None) == journal_named(file.path) == file.path
    file.close()


def test_it_is_not_deleted_meanwhile(earlier: Path) -> None:
    file = JournalFile.new(STARTED)
    file(STARTED)
    call = history.summed_up(file.path)
    assert call
    for delete in (retention.forget, lambda: history.delete(call)):
        with pytest.raises(Problem, match="still going on"):
            delete()
    assert file.path.exists()
    assert earlier.exists()
    file.close()  # as when its program is killed: the record stops, and may be looked at and deleted
    assert not going_on(file.path)
    retention.forget()
    assert not file.path.exists()


def test_a_copy_of_its_journal_is_no_call(earlier: Path, tmp_path: Path) -> None:
    file = JournalFile.new(STARTED)
    file(STARTED)
    assert not going_on(Path(shutil.copy(file.path, tmp_path / "copy.jsonl")))
    file.close()
