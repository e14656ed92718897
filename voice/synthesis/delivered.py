"""Any engine plus the delivery chain: the one Synthesizer there is."""

from typing import Protocol

import numpy as np

from dialogue.events import Delivery
from voice import delivery as chain
from voice.audio import AudioClip, Samples
from voice.delivery import Shape
from voice.spoken import pieces
from voice.synthesis.voices import Voice


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

    def render(self, text: str, delivery: Delivery) -> AudioClip:
        """Sentence by sentence, with the pauses between them; empty when nothing in `text` can be pronounced."""
        manner = chain.shape(delivery.anger, self.voice)
        sounds: list[Samples] = []
        rate, pause = 24_000, 0.0
        for piece in pieces(text, delivery.opener):
            clip = chain.deliver(self._engine.speak(piece.text, manner), manner)
            rate = clip.rate
            sounds += [np.zeros(int(pause * rate), np.float32), clip.samples]
            pause = chain.pause_seconds(piece.text, delivery.anger)
        return AudioClip(np.concatenate(sounds) if sounds else np.zeros(0, np.float32), rate)

    def close(self) -> None:
        self._engine.close()
