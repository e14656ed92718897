"""Models from zips brought by hand: whole, damaged, and meant to do harm."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from tests.voice.model_archive import ARCHIVE, FILES, NAME, assert_nothing, assert_whole, by_hand, entry, quiet, zipped
from voice.models import installing
from voice.ports import VoiceProblem

pytestmark = pytest.mark.usefixtures("place")


def test_a_zip_brought_by_hand(tmp_path: Path, place: Path) -> None:
    brought = by_hand(tmp_path, ARCHIVE)
    assert_whole(installing.install(entry(ARCHIVE), quiet, brought), place)
    assert brought.read_bytes() == ARCHIVE


def test_a_zip_without_a_top_folder(tmp_path: Path, place: Path) -> None:
    archive = zipped(FILES, top="")
    assert_whole(installing.install(entry(archive), quiet, by_hand(tmp_path, archive)), place)


@pytest.mark.parametrize("brought", [ARCHIVE[:-1], bytes(len(ARCHIVE)), b""], ids=["short", "zeros", "nothing"])
def test_another_zip_brought_by_hand_is_refused(tmp_path: Path, place: Path, brought: bytes) -> None:
    with pytest.raises(VoiceProblem, match="not the published"):
        installing.install(entry(ARCHIVE), quiet, by_hand(tmp_path, brought))
    assert_nothing(place)


def test_a_zip_that_is_not_there(tmp_path: Path, place: Path) -> None:
    with pytest.raises(VoiceProblem, match="cannot be read"):
        installing.install(entry(ARCHIVE), quiet, tmp_path / "none.zip")
    assert_nothing(place)


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "model/../../escaped",
        "/tmp/escaped",
        "C:\\escaped",
        "model\\..\\..\\escaped",
        "..\\escaped",
        "C:escaped",
    ],
)
def test_no_path_leaves_the_folder(tmp_path: Path, place: Path, name: str) -> None:
    archive = zipped({"fine": b"1", name: b"2"}, top="")
    with pytest.raises(VoiceProblem, match="refused"):
        installing.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)
    assert not list(tmp_path.rglob("*escaped*"))
    assert not Path("/tmp/escaped").exists()


def test_links_are_refused(tmp_path: Path, place: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as writing:
        link = zipfile.ZipInfo(f"{NAME}/link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        writing.writestr(link, "/etc")
        writing.writestr(f"{NAME}/link/passwd", "x")
    with pytest.raises(VoiceProblem, match="is a link"):
        installing.install(entry(out.getvalue()), quiet, by_hand(tmp_path, out.getvalue()))
    assert_nothing(place)


def test_a_bomb_is_refused_before_anything_is_written(tmp_path: Path, place: Path) -> None:
    archive = zipped({"zeros": bytes(30_000_000)})
    with pytest.raises(VoiceProblem, match="far more than a speech model"):
        installing.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


def test_a_bomb_that_lies_about_its_size_writes_no_more_than_it_said(tmp_path: Path, place: Path) -> None:
    honest = zipped({"zeros": bytes(30_000_000)})
    lying = honest.replace((30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        installing.install(entry(lying), quiet, by_hand(tmp_path, lying))
    assert_nothing(place)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"A": b"1", "a": b"2"}, "the same name"),
        ({}, "no files"),
        ({f"{n}": b"" for n in range(10_001)}, "far more"),
        ({"a": b"1", "a/b": b"2"}, "could not be unpacked"),
    ],
    ids=["differ in case", "empty", "too many", "file and folder"],
)
def test_archives_that_cannot_be_a_model(tmp_path: Path, place: Path, files: dict[str, bytes], said: str) -> None:
    archive = zipped(files)
    with pytest.raises(VoiceProblem, match=said):
        installing.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


@pytest.mark.parametrize("end", [10, 1_000, len(ARCHIVE) - 30])
def test_a_truncated_zip(tmp_path: Path, place: Path, end: int) -> None:
    archive = ARCHIVE[:end]
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        installing.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


def test_damage_inside_a_zip(tmp_path: Path, place: Path) -> None:
    archive = bytearray(ARCHIVE)
    archive[1_000] ^= 0xFF
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        installing.install(entry(bytes(archive)), quiet, by_hand(tmp_path, bytes(archive)))
    assert_nothing(place)
