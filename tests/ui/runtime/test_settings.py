"""Settings: flags over environment over file; broken ones are explained."""

import stat
from pathlib import Path

import pytest

from ui.runtime.problems import Problem
from ui.runtime.settings import load_settings, remember


@pytest.fixture(autouse=True)
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "settings.json"
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(path))
    return path


def test_flags_win_over_the_environment_and_that_over_the_file(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember({"recognizer": "vosk", "voice": "pyttsx3", "theme": "coolhead-light"})
    assert load_settings().recognizer == "vosk"
    monkeypatch.setenv("COOLHEAD_RECOGNIZER", "whisper")
    assert load_settings().recognizer == "whisper"
    assert load_settings(recognizer="auto").recognizer == "auto"
    assert load_settings(recognizer=None).voice == "pyttsx3"
    assert stat.S_IMODE(settings_file.stat().st_mode) == 0o600


def test_a_value_that_cannot_be_is_named_with_its_choices() -> None:
    with pytest.raises(Problem, match=r"voice.*hibari"):
        load_settings(voice="siri")


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", "[]", "", "\x00"])
def test_a_broken_file_is_named(settings_file: Path, content: str) -> None:
    settings_file.parent.mkdir()
    settings_file.write_text(content)
    with pytest.raises(Problem, match=r"settings\.json"):
        load_settings()
