import io
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.audio import SAMPLE_RATE, Samples
from voice.ports import VoiceProblem
from voice.recordings.reading import read


def tone(seconds: float, rate: int) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def wav(samples: Samples, rate: int, **options: str) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, samples, rate, format=options.get("format", "WAV"), subtype=options.get("subtype", "PCM_16"))
    return out.getvalue()


def dominant_hz(samples: Samples) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * SAMPLE_RATE / len(samples))


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_channels_become_16_khz_mono(tmp_path: Path, rate: int, channels: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(np.column_stack([tone(1.0, rate)] * channels), rate))
    recording = read(path)
    assert recording.remark == ""
    assert recording.seconds == pytest.approx(1.0, abs=0.01)
    assert recording.samples.dtype == np.float32
    assert dominant_hz(recording.samples) == pytest.approx(440, abs=2)
    assert np.abs(recording.samples).max() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_24", "FLOAT", "ULAW"])
def test_the_usual_encodings_are_read(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(tone(0.5, 8_000), 8_000, subtype=subtype))
    assert dominant_hz(read(path).samples) == pytest.approx(440, abs=4)


def test_a_wav_that_breaks_off_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "half.wav"
    whole = wav(tone(2.0, 16_000), 16_000)
    path.write_bytes(whole[: len(whole) // 2])
    recording = read(path)
    assert recording.seconds == pytest.approx(1.0, abs=0.01)
    assert "half.wav breaks off after 1.0 s" in recording.remark


def test_a_wav_written_by_a_program_that_streams_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "stream.wav"
    whole = bytearray(wav(tone(1.0, 16_000), 16_000))
    whole[4:8] = whole[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(whole)
    recording = read(path)
    assert recording.seconds == pytest.approx(1.0, abs=0.01)
    assert recording.remark == ""


def test_a_flac_that_breaks_off_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "half.flac"
    sound = tone(4.0, 16_000) + np.random.default_rng(0).standard_normal(64_000).astype(np.float32) * 0.01
    whole = wav(sound, 16_000, format="FLAC")
    path.write_bytes(whole[: len(whole) // 2])
    recording = read(path)
    assert 0.5 < recording.seconds < 3.0
    assert "breaks off" in recording.remark


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read as sound"),
        (b"RIFF", "cannot be read as sound"),
        (b"this is no sound " * 100, "cannot be read as sound"),
        (wav(np.zeros(0, np.float32), 16_000), "holds no sound"),
        (wav(tone(1.0, 16_000), 16_000)[:44], "holds no sound"),
    ],
)
def test_what_is_no_sound_gets_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(content)
    with pytest.raises(VoiceProblem, match=sentence):
        read(path)


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoiceProblem, match="does not exist"):
        read(tmp_path / "nothing.wav")
    with pytest.raises(VoiceProblem, match="is a folder"):
        read(tmp_path)


def test_samples_that_are_no_numbers_become_silence(tmp_path: Path) -> None:
    path = tmp_path / "nan.wav"
    sound = tone(0.1, 16_000)
    sound[10] = np.nan
    path.write_bytes(wav(sound, 16_000, subtype="FLOAT"))
    assert np.isfinite(read(path).samples).all()


def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(VoiceProblem, match=f"{path} is a pipe or a device"):
            read(path)


@pytest.mark.parametrize("rate", [1, 999, 2_000_000, 2**31 - 1])
def test_a_rate_that_nothing_records_is_named(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "a.wav"
    whole = bytearray(wav(tone(1.0, 16_000), 16_000))
    whole[24:28] = rate.to_bytes(4, "little")
    path.write_bytes(whole)
    with pytest.raises(VoiceProblem, match=rf"a\.wav says that it has {rate:,} samples a second"):
        read(path)


def test_one_sample_that_is_infinite_does_not_make_the_rest_inaudible(tmp_path: Path) -> None:
    path = tmp_path / "inf.wav"
    sound = tone(0.1, 16_000)
    sound[10] = np.inf
    path.write_bytes(wav(sound, 16_000, subtype="FLOAT"))
    assert np.abs(read(path).samples).max() == pytest.approx(0.5, abs=0.01)


def test_floats_on_the_scale_of_integers_are_brought_down_to_full_scale(tmp_path: Path) -> None:
    path = tmp_path / "int.wav"
    path.write_bytes(wav(tone(0.1, 16_000) * 32_768, 16_000, subtype="FLOAT"))
    sound = read(path).samples
    assert np.abs(sound).max() == pytest.approx(1.0)
    assert np.corrcoef(sound, tone(0.1, 16_000))[0, 1] > 0.999


def test_a_name_that_no_file_can_have_and_samples_without_a_header_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoiceProblem, match="cannot be read as sound"):
        read(tmp_path / ("long" * 100 + ".wav"))
    (tmp_path / "samples.raw").write_bytes(bytes(1000))
    with pytest.raises(VoiceProblem, match="cannot be read as sound"):
        read(tmp_path / "samples.raw")
