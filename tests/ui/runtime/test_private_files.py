"""Files for this user only: all of it or nothing, and a torn line stands alone."""

import os
import stat
from pathlib import Path

import pytest

from ui.runtime.private_files import append_private, write_private


def test_what_does_not_fit_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "notes.txt"
    write_private(path, "before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_private(path, "after")
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]
    assert path.read_text() == "before"


def test_a_line_more_stands_alone_also_after_a_torn_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    append_private(path, "one")
    with path.open("a") as file:
        file.write("tor")  # by a power cut
    append_private(path, "two")
    assert path.read_text() == "one\ntor\ntwo\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_a_line_more_on_a_full_disk_is_refused() -> None:
    with pytest.raises(OSError, match="No space"):
        append_private(Path("/dev/full"), "one")
