"""`coolhead models`: what people and scripts see."""

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.voice import model_server
from tests.voice.model_archive import ARCHIVE, FILES, NAME, entry
from ui.cli import app
from voice.models import weights
from voice.models.weights import ModelEntry, ModelFile
from voice.ports import VoiceProblem


def models(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["models", *arguments])


@pytest.fixture(autouse=True)
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A manifest of one model to fetch from loopback and one that comes with a package."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    package = tmp_path / "packages" / "command_test_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "voice.bin").write_bytes(b"weights")
    monkeypatch.syspath_prepend(package.parent)
    digest = hashlib.sha256(b"weights").hexdigest()
    file = ModelFile("voice.bin", 7, digest, ("command_test_weights/voice.bin",))
    bundled = ModelEntry("bundled-voice", "voice", "test", "en", "MIT", "nowhere", 7, digest, files=(file,))
    with model_server.serving(ARCHIVE) as served:
        monkeypatch.setattr(weights, "manifest", lambda: (entry(ARCHIVE, served.url), bundled))
        yield package


def statuses() -> dict[str, str]:
    return {line["name"]: line["status"] for line in map(json.loads, models("list", "--json").stdout.splitlines())}


def test_list_install_verify_remove(manifest: Path, tmp_path: Path) -> None:
    assert statuses() == {NAME: "not installed", "bundled-voice": "bundled"}
    installed = models("install", NAME)
    assert installed.exit_code == 0
    assert str(tmp_path / "data" / "models" / NAME) in installed.stdout
    assert statuses()[NAME] == "installed"
    verified = models("verify", "--json")
    assert verified.exit_code == 0
    assert [json.loads(line) for line in verified.stdout.splitlines()] == [
        {"name": NAME, "status": "installed", "ok": True, "files": len(FILES), "problems": []},
        {"name": "bundled-voice", "status": "bundled", "ok": True, "files": 1, "problems": []},
    ]
    assert models("remove", NAME).exit_code == 0
    assert statuses()[NAME] == "not installed"


def test_from_a_zip_brought_by_hand(tmp_path: Path) -> None:
    (tmp_path / "brought.zip").write_bytes(ARCHIVE)
    assert models("install", NAME, "--from", str(tmp_path / "brought.zip")).exit_code == 0
    assert statuses()[NAME] == "installed"


def test_verify_says_what_is_damaged_and_what_to_do(manifest: Path, tmp_path: Path) -> None:
    models("install", NAME)
    (tmp_path / "data" / "models" / NAME / "conf" / "mfcc.conf").unlink()
    (manifest / "voice.bin").write_bytes(b"damaged")
    result = models("verify")
    assert result.exit_code == 2
    fetched, bundled = result.stdout.splitlines()
    assert "conf/mfcc.conf" in fetched
    assert f"coolhead models install {NAME}" in fetched
    assert "reinstall Coolhead" in bundled


@pytest.mark.parametrize("command", ["install", "remove"])
def test_an_unknown_name_is_told_the_known_ones(command: str) -> None:
    result = models(command, "../../etc")
    assert isinstance(result.exception, VoiceProblem)
    assert NAME in str(result.exception)


def test_list_for_people_is_one_line_a_model() -> None:
    lines = models("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [NAME, "bundled-voice"]
    assert "not installed" in lines[0]
