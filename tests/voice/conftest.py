"""A mouth in virtual time; where models go in a test, and a server to fetch them from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voice import model_server
from tests.voice.model_archive import ARCHIVE
from tests.voice.mouth_stage import Stage


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models go in this test; it does not exist yet."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return tmp_path / "data" / "models"


@pytest.fixture
def served(place: Path) -> Iterator[model_server.Served]:
    with model_server.serving(ARCHIVE) as server:
        yield server


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.voice.let_through.set()
    stage.mouth.close()
