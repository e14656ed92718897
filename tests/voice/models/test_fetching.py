"""Fetching a model from a real server on loopback, with every way that it can go wrong; nothing is half there."""

import errno
import shutil
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.voice import model_server
from tests.voice.model_archive import ARCHIVE, NAME, assert_nothing, assert_whole, entry, quiet
from voice.models import installing, unpack, weights
from voice.ports import VoiceProblem

pytestmark = pytest.mark.usefixtures("place")


def test_download_check_unpack(served, place: Path) -> None:
    stages: dict[str, list[int]] = {}

    def report(stage: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        stages.setdefault(stage, []).append(done)

    folder = installing.install(entry(ARCHIVE, served.url), report)
    assert_whole(folder, place)
    assert weights.installed_dir(NAME) == folder
    assert list(stages) == ["Fetching", "Checking", "Unpacking"]
    assert all(done == sorted(done) for done in stages.values())
    assert stages["Fetching"][-1] == len(ARCHIVE)


def test_installing_again_asks_nobody(served, place: Path) -> None:
    installing.install(entry(ARCHIVE, served.url), quiet)
    installing.install(entry(ARCHIVE, served.url), quiet)
    assert len(served.requests) == 1


def test_a_cut_connection_is_taken_up_where_it_broke(served, place: Path) -> None:
    served.cuts = [100_000, 50_000]
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)
    assert served.requests == [None, "bytes=100000-", "bytes=150000-"]


def test_a_cut_without_a_stated_length_is_noticed_too(served, place: Path) -> None:
    served.says_length, served.cuts = False, [100_000]
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)


def test_a_download_goes_on_the_next_day(served, place: Path) -> None:
    served.cuts = [120_000, 0, 0, 0]
    with pytest.raises(VoiceProblem, match=r"broke after 0\.1 of 0\.3 MB.*--from"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place, part=True)
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)
    assert served.requests[-1] == "bytes=120000-"


def test_a_server_without_ranges_starts_over(served, place: Path) -> None:
    served.ranges, served.cuts = False, [100_000]
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)
    assert len(served.requests) == 2


@pytest.mark.parametrize("left", [len(ARCHIVE) + 5, len(ARCHIVE)], ids=["too long", "of the right length"])
def test_a_part_of_something_else_is_thrown_away(served, place: Path, left: int) -> None:
    place.mkdir(parents=True)
    (place / f"{NAME}.zip.part").write_bytes(b"x" * left)
    if left == len(ARCHIVE):
        with pytest.raises(VoiceProblem, match="SHA-256"):
            installing.install(entry(ARCHIVE, served.url), quiet)
        assert_nothing(place)
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_server_that_refuses(served, place: Path, status: int) -> None:
    served.status = status
    with pytest.raises(VoiceProblem, match=f"answers {status}"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


def test_no_network(place: Path) -> None:
    with model_server.serving(b"") as gone:
        url = gone.url
    with pytest.raises(VoiceProblem, match=r"127\.0\.0\.1:\d+ cannot be reached"):
        installing.install(entry(ARCHIVE, url), quiet)
    assert_nothing(place)


def test_other_content_of_the_same_size(served, place: Path) -> None:
    served.content = bytes(len(ARCHIVE))
    with pytest.raises(VoiceProblem, match=r"SHA-256.*thrown away"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


@pytest.mark.parametrize(
    "content",
    [ARCHIVE[:-1], ARCHIVE + b"!", b"<html>Please log in</html>", b""],
    ids=["short", "long", "a page", "nothing"],
)
def test_a_file_of_another_size_is_refused_before_it_is_fetched(served, place: Path, content: bytes) -> None:
    served.content = content
    with pytest.raises(VoiceProblem, match=f"{len(content):,} instead of {len(ARCHIVE):,} bytes"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


def test_a_file_that_does_not_end_is_stopped(served, place: Path) -> None:
    served.content, served.says_length = ARCHIVE + bytes(1_000_000), False
    with pytest.raises(VoiceProblem, match="more instead of"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert weights.installed_dir(NAME) is None


def test_too_little_space_is_said_before_anything_is_fetched(served, place: Path, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
    with pytest.raises(VoiceProblem, match=r"needs about 1 MB.*has only 0 MB free"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert served.requests == []
    assert_nothing(place)


def test_a_disk_that_fills_up_while_unpacking(served, place: Path, monkeypatch) -> None:
    def full(source: BinaryIO, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(unpack, "_write", full)
    with pytest.raises(VoiceProblem, match="is full"):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place, part=True)
    monkeypatch.undo()
    monkeypatch.setenv("COOLHEAD_DATA", str(place.parent))
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)
    assert len(served.requests) == 1  # what was fetched is not fetched again


def test_a_place_that_is_no_folder(served, place: Path) -> None:
    place.parent.mkdir()
    place.write_text("in the way")
    with pytest.raises(VoiceProblem, match="COOLHEAD_DATA"):
        installing.install(entry(ARCHIVE, served.url), quiet)


def test_interrupted_while_unpacking_nothing_is_half_there(served, place: Path, monkeypatch) -> None:
    write = unpack._write
    written: list[unpack.Unpacked] = []

    def interrupted(*arguments: object) -> unpack.Unpacked:
        if written:
            raise KeyboardInterrupt
        written.append(write(*arguments))
        return written[0]

    monkeypatch.setattr(unpack, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        installing.install(entry(ARCHIVE, served.url), quiet)
    assert written
    assert_nothing(place, part=True)


def test_what_a_killed_process_left_is_cleared(served, place: Path, monkeypatch) -> None:
    (place / ".unpacking-dead" / "new").mkdir(parents=True)
    monkeypatch.setattr(installing, "ABANDONED_SECONDS", -1.0)
    assert_whole(installing.install(entry(ARCHIVE, served.url), quiet), place)
