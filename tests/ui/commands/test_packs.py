"""`coolhead packs`: what an author types, from the first line to a call."""

import io
import json
import sys
from pathlib import Path

import pytest

from ui.commands import packs
from ui.runtime.problems import Problem


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    monkeypatch.setattr("ui.commands.packs.checking.cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "packs"


def test_a_new_pack_is_listed_shown_and_passes(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert packs.new("late-parcel", folder=None) == 0
    assert (own / "schema.json").exists()
    capsys.readouterr()
    assert packs.list_packs(json_lines=True) == 0
    listed = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert "late-parcel" in listed
    assert "flatpack-bookcase" in listed
    assert packs.show("late-parcel") == 0
    shown = capsys.readouterr().out
    assert "card (only when asked)" in shown
    assert "fetch (offer, needed, with a time)" in shown
    assert packs.check(["late-parcel"], calls=0, json_lines=False) == 0
    assert "PASS late-parcel" in capsys.readouterr().out


def test_what_is_typed_to_a_customer_in_the_workbench_is_kept_nowhere(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ui.commands.packs.playing.cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(sys, "stdin", io.StringIO("Good morning, my zebra and I are listening.\n/bye\n"))
    packs.new("late-parcel", folder=None)
    assert packs.play("late-parcel", seed=1, difficulty="normal") == 0
    assert "zebra" in capsys.readouterr().out
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any(b"zebra" in path.read_bytes() for path in kept)
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


@pytest.mark.parametrize("name", ["My Pack", "", "../x", "flatpack-bookcase"])
def test_names_that_cannot_be_are_refused(name: str, own: Path) -> None:
    with pytest.raises(Problem):
        packs.new(name, folder=None)
    assert not list(own.glob("*.yaml"))


def test_an_old_pack_is_never_written_over(tmp_path: Path) -> None:
    packs.new("mine", folder=tmp_path)
    (tmp_path / "mine.yaml").write_text("precious")
    with pytest.raises(Problem, match="already"):
        packs.new("mine", folder=tmp_path)
    assert (tmp_path / "mine.yaml").read_text() == "precious"


def test_a_pack_with_mistakes_fails_the_check(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packs.new("mine", folder=None)
    path = own / "mine.yaml"
    path.write_text(path.read_text().replace("older_woman ", "old_lady ", 1).replace("id: mine", "id: yours", 1))
    capsys.readouterr()
    assert packs.check([str(path)], calls=0, json_lines=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert not found["passes"]
    assert "old_lady" in " ".join(found["complaints"])
    assert "they have to be the same" in " ".join(found["complaints"])
    path.write_text("format: [1")
    assert packs.check([str(path)], calls=0, json_lines=True) == 2
    assert "mine.yaml, line 1" in capsys.readouterr().err


@pytest.mark.real
def test_calls_are_judged_against_the_goals(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packs.new("mine", folder=None)
    capsys.readouterr()
    packs.check(["mine"], calls=1, json_lines=True)
    found = json.loads(capsys.readouterr().out)
    shares = {one["trainee"]: one["good"] for one in found["trainees"]}
    assert len(shares) == 7
    assert shares["excellent"] == 1
    assert shares["dismissive"] == shares["sycophant"] == shares["robotic"] == 0
    assert found["dead_ends"] == found["repeats"] == []
