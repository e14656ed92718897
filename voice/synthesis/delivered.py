"""Any engine plus the delivery chain: the one Synthesizer there is."""

from typing import Protocol

import numpy as np

from voice.audio import AudioClip, Samples
from voice.synthesis import delivery as chain
from voice.synthesis.delivery import Shape
from voice.synthesis.pieces import BLEEP, pieces
from voice.synthesis.voices import Voice

BLEEP_HZ = 1000.0
"""As on the air."""
BLEEP_SECONDS = 0.32


class Engine(Protocol):
    """What differs between voices: text in, raw mono sound out, at the rate and pitch asked for.

    Level, tilt, drive, trimming and limiting are not its business. Raises VoiceProblem for trouble it expects.
    """

    name: str

    def warm_up(self) -> None: ...

    def speak(self, text: str, manner: Shape) -> AudioClip: ...

    def close(self) -> None: ...


class DeliveredVoice:
    """A `voice.ports.Synthesizer`. One thread at a time."""

    def __init__(self, engine: Engine, voice: Voice, reason: str = "") -> None:
        self.name = engine.name
        self.voice = voice
        self.reason = reason
        """Why this engine and not the one asked for first, in one sentence; empty when it is the first choice."""
        self._engine = engine

    def warm_up(self) -> None:
        self._engine.warm_up()

    def render(self, text: str, anger: float) -> AudioClip:
        """Sentence by sentence, with the pauses between them; empty when nothing in `text` can be pronounced."""
        manner = chain.shape(anger, self.voice)
        sounds: list[Samples] = []
        rate, pause = 24_000, 0.0
        for piece in pieces(text):
            clip = self._said(piece.text, manner)
            rate = clip.rate
            sounds += [np.zeros(int(pause * rate), np.float32), clip.samples]
            pause = chain.pause_seconds(piece.text, anger)
        return AudioClip(np.concatenate(sounds) if sounds else np.zeros(0, np.float32), rate)

    def _said(self, text: str, manner: Shape) -> AudioClip:
        """One sentence, with a tone for each word in it that is bleeped."""
        parts = [part if any(map(str.isalnum, part)) else "" for part in BLEEP.split(text)]
        clips = [chain.deliver(self._engine.speak(part.strip(), manner), manner) if part else None for part in parts]
        rate = next(clip.rate for clip in clips if clip)
        tone = bleep(rate, manner.level_dbfs)
        sounds: list[Samples] = []
        for clip in clips:
            sounds += [tone, *([clip.samples] if clip else [])]
        return AudioClip(np.concatenate(sounds[1:]), rate)

    def close(self) -> None:
        self._engine.close()


def bleep(rate: int, level_dbfs: float) -> Samples:
    """A tone of `BLEEP_SECONDS` at mean power `level_dbfs`, faded in and out over 10 ms."""
    at = np.arange(int(BLEEP_SECONDS * rate)) / rate
    fade = np.clip(np.minimum(at, at[::-1]) / 0.010, 0.0, 1.0)
    loud = np.sqrt(2.0) * 10.0 ** (level_dbfs / 20.0)
    return chain.limit((loud * fade * np.sin(2.0 * np.pi * BLEEP_HZ * at)).astype(np.float32))
