"""The workbench for packs where a disk is full, a folder is none, and what is typed makes no sense."""

import io
import sys
from pathlib import Path

import pytest

from tests.full_disk import full_disk
from ui.commands import packs
from ui.runtime.problems import Problem


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own packs."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    return tmp_path / "packs"


def test_a_new_pack_is_whole_or_not_there(own: Path) -> None:
    with full_disk(), pytest.raises(Problem, match=r"late-parcel\.yaml cannot be written \(.+\): free some room"):
        packs.new("late-parcel", folder=None)
    assert packs.new("late-parcel", folder=None) == 0


def test_a_folder_for_a_new_pack_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match=r"file/late-parcel\.yaml cannot be written"):
        packs.new("late-parcel", folder=tmp_path / "file")
    assert (tmp_path / "file").read_text() == ""


@pytest.mark.parametrize("wait", ["9" * 400, "²", "1.5.2", "0"])
def test_odd_waits_in_the_workbench_end(wait: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"Hello, how can I help?\n/wait {wait}\n"))
    assert packs.play("flatpack-bookcase", seed=1, difficulty="normal") == 0
