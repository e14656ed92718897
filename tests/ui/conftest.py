"""What the tests of the screens and of what is kept share."""

from pathlib import Path

import pytest

from ui.records.archive import calls_folder
from ui.screens import call as call_screen


@pytest.fixture
def no_pause_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter opens the debrief at once, however lately a key was pressed."""
    monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 0.0)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything that Coolhead keeps is below it; there is no call yet."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COOLHEAD_SETTINGS", str(tmp_path / "config" / "settings.json"))
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    calls_folder().mkdir(parents=True)
    return tmp_path
