from pathlib import Path

import pytest

from voice.models import weights
from voice.ports import VoiceProblem
from voice.recognition import choose
from voice.recognition.vosk import Vosk
from voice.recognition.whisper import Whisper


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of installed models."""
    monkeypatch.setenv("COOLHEAD_DATA", str(tmp_path))
    return weights.models_dir()


def install(models: Path, name: str) -> None:
    (models / name / "am").mkdir(parents=True)
    (models / name / "am" / "final.mdl").write_bytes(b"")


def test_auto_is_whisper_until_a_vosk_model_is_installed(models: Path) -> None:
    assert isinstance(choose("auto"), Whisper)
    install(models, "vosk-model-small-en-us-0.15")
    chosen = choose("auto")
    assert isinstance(chosen, Vosk)
    assert chosen.model_hash == weights.entry("vosk-model-small-en-us-0.15").sha256
    assert isinstance(choose("auto", language="de"), Whisper)
    assert isinstance(choose("whisper"), Whisper)


def test_the_better_of_two_vosk_models_is_taken(models: Path) -> None:
    install(models, "vosk-model-small-en-us-0.15")
    install(models, "vosk-model-en-us-0.22-lgraph")
    assert choose("auto").model_hash == weights.entry("vosk-model-en-us-0.22-lgraph").sha256
    small = weights.entry("vosk-model-small-en-us-0.15")
    assert choose(small.name).model_hash == small.sha256


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("vosk", "coolhead models install vosk-model-small-en-us-0.15"),
        ("vosk-model-small-en-us-0.15", "is not installed"),
        ("silero-vad-6.2", "for voice activity, not for recognition"),
        ("siri", "no recogniser called 'siri': choose auto, vosk, whisper"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(name: str, sentence: str) -> None:
    with pytest.raises(VoiceProblem, match=sentence):
        choose(name)


def test_a_folder_is_taken_for_what_is_in_it(tmp_path: Path) -> None:
    install(tmp_path, "mine")
    assert isinstance(choose(str(tmp_path / "mine")), Vosk)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "model.bin").write_bytes(b"weights")
    assert isinstance(choose(str(tmp_path / "other")), Whisper)
    (tmp_path / "empty").mkdir()
    with pytest.raises(VoiceProblem, match="holds no speech model"):
        choose(str(tmp_path / "empty"))
