"""Clips of pieces: a voice that is back is asked again, and a long call keeps only so many."""

from collections.abc import Iterator

import pytest

from tests.voice.mouth_stage import PATIENCE_SECONDS, RATE, Humming
from voice.speaking.rendering import Rendering
from voice.synthesis.pieces import Piece

ANGER = 40.0


@pytest.fixture
def voice() -> Humming:
    return Humming()


@pytest.fixture
def rendering(voice: Humming) -> Iterator[Rendering]:
    rendering = Rendering(voice, RATE)
    yield rendering
    rendering.close()


def piece(text: str) -> Piece:
    return Piece(text, 0, len(text))


def test_what_failed_is_rendered_anew_when_the_voice_is_back(voice: Humming, rendering: Rendering) -> None:
    voice.trouble = RuntimeError("model fell over")
    assert rendering.clip(piece("Hello."), ANGER).exception(PATIENCE_SECONDS)
    voice.trouble = None
    assert len(rendering.clip(piece("Hello."), ANGER).result(PATIENCE_SECONDS))


def test_a_long_call_keeps_only_the_latest_clips(voice: Humming, rendering: Rendering) -> None:
    """Each is a few hundred kilobytes."""
    lines = [f"Line {n}." for n in range(100)]
    for line in lines:
        rendering.clip(piece(line), ANGER).result(PATIENCE_SECONDS)
    for line in (lines[-1], lines[0]):
        rendering.clip(piece(line), ANGER).result(PATIENCE_SECONDS)
    assert voice.asked == [*lines, lines[0]]
