"""A computer with sound devices that the test holds in its hand."""

import time
from collections.abc import Iterator

import numpy as np

from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, AudioFrame, Samples
from voice.ports import Arrived, VoiceProblem
from voice.soundcheck import Echo, Listener

TONE_DBFS = -27.0


class OpenMicrophone:
    """Gives what it was told to, again and again, until it is closed."""

    def __init__(self, sound: Samples) -> None:
        self.arrived: Arrived | None = None
        self.real_time = True
        self._sound = sound
        self._closed = False

    def __iter__(self) -> Iterator[AudioFrame]:
        index = 0
        while not self._closed:
            start = index % max(1, len(self._sound) - FRAME_SAMPLES)
            yield AudioFrame(self._sound[start : start + FRAME_SAMPLES], index)
            index += FRAME_SAMPLES
            time.sleep(FRAME_SECONDS)

    def close(self) -> None:
        self._closed = True


class QuietRoom:
    """One headset; a steady tone in the microphone. `echo` is what it hears of the customer."""

    def __init__(self, echo: Echo | None = None, sound: Samples | None = None, problem: str = "") -> None:
        self.echo = echo
        self.problem = problem
        self.said: list[str | None] = []
        self.opened: list[str | None] = []
        self._sound = tone() if sound is None else sound

    def microphones(self) -> list[str]:
        if self.problem:
            raise VoiceProblem(self.problem)
        return ["Headset Mono", "Webcam"]

    def headphones(self) -> list[str]:
        return ["Headset Stereo"]

    def listen(self, microphone: str | None) -> Listener:
        self.opened.append(microphone)
        return Listener(OpenMicrophone(self._sound))

    def say(self, headphones: str | None, listener: Listener | None) -> Echo | None:
        self.said.append(headphones)
        return self.echo


def tone() -> Samples:
    """Every 20 ms of it is as loud as any other."""
    seconds = np.arange(16_000) / 16_000
    return (np.sqrt(2) * 10 ** (TONE_DBFS / 20) * np.sin(2 * np.pi * 200 * seconds)).astype(np.float32)
