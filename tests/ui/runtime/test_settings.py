"""Settings: flags over environment over file; broken ones are explained."""

import stat
from pathlib import Path

import pytest

from ui.commands import doctor
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


def test_a_name_that_is_no_setting_is_named_by_the_doctor(settings_file: Path) -> None:
    remember({"voice": "pyttsx3"})
    assert not any(finding.check == "settings" for finding in doctor.of_settings())
    remember({"microfone": "USB headset"})
    [finding] = doctor.of_settings()
    assert finding.state == "note"
    assert f"{settings_file} names what is no setting: microfone." in finding.text


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", "[]", "", "\x00", '{"a":' * 100_000])
def test_a_broken_file_is_named(settings_file: Path, content: str) -> None:
    settings_file.parent.mkdir()
    settings_file.write_text(content)
    with pytest.raises(Problem, match=r"settings\.json"):
        load_settings()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"agent_name": "\\ud800"}', '"agent_name" cannot be'),
        ('{"keep_days": 999999999}', '"keep_days" cannot be'),
        ('{"baseline": {}}', "in COOLHEAD_BASELINE or"),
        ('{"theme": "' + "x" * 50_000 + '"}', '"theme" cannot be'),
    ],
)
def test_a_value_that_would_break_something_later_is_refused_at_once(
    settings_file: Path, content: str, says: str
) -> None:
    settings_file.parent.mkdir()
    settings_file.write_text(content)
    with pytest.raises(Problem) as told:
        load_settings()
    assert says in str(told.value)
    assert len(str(told.value)) < 600


def test_what_an_editor_saved_with_a_mark_before_it_is_read_and_kept(settings_file: Path) -> None:
    settings_file.parent.mkdir()
    settings_file.write_text('\ufeff{"agent_name": "Zoë"}', encoding="utf-8")
    assert load_settings().agent_name == "Zoë"
    remember({"theme": "coolhead-light"})
    assert (load_settings().agent_name, load_settings().theme) == ("Zoë", "coolhead-light")
