"""The regression on the recogniser's encoder that tells a pause from an end."""

from pathlib import Path

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE
from voice.ports import VoiceProblem
from voice.recognition import endofturn
from voice.recognition.endofturn import FRAME_SAMPLES, SILENCE_SECONDS, WINDOWS, EndOfTurn, features

WIDTH = 4


def encoded(frames: int) -> np.ndarray:
    """Each frame holds its own number."""
    return np.repeat(np.arange(frames, dtype=np.float32)[:, None], WIDTH, axis=1)


def test_the_end_of_speech_is_looked_at_and_the_silence_behind_it() -> None:
    end = 40
    samples = end * FRAME_SAMPLES + round(SILENCE_SECONDS * SAMPLE_RATE)
    before, behind = features(encoded(300), samples).reshape(len(WINDOWS), WIDTH)
    assert np.all(before == 38.0)  # 37, 38, 39
    assert np.all(behind == 41.0)  # 40, 41, 42


@pytest.mark.parametrize("samples", [0, 100, 1700, 2400])
def test_sound_too_short_for_that_is_no_trouble(samples: int) -> None:
    assert np.isfinite(features(encoded(300), samples)).all()


def test_log_odds_are_linear_in_what_is_seen() -> None:
    rule = EndOfTurn(np.full(len(WINDOWS) * WIDTH, 0.5, np.float32), -1.0)
    samples = 40 * FRAME_SAMPLES + round(SILENCE_SECONDS * SAMPLE_RATE)
    assert rule.log_odds(encoded(300), samples) == pytest.approx(0.5 * WIDTH * (38.0 + 41.0) - 1.0)


def test_the_weights_that_come_with_coolhead_fit_whisper_base() -> None:
    rule = endofturn.load()
    assert rule.weights.shape == (len(WINDOWS) * endofturn.WIDTH,)
    assert np.isfinite(rule.weights).all()
    assert rule.weights.std() > 0.0


@pytest.mark.parametrize("damage", ["missing", "empty", "cut off", "text", "another model's", "not a number"])
def test_damaged_weights_are_one_sentence(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path(str(endofturn.WEIGHTS)).read_bytes()
    path = tmp_path / "weights.npz"
    monkeypatch.setattr(endofturn, "WEIGHTS", path)
    rule = np.zeros(len(WINDOWS) * endofturn.WIDTH, np.float32)
    match damage:
        case "empty" | "cut off":
            path.write_bytes(whole[: len(whole) // 2 * (damage == "cut off")])
        case "text":
            path.write_text("hello")
        case "another model's":
            np.savez(path, weights=rule[:-1], bias=0.0)
        case "not a number":
            np.savez(path, weights=rule, bias=np.nan)
    with pytest.raises(VoiceProblem, match=r"weights\.npz, cannot be loaded \(.+\): install Coolhead again\.$") as told:
        endofturn.load()
    assert "\n" not in str(told.value)
    path.write_bytes(whole)
    assert endofturn.load().weights.any()
