"""A file that somebody names is no pipe, no device and has an end: else one sentence, and nothing is waited for."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dialogue.debrief.rubric import load_rubric
from dialogue.files import MOST_BYTES, finite
from dialogue.persona import PackProblem
from ui.classroom import tls
from ui.classroom.doors import GivenDoor
from ui.classroom.register import Entrance
from ui.commands import certificate, replay, simulate
from ui.records.archive import calls_folder, keep_notes, notes_path, read_journal, read_notes
from ui.records.certificate import fingerprint
from ui.records.drill_results import drilled, drilled_path
from ui.records.history import summed_up
from ui.records.learning_record_store import credentials
from ui.records.scenarios import pack_heads
from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings

SECONDS = 10


@pytest.fixture(autouse=True)
def nobody_waits(home: Path) -> Iterator[None]:
    def waited(*_: object) -> None:
        pytest.fail("it waits for a pipe that nobody writes to")

    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def settings(path: Path) -> None:
    os.environ["COOLHEAD_SETTINGS"] = str(path)  # which `home` puts back
    load_settings()


READERS: dict[str, Callable[[Path], object]] = {
    "rubric": load_rubric,
    "journal": read_journal,
    "replayed": lambda path: replay.run(journal=path, rejudge=False, json_lines=False),
    "turns": lambda path: simulate.run(pack="flatpack-bookcase", turns=[path], seed=None, json_lines=True),
    "settings": settings,
    "certificate": lambda path: certificate.check(file=path, key=None),
    "key": fingerprint,
    "credentials": credentials,
    "accounts": lambda path: GivenDoor.read(path, observers=False),
    "authority": tls.by_authorities,
    "entrance": Entrance.read,
}


@pytest.mark.parametrize("reader", READERS)
def test_a_pipe_and_a_device_are_told_in_a_sentence(reader: str, pipe: Path) -> None:
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises((Problem, PackProblem)) as told:
            READERS[reader](path)
        assert str(path) in str(told.value)
        assert "\n" not in str(told.value)


def test_what_lies_in_our_own_folders_is_passed_over(home: Path) -> None:
    there = len(pack_heads())
    call = calls_folder() / "2026-01-01T00-00-00-flatpack-bookcase.jsonl"
    packs = calls_folder().parent / "packs"
    packs.mkdir()
    for path in (call, notes_path(call), packs / "mine.yaml", drilled_path()):
        os.mkfifo(path)
    assert summed_up(call) is None
    assert read_notes(call) == ""
    assert len(pack_heads()) == there
    assert drilled() == []


def test_what_is_far_too_long_is_refused_and_what_is_not_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Problem, match=r"long\.jsonl cannot be read: it is longer than 50,000,000 bytes"):
        read_journal(path)
    keep_notes(path, "Ring her back.")
    assert finite(notes_path(path), len("Ring her back.")).read_text() == read_notes(path)
    with pytest.raises(OSError, match="longer than 3 bytes"):
        finite(notes_path(path), 3)
    with pytest.raises(FileNotFoundError):
        finite(tmp_path / "nothing")
