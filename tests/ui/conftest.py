"""What the tests of the dashboard's calls share."""

import pytest

from ui.screens import call as call_screen


@pytest.fixture
def no_pause_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter opens the debrief at once, however lately a key was pressed."""
    monkeypatch.setattr(call_screen, "PAUSE_AFTER_END_SECONDS", 0.0)
