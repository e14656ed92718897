import hashlib
import os
import sys
from pathlib import Path

import pytest

from voice.models import weights
from voice.models.weights import ModelEntry, ModelFile
from voice.ports import VoiceProblem

DATA = b"first half|second half"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model "tiny" of two parts in two packages; where those are. Cache and temporary folder are under tmp_path."""
    for number, part in ((1, DATA[:11]), (2, DATA[11:])):
        package = tmp_path / "packages" / f"tiny_part{number}"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "model.bin").write_bytes(part)
        monkeypatch.delitem(sys.modules, package.name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    sha256 = hashlib.sha256(DATA).hexdigest()
    parts = ("tiny_part1/model.bin", "tiny_part2/model.bin")
    file = ModelFile("model.bin", len(DATA), sha256, parts)
    tiny = ModelEntry("tiny", "recognition", "whisper", "en", "MIT", "here", len(DATA), sha256, files=(file,))
    monkeypatch.setattr(weights, "manifest", lambda: (tiny,))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return tmp_path / "packages"


def test_parts_are_joined_once(model: Path) -> None:
    folder = weights.packaged_dir("tiny")
    assert (folder / "model.bin").read_bytes() == DATA
    inode = (folder / "model.bin").stat().st_ino
    assert weights.packaged_dir("tiny") == folder
    assert (folder / "model.bin").stat().st_ino == inode
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_truncated_copy_is_noticed_and_made_anew(model: Path) -> None:
    copy = weights.packaged_dir("tiny") / "model.bin"
    copy.write_bytes(DATA[:5])
    assert (weights.packaged_dir("tiny") / "model.bin").read_bytes() == DATA


def test_verify_notices_damage_that_hides_its_size_and_time(model: Path) -> None:
    copy = weights.packaged_dir("tiny") / "model.bin"
    times = copy.stat()
    copy.write_bytes(DATA[::-1])
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert copy.read_bytes() != DATA
    assert (weights.verify("tiny") / "model.bin").read_bytes() == DATA


def test_a_damaged_package_is_refused_and_leaves_nothing(model: Path, tmp_path: Path) -> None:
    (model / "tiny_part2" / "model.bin").write_bytes(b"something else")
    with pytest.raises(VoiceProblem, match="damaged"):
        weights.packaged_dir("tiny")
    assert not list((tmp_path / "cache").rglob("model.bin"))


def test_a_missing_part_is_refused(model: Path) -> None:
    (model / "tiny_part2" / "model.bin").unlink()
    with pytest.raises(VoiceProblem, match="tiny_part2 is missing or incomplete"):
        weights.packaged_dir("tiny")


def test_a_home_that_cannot_be_written_is_no_hindrance(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    folder = weights.packaged_dir("tiny")
    assert folder.is_relative_to(tmp_path / "temporary")
    assert (folder / "model.bin").read_bytes() == DATA


def test_nowhere_to_write_is_one_sentence(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "a file"))
    with pytest.raises(VoiceProblem, match="could not be unpacked"):
        weights.packaged_dir("tiny")


def test_an_unknown_model_is_named_with_those_known(model: Path) -> None:
    with pytest.raises(VoiceProblem, match=r"'huge'.*tiny"):
        weights.packaged_dir("huge")


def test_the_real_manifest_tells_the_truth_about_every_packaged_file() -> None:
    from importlib import resources

    for entry in weights.manifest():
        assert bool(entry.url) != bool(entry.files)
        for file in entry.files:
            digest, size = hashlib.sha256(), 0
            for part in file.parts:
                package, _, path = part.partition("/")
                piece = resources.files(package).joinpath(path).read_bytes()
                digest.update(piece)
                size += len(piece)
            assert (size, digest.hexdigest()) == (file.bytes, file.sha256), f"{entry.name}: {file.name}"
