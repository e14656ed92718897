"""`coolhead measure`: the contract for scripts."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner, Result

from ui.cli import app
from voice.ports import VoiceProblem

MEASURES = {"loudness_dbfs", "pitch_hz", "pitch_range_st", "rate_syllables_s", "pause_share", "tilt_db"}


def voice(hz: float, rms: float, rate: int = 16_000, seconds: float = 2.0, falloff: float = 1.5) -> np.ndarray:
    """Syllables at 4 Hz."""
    t = np.arange(int(seconds * rate)) / rate
    harmonics = np.arange(1, int(min(4000, 0.45 * rate) / hz))
    sound = sum(np.sin(2 * np.pi * n * hz * t + n) / n**falloff for n in harmonics) * np.sin(4 * np.pi * t) ** 2
    return rms * sound / np.sqrt(np.mean(np.square(sound)))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A calm and a raised voice, and files that give trouble."""
    paths = {name: tmp_path / f"{name}.wav" for name in ("calm", "too", "raised", "stereo", "silence", "noise")}
    soundfile.write(paths["calm"], voice(120, 0.02), 16_000)
    soundfile.write(paths["too"], voice(124, 0.022), 16_000)
    soundfile.write(paths["raised"], voice(190, 0.1, falloff=1.2), 16_000)
    soundfile.write(paths["stereo"], np.column_stack([voice(120, 0.02, 8_000)] * 2), 8_000)
    soundfile.write(paths["silence"], np.zeros(16_000), 16_000)
    soundfile.write(paths["noise"], np.random.default_rng(3).standard_normal(16_000) * 0.1, 16_000)
    (tmp_path / "text.wav").write_text("not a sound")
    names = {name: str(path) for name, path in paths.items()}
    return names | {"text": str(tmp_path / "text.wav"), "missing": str(tmp_path / "missing.wav")}


def measure(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["measure", *arguments])


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_line_a_file_against_the_baseline(files: dict[str, str]) -> None:
    result = measure(files["raised"], files["too"], "--json", "--baseline", files["calm"])
    assert result.exit_code == 0
    raised, calm = lines(result)
    assert set(raised) == {"file", "seconds", "relative", "raised", "raised_no_level"} | MEASURES
    assert set(raised["relative"]) == MEASURES
    assert raised["file"] == files["raised"]
    assert raised["seconds"] == pytest.approx(2.0, abs=0.01)
    assert raised["pitch_hz"] == pytest.approx(190, rel=0.01)
    assert raised["relative"]["pitch_hz"] == pytest.approx(12 * math.log2(190 / 120), abs=0.1)
    assert raised["relative"]["loudness_dbfs"] == pytest.approx(20 * math.log10(5), abs=0.5)
    assert raised["relative"]["rate_syllables_s"] == pytest.approx(1.0, abs=0.01)
    assert raised["raised"] > 0.9 > 0.1 > calm["raised"]
    assert raised["raised_no_level"] > 0.9 > 0.1 > calm["raised_no_level"]


def test_several_baseline_files_are_taken_together(files: dict[str, str]) -> None:
    both = lines(measure(files["calm"], "--json", "--baseline", files["calm"], "--baseline", files["too"]))[0]
    assert both["relative"]["pitch_hz"] == pytest.approx(12 * math.log2(120 / math.sqrt(120 * 124)), abs=0.02)


def test_without_a_baseline_nothing_is_raised_or_not(files: dict[str, str]) -> None:
    line = lines(measure(files["raised"], "--json"))[0]
    assert (line["relative"], line["raised"], line["raised_no_level"]) == ({}, None, None)


def test_eight_kilohertz_and_stereo_are_read(files: dict[str, str]) -> None:
    line = lines(measure(files["stereo"], "--json"))[0]
    assert line["seconds"] == pytest.approx(2.0, abs=0.01)
    assert line["pitch_hz"] == pytest.approx(120, rel=0.01)


def test_silence_and_noise_are_measured_as_such(files: dict[str, str]) -> None:
    silence, noise = lines(measure(files["silence"], files["noise"], "--json", "--baseline", files["calm"]))
    assert (silence["pitch_hz"], silence["raised"], silence["relative"]) == (None, 0.0, {})
    assert (noise["pitch_hz"], noise["raised"]) == (None, 0.0)
    assert noise["relative"]["loudness_dbfs"] > 10


@pytest.mark.parametrize("bad", ["text", "missing"])
def test_a_bad_file_costs_one_sentence_and_not_the_others(files: dict[str, str], bad: str) -> None:
    result = measure(files["calm"], files[bad], files["too"], "--json")
    assert result.exit_code == 2
    assert [line["file"] for line in lines(result)] == [files["calm"], files["too"]]
    (sentence,) = result.stderr.splitlines()
    assert files[bad] in sentence
    assert sentence.startswith("coolhead: ")


@pytest.mark.parametrize("bad", ["text", "missing", "silence"])
def test_without_its_baseline_nothing_is_measured(files: dict[str, str], bad: str) -> None:
    result = measure(files["calm"], "--json", "--baseline", files[bad])
    assert isinstance(result.exception, VoiceProblem)
    assert result.stdout == ""


def test_for_people_it_says_why(files: dict[str, str]) -> None:
    result = measure(files["raised"], files["silence"], "--baseline", files["calm"])
    raised, silence = result.stdout.splitlines()
    assert "pitch +8 semitones" in raised
    assert "loudness +14 dB" in raised
    assert silence.endswith("no speech")
