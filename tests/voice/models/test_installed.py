"""Models that are there: verified, mended, removed; and those that come with Coolhead."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.voice.model_archive import ARCHIVE, FILES, NAME, assert_nothing, assert_whole, by_hand, entry, quiet
from voice.models import installing, weights
from voice.models.weights import ModelEntry, ModelFile
from voice.ports import VoiceProblem

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def installed(tmp_path: Path, place: Path) -> Path:
    return installing.install(entry(ARCHIVE), quiet, by_hand(tmp_path, ARCHIVE))


def test_a_whole_model_is_found_whole(installed: Path) -> None:
    verdict = installing.verify(entry(ARCHIVE))
    assert verdict == installing.Verdict(NAME, "installed", len(FILES), ())


def _change(folder: Path) -> None:
    (folder / "conf/mfcc.conf").write_bytes(b"--sample-frequency=8000\n\n")


def _shorten(folder: Path) -> None:
    (folder / "am/final.mdl").write_bytes(FILES["am/final.mdl"][:-1])


def _lose(folder: Path) -> None:
    (folder / "graph/HCLG.fst").unlink()


def _add(folder: Path) -> None:
    (folder / "conf/extra.conf").write_text("x")


def _unlist(folder: Path) -> None:
    (folder / installing.FILE_LIST).write_text("{")


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
    assert installing.verify(entry(ARCHIVE)).problems == (said,)
    assert_whole(installing.install(entry(ARCHIVE), quiet, tmp_path / "brought.zip"), place)
    assert installing.verify(entry(ARCHIVE)).problems == ()


def test_a_model_of_another_manifest_is_not_the_published_one(installed: Path) -> None:
    newer = replace(entry(ARCHIVE), sha256="0" * 64)
    assert installing.verify(newer).problems == ("it was installed from another archive than the manifest's",)


def test_removed_is_gone(installed: Path, place: Path) -> None:
    installing.remove(entry(ARCHIVE))
    assert_nothing(place)
    with pytest.raises(VoiceProblem, match="not installed"):
        installing.remove(entry(ARCHIVE))


def test_removing_also_forgets_a_broken_download(served, place: Path) -> None:
    served.cuts = [1000, 0, 0, 0]
    with pytest.raises(VoiceProblem):
        installing.install(entry(ARCHIVE, served.url), quiet)
    installing.remove(entry(ARCHIVE))
    assert_nothing(place)


def test_what_is_not_installed_has_nothing_to_verify() -> None:
    assert installing.verify(entry(ARCHIVE)) == installing.Verdict(NAME, "not installed", 0, ())


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
    assert installing.verify(bundled) == installing.Verdict("bundled", "bundled", 1, ())
    path = tmp_path / "packages" / "bundled_test_weights" / "model.bin"
    path.write_bytes(b"weighty")
    assert installing.verify(bundled).problems == ("model.bin has other content",)
    path.unlink()
    assert installing.verify(bundled).problems[0].startswith("model.bin: No such file")


def test_a_missing_package_is_named(bundled: ModelEntry) -> None:
    file = replace(bundled.files[0], parts=("no_such_package_here/model.bin",))
    verdict = installing.verify(replace(bundled, files=(file,)))
    assert verdict.problems == ("model.bin: the package no_such_package_here is missing",)


def test_bundled_models_are_neither_installed_nor_removed(bundled: ModelEntry) -> None:
    assert installing.status(bundled) == "bundled"
    with pytest.raises(VoiceProblem, match="comes with Coolhead"):
        installing.install(bundled, quiet)
    with pytest.raises(VoiceProblem, match="comes with Coolhead"):
        installing.remove(bundled)


def test_the_manifest_pins_every_download() -> None:
    downloads = [model for model in weights.manifest() if model.url]
    assert {model.name for model in downloads} >= {"vosk-model-small-en-us-0.15", "vosk-model-en-us-0.22-lgraph"}
    for model in downloads:
        assert model.url == f"https://alphacephei.com/vosk/models/{model.name}.zip"
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.bytes > 10_000_000
