"""Installing models: from a real server on loopback, with every way that it can go wrong; nothing is half there."""

import errno
import hashlib
import io
import random
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.voice import model_server
from voice import models, unpack, weights
from voice.ports import VoiceProblem
from voice.weights import ModelEntry, ModelFile

NAME = "vosk-model-test-0.1"
FILES = {
    "am/final.mdl": random.Random(1).randbytes(300_000),
    "graph/HCLG.fst": b"graph " * 5_000,
    "conf/mfcc.conf": b"--sample-frequency=16000\n",
}


def zipped(files: dict[str, bytes], top: str = NAME) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if top:
            archive.writestr(f"{top}/", b"")
        for name, content in files.items():
            archive.writestr(f"{top}/{name}" if top else name, content)
    return out.getvalue()


ARCHIVE = zipped(FILES)


def entry(archive: bytes, url: str = "http://127.0.0.1:9/model.zip") -> ModelEntry:
    digest = hashlib.sha256(archive).hexdigest()
    return ModelEntry(NAME, "recognition", "vosk", "en", "Apache-2.0", "nowhere", len(archive), digest, url)


def quiet(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models go in this test; it does not exist yet."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return tmp_path / "data" / "models"


@pytest.fixture
def served() -> Iterator[model_server.Served]:
    with model_server.serving(ARCHIVE) as server:
        yield server


def assert_whole(folder: Path, place: Path) -> None:
    """The model and nothing else is there."""
    assert folder == place / NAME
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == set(FILES) | {models.FILE_LIST}
    assert all((folder / name).read_bytes() == content for name, content in FILES.items())
    assert [path.name for path in place.iterdir()] == [NAME]


def assert_nothing(place: Path, *, part: bool = False) -> None:
    """No model, no work folder; a part file only where it may be gone on with."""
    left = {path.name for path in place.iterdir()} if place.exists() else set()
    assert left == ({f"{NAME}.zip.part"} if part else set())
    assert weights.installed_dir(NAME) is None


# --- fetching ---------------------------------------------------------------------------------------------------


def test_download_check_unpack(served, place: Path) -> None:
    stages: dict[str, list[int]] = {}

    def report(stage: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        stages.setdefault(stage, []).append(done)

    folder = models.install(entry(ARCHIVE, served.url), report)
    assert_whole(folder, place)
    assert weights.installed_dir(NAME) == folder
    assert list(stages) == ["Fetching", "Checking", "Unpacking"]
    assert all(done == sorted(done) for done in stages.values())
    assert stages["Fetching"][-1] == len(ARCHIVE)


def test_installing_again_asks_nobody(served, place: Path) -> None:
    models.install(entry(ARCHIVE, served.url), quiet)
    models.install(entry(ARCHIVE, served.url), quiet)
    assert len(served.requests) == 1


def test_a_cut_connection_is_taken_up_where_it_broke(served, place: Path) -> None:
    served.cuts = [100_000, 50_000]
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)
    assert served.requests == [None, "bytes=100000-", "bytes=150000-"]


def test_a_cut_without_a_stated_length_is_noticed_too(served, place: Path) -> None:
    served.says_length, served.cuts = False, [100_000]
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)


def test_a_download_goes_on_the_next_day(served, place: Path) -> None:
    served.cuts = [120_000, 0, 0, 0]
    with pytest.raises(VoiceProblem, match=r"broke after 0\.1 of 0\.3 MB.*--from"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place, part=True)
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)
    assert served.requests[-1] == "bytes=120000-"


def test_a_server_without_ranges_starts_over(served, place: Path) -> None:
    served.ranges, served.cuts = False, [100_000]
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)
    assert len(served.requests) == 2


