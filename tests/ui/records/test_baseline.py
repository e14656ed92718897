"""The stored baseline follows calm turns, never raised ones, and nothing but numbers is kept."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from dialogue.events import CallEnded, Prosody, Utterance
from ui.records.baseline import FollowingBaseline
from ui.runtime.settings import load_settings, remember

BASELINE = Prosody(30.0, -27.0, 180.0, 5.0, 4.1, 0.12, -14.0)


@pytest.fixture(autouse=True)
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "settings.json"))
    return tmp_path / "settings.json"


def turn(loud: float, pitch: float, tilt: float) -> Utterance:
    return Utterance(9.0, 5.0, 9.0, "words", "voice", prosody=Prosody(4.0, loud, pitch, 5.0, 4.1, 0.1, tilt))


def test_a_calm_turn_moves_it_a_little_and_it_is_remembered(settings_file: Path) -> None:
    remember({"baseline": asdict(BASELINE)})
    told: list[Prosody] = []
    following = FollowingBaseline(BASELINE, told.append)
    following(turn(-28.0, 178.0, -14.0))
    assert load_settings().baseline == BASELINE
    following(CallEnded(30.0, "satisfied", ""))
    kept = load_settings().baseline
    assert kept is not None
    assert -28.0 < kept.loudness_dbfs < -27.0
    assert told == [kept]
    assert set(json.loads(settings_file.read_text())) == {"baseline"}


def test_what_was_measured_since_the_call_began_is_not_overwritten(settings_file: Path) -> None:
    measured = Prosody(30.0, -20.0, 200.0, 5.0, 4.1, 0.12, -14.0)
    following = FollowingBaseline(BASELINE)
    following(turn(-28.0, 178.0, -14.0))
    remember({"baseline": asdict(measured)})
    following(CallEnded(30.0, "satisfied", ""))
    assert load_settings().baseline == measured
    settings_file.write_text("not json")
    following(CallEnded(31.0, "satisfied", ""))
    assert settings_file.read_text() == "not json"


def test_a_raised_turn_leaves_it_alone(settings_file: Path) -> None:
    following = FollowingBaseline(BASELINE)
    following(turn(-12.0, 260.0, -6.0))
    following.keep()
    assert following.now == BASELINE
    assert not settings_file.exists()


def test_remembering_changes_only_what_was_chosen(settings_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember({"theme": "coolhead-light", "captions": False})
    monkeypatch.setenv("COOLHEAD_RECOGNIZER", "vosk")
    remember({"theme": "coolhead-dark"})
    assert json.loads(settings_file.read_text()) == {"theme": "coolhead-dark", "captions": False}
    assert settings_file.stat().st_mode & 0o077 == 0
    assert load_settings().captions is False


def test_a_broken_file_is_begun_anew(settings_file: Path) -> None:
    settings_file.write_text("not json")
    remember({"pacer": "4-2-6"})
    assert load_settings().pacer == "4-2-6"
