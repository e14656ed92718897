"""The real recogniser, loaded once for a file of tests."""

import pytest

from voice.recognition.whisper import Whisper


@pytest.fixture(scope="module")
def loaded() -> Whisper:
    whisper = Whisper()
    whisper.warm_up()
    return whisper


@pytest.fixture
def whisper(loaded: Whisper) -> Whisper:
    loaded.abort()
    return loaded
