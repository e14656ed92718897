"""The breath's tones: quiet, without a click, gliding the right way; and silence where there is nothing to play on."""

import threading

import numpy as np
import pytest

from tests.voice.mouth_stage import PATIENCE_SECONDS, wait_for
from voice.audio import Samples
from voice.ports import Speaker, VoiceProblem
from voice.speaking.pacer_tones import HIGH_HZ, LOW_HZ, PEAK_DBFS, BreathSound, Step, tone

RATE = 48_000


def pitch_hz(sound: Samples) -> float:
    """By its zero crossings upwards."""
    return float(np.sum((sound[:-1] < 0) & (sound[1:] >= 0)) / (len(sound) / RATE))


@pytest.mark.parametrize(("step", "early", "late"), [("in", LOW_HZ, HIGH_HZ), ("out", HIGH_HZ, LOW_HZ)])
def test_it_glides_with_the_breath(step: Step, early: float, late: float) -> None:
    sound = tone(step, 3.0, RATE)
    assert pitch_hz(sound[: RATE // 2]) == pytest.approx(early, rel=0.05)
    assert pitch_hz(sound[-RATE // 2 :]) == pytest.approx(late, rel=0.05)


@pytest.mark.parametrize("step", ["in", "hold", "out"])
def test_it_is_quiet_as_long_as_the_step_and_clicks_nowhere(step: Step) -> None:
    sound = tone(step, 3.0, RATE)
    assert len(sound) == 3 * RATE
    assert np.abs(sound).max() <= 10 ** (PEAK_DBFS / 20)
    assert np.abs(np.diff(sound, prepend=0.0, append=0.0)).max() < 0.003
    assert (step == "hold") == (not sound.any())


class Headphones:
    rate = RATE

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.closed = threading.Event()

    def play(self, samples: Samples) -> None:
        self.heard.append(len(samples))

    def stop(self) -> None: ...

    def played_samples(self) -> int:
        return 0

    def pending_samples(self) -> int:
        return 0

    def close(self) -> None:
        self.closed.set()


def test_each_step_is_played_for_what_is_left_of_it_and_the_headphones_are_given_back() -> None:
    opened: list[Headphones] = []
    now = [0.0]

    def open_slowly() -> Speaker:
        now[0] = 0.5
        opened.append(Headphones())
        return opened[-1]  # type: ignore[return-value]

    sound = BreathSound(open_slowly, lambda: now[0])
    sound.step("in", 3.0)
    wait_for(lambda: bool(opened and opened[0].heard))
    sound.step("hold", 5.0)
    sound.stop()
    assert opened[0].closed.wait(PATIENCE_SECONDS)
    assert opened[0].heard == [round(2.5 * RATE), 5 * RATE]
    sound.step("in", 3.0)  # again
    sound.stop()
    wait_for(lambda: len(opened) == 2)
    assert opened[1].closed.wait(PATIENCE_SECONDS)


def test_without_headphones_there_is_silence_and_no_complaint() -> None:
    tried = threading.Event()

    def none() -> Speaker:
        tried.set()
        raise VoiceProblem("There are no headphones.")

    sound = BreathSound(none)
    sound.step("in", 3.0)
    assert tried.wait(PATIENCE_SECONDS)
    sound.step("hold", 5.0)
    sound.stop()
