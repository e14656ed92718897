"""Where things are kept on systems that these tests do not run on."""

from pathlib import Path

import platformdirs
import pytest
from platformdirs import macos, windows

from dialogue.persona.loading import own_folder
from ui.records.archive import calls_folder
from ui.records.score_cache import cache_folder
from ui.runtime.settings import settings_path
from voice.models.weights import models_dir


@pytest.mark.parametrize("system", [windows.Windows, macos.MacOS])
def test_everything_is_in_one_folder_of_coolheads_own(
    system: type[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COOLHEAD_DATA", "COOLHEAD_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platformdirs, "PlatformDirs", system)
    monkeypatch.setattr(windows, "get_win_folder", lambda _: str(tmp_path))
    assert own_folder().parent == calls_folder().parent == models_dir().parent
    for folder in (calls_folder(), cache_folder(), settings_path()):
        assert sum(part == "coolhead" for part in folder.parts) == 1, folder
