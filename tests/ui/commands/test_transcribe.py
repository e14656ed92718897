import json
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.voice.scripted import LevelVad, ScriptedRecognizer, noise, silence
from ui.commands import transcribe
from voice import recognition
from voice.audio import Samples
from voice.recordings import transcription
from voice.synthesis import choose


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence from the bundled voice, between half seconds of silence, at the voice's own rate."""
    voice = choose("hibari")
    try:
        clip = voice.render("I will send a new router to your address tomorrow morning.", 0.0)
    finally:
        voice.close()
    path = tmp_path_factory.mktemp("speech") / "sentence.wav"
    pause = np.zeros(clip.rate // 2, np.float32)
    soundfile.write(path, np.concatenate([pause, clip.samples, pause]), clip.rate)
    return path


@pytest.mark.real
def test_a_sentence_is_written_down_with_its_times(sentence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert transcribe.run([sentence], json_lines=True, recognizer="whisper") == 0
    out, err = capsys.readouterr()
    assert err == ""
    [line] = map(json.loads, out.splitlines())
    assert set(line) == {"file", "text", "utterances", "audio_seconds", "seconds"}
    said = ["i", "will", "send", "a", "new", "router", "to", "your", "address", "tomorrow", "morning"]
    heard = [word.strip(".,").lower() for word in line["text"].split()]
    assert len(set(said) & set(heard)) >= 9
    [utterance] = line["utterances"]
    assert utterance["start"] == pytest.approx(0.5, abs=0.2)
    assert utterance["end"] == pytest.approx(line["audio_seconds"] - 0.5, abs=0.25)
    times = [each for word in utterance["words"] for each in (word["start"], word["end"])]
    assert times == sorted(times)
    assert 0.2 < times[0] < times[-1] < line["audio_seconds"] + 0.1
    assert [word["text"] for word in utterance["words"]] == line["text"].split()


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "choose", lambda name: ScriptedRecognizer(["Hello."]))


@pytest.mark.usefixtures("scripted")
def test_bad_files_are_named_and_the_others_still_done(
    tmp_path: Path, sentence: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, text = tmp_path / "empty.wav", tmp_path / "text.wav"
    empty.touch()
    text.write_text("not a sound")
    files = [empty, sentence, tmp_path / "nothing.wav", text, sentence]
    assert transcribe.run(files, json_lines=True, recognizer=None) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["Hello.", "Hello."]
    assert len(err.splitlines()) == 3
    for name, line in zip(("empty.wav", "nothing.wav", "text.wav"), err.splitlines(), strict=True):
        assert name in line


@pytest.mark.usefixtures("scripted")
def test_a_file_that_breaks_off_is_done_with_a_remark(
    tmp_path: Path, sentence: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half = tmp_path / "half.wav"
    half.write_bytes(sentence.read_bytes()[: sentence.stat().st_size // 2])
    assert transcribe.run([half], json_lines=True, recognizer=None) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["text"] == "Hello."
    assert "breaks off" in err


@pytest.mark.usefixtures("scripted")
def test_people_get_times_and_text(tmp_path: Path, sentence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = tmp_path / "quiet.wav"
    soundfile.write(quiet, silence(1.0), 16_000)
    assert transcribe.run([sentence, quiet], json_lines=False, recognizer=None) == 0
    out, _ = capsys.readouterr()
    assert "  0:00." in out
    assert "Hello." in out
    assert "(no speech)" in out


def test_whoever_stops_it_does_not_wait_for_the_end_of_a_long_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file takes a minute; it is being heard, and the first has been printed, when Ctrl+C is pressed."""
    seconds, under_way = 600, threading.Event()

    class Endless(ScriptedRecognizer):
        heard = 0

        def accept(self, samples: Samples) -> None:
            Endless.heard += len(samples)
            if Endless.heard > 2 * 16_000:  # more than there is of the first
                under_way.set()
            time.sleep(0.002)

    def interrupt(*words: object, **more: object) -> None:
        assert under_way.wait(20)
        raise KeyboardInterrupt

    long = tmp_path / "long.wav"
    soundfile.write(long, np.tile(noise(0.5), 2 * seconds), 16_000)
    short = tmp_path / "short.wav"
    soundfile.write(short, noise(0.5), 16_000)
    monkeypatch.setattr(recognition, "choose", lambda name: Endless(["Hello."]))
    monkeypatch.setattr(recognition, "siblings", lambda engine: [engine, Endless(["Hello."])])
    monkeypatch.setattr(transcription, "SileroVad", LevelVad)  # for which noise is speech
    monkeypatch.setattr("builtins.print", interrupt)
    with pytest.raises(KeyboardInterrupt):
        transcribe.run([short, long], json_lines=True, recognizer=None)
    assert Endless.heard < seconds / 2 * 16_000
    assert not any(thread.name.startswith("transcribes") for thread in threading.enumerate())