@pytest.mark.parametrize("left", [len(ARCHIVE) + 5, len(ARCHIVE)], ids=["too long", "of the right length"])
def test_a_part_of_something_else_is_thrown_away(served, place: Path, left: int) -> None:
    place.mkdir(parents=True)
    (place / f"{NAME}.zip.part").write_bytes(b"x" * left)
    if left == len(ARCHIVE):
        with pytest.raises(VoiceProblem, match="SHA-256"):
            models.install(entry(ARCHIVE, served.url), quiet)
        assert_nothing(place)
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_server_that_refuses(served, place: Path, status: int) -> None:
    served.status = status
    with pytest.raises(VoiceProblem, match=f"answers {status}"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


def test_no_network(place: Path) -> None:
    with model_server.serving(b"") as gone:
        url = gone.url
    with pytest.raises(VoiceProblem, match=r"127\.0\.0\.1:\d+ cannot be reached"):
        models.install(entry(ARCHIVE, url), quiet)
    assert_nothing(place)


def test_other_content_of_the_same_size(served, place: Path) -> None:
    served.content = bytes(len(ARCHIVE))
    with pytest.raises(VoiceProblem, match=r"SHA-256.*thrown away"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


@pytest.mark.parametrize(
    "content",
    [ARCHIVE[:-1], ARCHIVE + b"!", b"<html>Please log in</html>", b""],
    ids=["short", "long", "a page", "nothing"],
)
def test_a_file_of_another_size_is_refused_before_it_is_fetched(served, place: Path, content: bytes) -> None:
    served.content = content
    with pytest.raises(VoiceProblem, match=f"{len(content):,} instead of {len(ARCHIVE):,} bytes"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place)


def test_a_file_that_does_not_end_is_stopped(served, place: Path) -> None:
    served.content, served.says_length = ARCHIVE + bytes(1_000_000), False
    with pytest.raises(VoiceProblem, match="more instead of"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert weights.installed_dir(NAME) is None


# --- disk -------------------------------------------------------------------------------------------------------


def test_too_little_space_is_said_before_anything_is_fetched(served, place: Path, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
    with pytest.raises(VoiceProblem, match=r"needs about 1 MB.*has only 0 MB free"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert served.requests == []
    assert_nothing(place)


def test_a_disk_that_fills_up_while_unpacking(served, place: Path, monkeypatch) -> None:
    def full(source: BinaryIO, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(unpack, "_write", full)
    with pytest.raises(VoiceProblem, match="is full"):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert_nothing(place, part=True)
    monkeypatch.undo()
    monkeypatch.setenv("COOLHEAD_DATA", str(place.parent))
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)
    assert len(served.requests) == 1  # what was fetched is not fetched again


def test_a_place_that_is_no_folder(served, place: Path) -> None:
    place.parent.mkdir()
    place.write_text("in the way")
    with pytest.raises(VoiceProblem, match="COOLHEAD_DATA"):
        models.install(entry(ARCHIVE, served.url), quiet)


def test_interrupted_while_unpacking_nothing_is_half_there(served, place: Path, monkeypatch) -> None:
    write, written = unpack._write, []

    def interrupted(*arguments: object) -> unpack.Unpacked:
        if written:
            raise KeyboardInterrupt
        written.append(write(*arguments))
        return written[0]

    monkeypatch.setattr(unpack, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        models.install(entry(ARCHIVE, served.url), quiet)
    assert written
    assert_nothing(place, part=True)


def test_what_a_killed_process_left_is_cleared(served, place: Path, monkeypatch) -> None:
    (place / ".unpacking-dead" / "new").mkdir(parents=True)
    monkeypatch.setattr(models, "ABANDONED_SECONDS", -1.0)
    assert_whole(models.install(entry(ARCHIVE, served.url), quiet), place)


# --- archives ---------------------------------------------------------------------------------------------------


def by_hand(tmp_path: Path, archive: bytes) -> Path:
    path = tmp_path / "brought.zip"
    path.write_bytes(archive)
    return path


def test_a_zip_brought_by_hand(tmp_path: Path, place: Path) -> None:
    brought = by_hand(tmp_path, ARCHIVE)
    assert_whole(models.install(entry(ARCHIVE), quiet, brought), place)
    assert brought.read_bytes() == ARCHIVE


def test_a_zip_without_a_top_folder(tmp_path: Path, place: Path) -> None:
    archive = zipped(FILES, top="")
    assert_whole(models.install(entry(archive), quiet, by_hand(tmp_path, archive)), place)


@pytest.mark.parametrize("brought", [ARCHIVE[:-1], bytes(len(ARCHIVE)), b""], ids=["short", "zeros", "nothing"])
def test_another_zip_brought_by_hand_is_refused(tmp_path: Path, place: Path, brought: bytes) -> None:
    with pytest.raises(VoiceProblem, match="not the published"):
        models.install(entry(ARCHIVE), quiet, by_hand(tmp_path, brought))
    assert_nothing(place)


def test_a_zip_that_is_not_there(tmp_path: Path, place: Path) -> None:
    with pytest.raises(VoiceProblem, match="cannot be read"):
        models.install(entry(ARCHIVE), quiet, tmp_path / "none.zip")
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
        models.install(entry(archive), quiet, by_hand(tmp_path, archive))
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
        models.install(entry(out.getvalue()), quiet, by_hand(tmp_path, out.getvalue()))
    assert_nothing(place)


def test_a_bomb_is_refused_before_anything_is_written(tmp_path: Path, place: Path) -> None:
    archive = zipped({"zeros": bytes(30_000_000)})
    with pytest.raises(VoiceProblem, match="far more than a speech model"):
        models.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


def test_a_bomb_that_lies_about_its_size_writes_no_more_than_it_said(tmp_path: Path, place: Path) -> None:
    honest = zipped({"zeros": bytes(30_000_000)})
    lying = honest.replace((30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        models.install(entry(lying), quiet, by_hand(tmp_path, lying))
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
        models.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


@pytest.mark.parametrize("end", [10, 1_000, len(ARCHIVE) - 30])
def test_a_truncated_zip(tmp_path: Path, place: Path, end: int) -> None:
    archive = ARCHIVE[:end]
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        models.install(entry(archive), quiet, by_hand(tmp_path, archive))
    assert_nothing(place)


def test_damage_inside_a_zip(tmp_path: Path, place: Path) -> None:
    archive = bytearray(ARCHIVE)
    archive[1_000] ^= 0xFF
    with pytest.raises(VoiceProblem, match="not a whole zip"):
        models.install(entry(bytes(archive)), quiet, by_hand(tmp_path, bytes(archive)))
    assert_nothing(place)


# --- what is installed ------------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path, place: Path) -> Path:
    return models.install(entry(ARCHIVE), quiet, by_hand(tmp_path, ARCHIVE))


def test_a_whole_model_is_found_whole(installed: Path) -> None:
    verdict = models.verify(entry(ARCHIVE))
    assert verdict == models.Verdict(NAME, "installed", len(FILES), ())


def _change(folder: Path) -> None:
    (folder / "conf/mfcc.conf").write_bytes(b"--sample-frequency=8000\n\n")


def _shorten(folder: Path) -> None:
    (folder / "am/final.mdl").write_bytes(FILES["am/final.mdl"][:-1])


def _lose(folder: Path) -> None:
    (folder / "graph/HCLG.fst").unlink()


def _add(folder: Path) -> None:
    (folder / "conf/extra.conf").write_text("x")


def _unlist(folder: Path) -> None:
    (folder / models.FILE_LIST).write_text("{")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_change, "conf/mfcc.conf has other content"),
        (_shorten, "am/final.mdl has 299,999 bytes instead of 300,000"),
        (_lose, "graph/HCLG.fst: No such file or directory"),
        (_add, "conf/extra.conf does not belong to it"),
        (_unlist, "coolhead-files.json is missing or damaged"),
    ],
)
def test_damage_is_found_and_installing_mends_it(installed: Path, tmp_path: Path, place: Path, harm, said: str) -> None:
    harm(installed)
    assert models.verify(entry(ARCHIVE)).problems == (said,)
    assert_whole(models.install(entry(ARCHIVE), quiet, tmp_path / "brought.zip"), place)
    assert models.verify(entry(ARCHIVE)).problems == ()


def test_a_model_of_another_manifest_is_not_the_published_one(installed: Path) -> None:
    newer = replace(entry(ARCHIVE), sha256="0" * 64)
    assert models.verify(newer).problems == ("it was installed from another archive than the manifest's",)


def test_removed_is_gone(installed: Path, place: Path) -> None:
    models.remove(entry(ARCHIVE))
    assert_nothing(place)
    with pytest.raises(VoiceProblem, match="not installed"):
        models.remove(entry(ARCHIVE))


def test_removing_also_forgets_a_broken_download(served, place: Path) -> None:
    served.cuts = [1000, 0, 0, 0]
    with pytest.raises(VoiceProblem):
        models.install(entry(ARCHIVE, served.url), quiet)
    models.remove(entry(ARCHIVE))
    assert_nothing(place)


def test_what_is_not_installed_has_nothing_to_verify() -> None:
    assert models.verify(entry(ARCHIVE)) == models.Verdict(NAME, "not installed", 0, ())


# --- what comes with Coolhead -----------------------------------------------------------------------------------


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    """A model of one file that a package carries in one piece."""
    package = tmp_path / "packages" / "bundled_test_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('verifying must not run the package')")
    (package / "model.bin").write_bytes(b"weights")
    monkeypatch.syspath_prepend(package.parent)
    digest = hashlib.sha256(b"weights").hexdigest()
    file = ModelFile("model.bin", 7, digest, ("bundled_test_weights/model.bin",))
    return ModelEntry("bundled", "voice", "test", "en", "MIT", "nowhere", 7, digest, files=(file,))


def test_bundled_weights_are_verified_by_content(bundled: ModelEntry, tmp_path: Path) -> None:
    assert models.verify(bundled) == models.Verdict("bundled", "bundled", 1, ())
    path = tmp_path / "packages" / "bundled_test_weights" / "model.bin"
    path.write_bytes(b"weighty")
    assert models.verify(bundled).problems == ("model.bin has other content",)
    path.unlink()
    assert models.verify(bundled).problems[0].startswith("model.bin: No such file")


def test_a_missing_package_is_named(bundled: ModelEntry) -> None:
    file = replace(bundled.files[0], parts=("no_such_package_here/model.bin",))
    verdict = models.verify(replace(bundled, files=(file,)))
    assert verdict.problems == ("model.bin: the package no_such_package_here is missing",)


def test_bundled_models_are_neither_installed_nor_removed(bundled: ModelEntry) -> None:
    assert models.status(bundled) == "bundled"
    with pytest.raises(VoiceProblem, match="comes with Coolhead"):
        models.install(bundled, quiet)
    with pytest.raises(VoiceProblem, match="comes with Coolhead"):
        models.remove(bundled)


def test_the_manifest_pins_every_download() -> None:
    downloads = [model for model in weights.manifest() if model.url]
    assert {model.name for model in downloads} >= {"vosk-model-small-en-us-0.15", "vosk-model-en-us-0.22-lgraph"}
    for model in downloads:
        assert model.url == f"https://alphacephei.com/vosk/models/{model.name}.zip"
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.bytes > 10_000_000
