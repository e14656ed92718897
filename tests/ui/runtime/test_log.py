"""The log is the user's own: the message of a fault may hold words of a call."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from tests.full_disk import full_disk
from ui.runtime import log


@pytest.fixture(autouse=True)
def _forget(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("temporary")))
    log._elsewhere.cache_clear()
    yield
    log._elsewhere.cache_clear()


def _only_mine(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0


def test_nobody_else_may_read_it_nor_what_was_there_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "logs"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda app, **_: str(folder))
    path = log.record_fault(ValueError("what was said"))
    assert path.parent == folder
    assert "what was said" in path.read_text()
    assert _only_mine(folder)
    assert _only_mine(path)


def test_a_full_disk_under_the_log_is_nobodys_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda app, **_: str(tmp_path))
    log.start_log()
    with full_disk():
        log.warn("index", fault="database or disk is full")
        log.start_log()  # which closes the one before
        log.warn("index", fault="and still")
    assert capfd.readouterr() == ("", "")
    log.warn("index", fault="and there is room again")
    told = json.loads(log.log_path().read_text().splitlines()[-1])
    assert (told["level"], told["event"], told["fault"]) == ("warning", "index", "and there is room again")


def test_without_a_home_it_is_in_one_temporary_folder_of_this_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda app, **_: str(tmp_path / "file" / "logs"))
    path = log.log_path()
    assert path == log.log_path()
    assert _only_mine(path.parent)
    assert path.parent.stat().st_uid == os.getuid()


def test_where_nothing_can_be_written_there_is_no_log_and_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda app, **_: str(tmp_path / "file" / "logs"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    assert log.log_path() == Path(os.devnull)
    log.start_log()
    log.warn("index", fault="nobody reads this")
    assert log.record_fault(ValueError("nor this")) == Path(os.devnull)
