"""The index of calls: always what the journals say, on SQLite and on PostgreSQL."""

import contextlib
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from ui.commands import history as command
from ui.records import history, index
from ui.records.archive import calls_folder
from ui.runtime.problems import Problem

JOURNALS = Path(__file__).parents[2] / "journals"
POOR, GOOD = "flatpack-bookcase-poor", "flatpack-bookcase-good"


def _server_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own; skipped, with the reason, where there is none."""
    programs = _server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="coolhead-pg-"))  # not pytest's, which nobody else may enter; and short
    as_root = os.geteuid() == 0  # the server refuses to run as root
    if as_root:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    before = ["runuser", "-u", "postgres", "--"] if as_root else []

    def run(program: str, *words: str) -> None:
        command = [*before, str(programs / program), "-D", str(folder / "data"), *words]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)

    run("initdb", "-U", "coolhead", "-A", "trust", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://coolhead@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    url = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres"))
    monkeypatch.setenv("COOLHEAD_INDEX_URL", url)
    calls_folder().mkdir()
    return calls_folder()


def take(folder: Path, name: str, day: int) -> Path:
    path = folder / f"2026-01-{day:02d}T10-00-00-flatpack-bookcase.jsonl"
    shutil.copy(JOURNALS / f"{name}.jsonl", path)
    return path


def test_it_says_what_the_journals_say(folder: Path) -> None:
    for day, name in enumerate((POOR, GOOD, POOR), 1):
        take(folder, name, day)
    (folder / "broken.jsonl").write_text("not a journal\n")
    (folder / "never-picked-up.jsonl").touch()
    assert index.calls() == history.read_calls(folder)
    assert len(index.calls()) == 3


def test_what_changes_on_disk_is_noticed(folder: Path) -> None:
    first = take(folder, POOR, 1)
    assert [call.outcome for call in index.calls()] == ["hung_up"]
    take(folder, GOOD, 2)
    assert [call.outcome for call in index.calls()] == ["satisfied", "hung_up"]
    first.write_bytes(first.read_bytes()[:5000])  # cut off, as by a power cut
    assert [call.outcome for call in index.calls()] == ["satisfied", None]
    first.unlink()
    assert [call.outcome for call in index.calls()] == ["satisfied"]
    assert index.calls() == history.read_calls(folder)


def test_rebuilt_it_is_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day, name in enumerate((POOR, GOOD), 1):
        take(folder, name, day)
    before = index.calls(), index.cards(index.calls())
    assert command.rebuild() == 0
    assert "2 calls read" in capsys.readouterr().out
    assert (index.calls(), index.cards(index.calls())) == before


def test_the_scorecards_hold_nobodys_words(folder: Path) -> None:
    take(folder, POOR, 1)
    take(folder, GOOD, 2)
    good, poor = index.cards(index.calls()).values()
    assert (good.total or 0) > (poor.total or 0) + 20
    assert not [sign for card in (good, poor) for one in card.sections for mark in one.marks for sign in mark.signs]


def test_two_homes_do_not_mix(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(folder, POOR, 1)
    assert len(index.calls()) == 1
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "other"))
    assert index.calls() == []
    index.forget()
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    assert len(index.calls()) == 1


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    calls_folder().mkdir()
    return tmp_path / "index.sqlite"


def test_a_damaged_file_is_made_anew(sqlite: Path) -> None:
    take(calls_folder(), GOOD, 1)
    sqlite.write_bytes(b"no database at all, but long enough to look at" * 100)
    assert len(index.calls()) == 1
    assert sqlite.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    "turned", ["began = 'nonsense'", "outcome = 'x'", "start = 'y'", "mode = NULL", "turns = -9e999", "card = '{'"]
)
def test_so_is_one_with_a_row_that_no_call_has(turned: str, sqlite: Path) -> None:
    take(calls_folder(), GOOD, 1)
    before = index.calls(), index.cards(index.calls())
    with contextlib.closing(sqlite3.connect(sqlite, isolation_level=None)) as file:
        file.execute(f"UPDATE coolhead_calls SET {turned}")
    assert (index.calls(), index.cards(before[0])) == before


def test_only_the_user_may_read_it(sqlite: Path) -> None:
    take(calls_folder(), GOOD, 1)
    index.calls()
    assert sqlite.stat().st_mode & 0o077 == 0


def test_without_a_database_the_journals_are_read(sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(calls_folder(), GOOD, 1)
    monkeypatch.setenv("COOLHEAD_INDEX_URL", "postgresql+psycopg://nobody@/none?host=/nowhere/at/all")
    assert len(index.calls()) == 1
    assert len(index.cards(index.calls())) == 1
    with pytest.raises(Problem, match="cannot be had"):
        index.rebuild()


def test_a_wrong_setting_is_explained(sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("postgres at home", "nosuch+thing://x"):
        monkeypatch.setenv("COOLHEAD_INDEX_URL", wrong)
        for looked in (index.calls, index.forget):
            with pytest.raises(Problem, match="index_url names no database"):
                looked()
    monkeypatch.setenv("COOLHEAD_INDEX_URL", "postgres at home")
    with pytest.raises(Problem, match="index_url names no database"):
        index.where()


@pytest.mark.parametrize("name", ["what?is=this", "100 % # mine", "no\udcfftext"])
def test_a_folder_may_have_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / name))
    calls_folder().mkdir(parents=True)
    take(calls_folder(), GOOD, 1)
    assert len(index.calls()) == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]  # nothing beside it


def test_a_database_that_others_never_leave_alone_is_a_problem_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_taken(at: object) -> int:
        raise IntegrityError("insert", None, Exception("UNIQUE constraint failed"))

    monkeypatch.setattr(index, "_bring_up_to_date", always_taken)
    with pytest.raises(Problem, match="try again"):
        index.rebuild()
