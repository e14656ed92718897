"""Soft tones that go with a breath: rising as one breathes in, silent as one holds, falling as one breathes out.

Two sines each, quieter than any customer. They are optional: without headphones there is silence.
"""

import queue
import threading
import time
from collections.abc import Callable
from typing import Literal

import numpy as np

from voice.audio import Samples
from voice.ports import Speaker, VoiceProblem

Step = Literal["in", "hold", "out"]

PEAK_DBFS = -30.0
"""The calmest customer speaks at about -27 dBFS on the average, with peaks far above."""
LOW_HZ, HIGH_HZ = 165.0, 220.0
"""E3 and A3, a fourth apart; the breath glides between them."""
OVERTONE = 0.25
"""How strong the octave above is beside the tone, which makes it softer than a bare sine."""
STOP_SECONDS = 1.0


def tone(step: Step, seconds: float, rate: int) -> Samples:
    """What is heard during `step` of `seconds` s; shape (seconds * rate,), `rate` in Hz. Silent at both ends."""
    count = max(0, round(seconds * rate))
    if step == "hold":
        return np.zeros(count, np.float32)
    share = np.arange(count) / max(1, count)
    eased = (1.0 - np.cos(np.pi * share)) / 2.0
    extent = eased if step == "in" else 1.0 - eased
    pitch = LOW_HZ * (HIGH_HZ / LOW_HZ) ** extent
    phase = 2.0 * np.pi * np.cumsum(pitch) / rate
    swell = np.sin(np.pi * share) ** 2
    sound = (np.sin(phase) + OVERTONE * np.sin(2.0 * phase)) / (1.0 + OVERTONE)
    quiet: Samples = (10.0 ** (PEAK_DBFS / 20.0) * swell * sound).astype(np.float32)
    return quiet


class BreathSound:
    """Plays the tones in a thread of its own, from the first step until `stop`; may be begun again. Never raises."""

    def __init__(self, open_speaker: Callable[[], Speaker], monotonic: Callable[[], float] = time.monotonic) -> None:
        """`open_speaker` may take its time, and raise VoiceProblem: then there is silence."""
        self._open = open_speaker
        self._monotonic = monotonic
        self._steps: queue.SimpleQueue[tuple[Step, float, float] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def step(self, step: Step, seconds: float) -> None:
        """A step begins now and takes `seconds`. Returns at once."""
        began = self._monotonic()
        if self._thread is None:
            self._steps = queue.SimpleQueue()
            self._thread = threading.Thread(target=self._play, args=(self._steps,), name="breath sound", daemon=True)
            self._thread.start()
        self._steps.put((step, seconds, began))

    def stop(self) -> None:
        """Silence, and the headphones are given back, soon."""
        if self._thread is not None:
            self._steps.put(None)
            self._thread = None

    def _play(self, steps: "queue.SimpleQueue[tuple[Step, float, float] | None]") -> None:
        try:
            speaker = self._open()
        except VoiceProblem:
            return
        try:
            while each := steps.get():
                step, seconds, began = each
                late = round((self._monotonic() - began) * speaker.rate)
                speaker.stop()
                speaker.play(tone(step, seconds, speaker.rate)[late:])
            speaker.stop()
        except VoiceProblem:
            pass
        finally:
            speaker.close()
