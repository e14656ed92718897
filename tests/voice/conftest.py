from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voice import virtual_headset


@pytest.fixture
def headset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[virtual_headset.VirtualHeadset]:
    """A running virtual headset that this process's PortAudio finds as its default devices."""
    if why := virtual_headset.missing():
        pytest.skip(why)
    running = virtual_headset.VirtualHeadset(tmp_path)
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    yield running
    running.close()
