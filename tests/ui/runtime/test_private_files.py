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


def test_a_device_is_not_replaced_by_a_file_and_a_link_stays_one(tmp_path: Path) -> None:
    """`coolhead certificate make -o /dev/null` by root: every program of the machine would lose it."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no file"):
        write_private(pipe, "after")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    (tmp_path / "dotfiles").mkdir()
    named, link = tmp_path / "dotfiles" / "settings.json", tmp_path / "settings.json"
    named.write_text("before")
    link.symlink_to(named)
    write_private(link, "after")
    assert link.is_symlink()
    assert named.read_text() == "after"


def test_two_programs_that_write_the_same_file_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    sync = os.fsync

    def meanwhile(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        write_private(path, "theirs")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_private(path, "ours")
    assert path.read_text() == "ours"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_a_line_more_stands_alone_also_after_a_torn_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    append_private(path, "one\n")
    with path.open("a") as file:
        file.write("tor")  # by a power cut
    append_private(path, b"two\n")
    assert path.read_text() == "one\ntor\ntwo\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_a_line_more_on_a_full_disk_is_refused() -> None:
    with pytest.raises(OSError, match="No space"):
        append_private(Path("/dev/full"), "one\n")
