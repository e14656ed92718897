"""The sound check: what an echo is and what is none, and what a reading is worth."""

import numpy as np
import pytest

from tests.ui.room import OpenMicrophone, tone
from voice.audio import SAMPLE_RATE, AudioClip, Samples, dbfs
from voice.devices.scripted import ScriptedSpeaker
from voice.ports import VoiceProblem
from voice.soundcheck import Listener, echo, play, reading_baseline

SECONDS = 4.0


def babble(seed: int, level_dbfs: float = -20.0) -> Samples:
    """Noise in syllables: loud and soft stretches of 60 to 300 ms, as speech has them. 16 kHz, 4 s."""
    random = np.random.default_rng(seed)
    gains: list[float] = []
    while len(gains) < SECONDS * SAMPLE_RATE:
        gains += [float(random.choice([0.02, 0.3, 1.0]))] * int(random.integers(960, 4800))
    sound = random.standard_normal(round(SECONDS * SAMPLE_RATE)) * np.array(gains[: round(SECONDS * SAMPLE_RATE)])
    return (sound * 10 ** ((level_dbfs - dbfs(sound.astype(np.float32))) / 20)).astype(np.float32)


def room(seed: int, level_dbfs: float = -60.0) -> Samples:
    noise = np.random.default_rng(seed).standard_normal(round(SECONDS * SAMPLE_RATE))
    return (noise * 10 ** (level_dbfs / 20)).astype(np.float32)


def later(sound: Samples, seconds: float) -> Samples:
    return np.concatenate([np.zeros(round(seconds * SAMPLE_RATE), np.float32), sound])[: len(sound)]


@pytest.mark.parametrize("delay", [0.02, 0.25, 0.6])
@pytest.mark.parametrize("loss_db", [10.0, 30.0])
def test_an_echo_is_found_whatever_its_delay(delay: float, loss_db: float) -> None:
    played = babble(1)
    heard = room(2) + later(played, delay) * np.float32(10 ** (-loss_db / 20))
    assert echo(room(3), heard, played).heard


def test_a_quiet_headset_has_none() -> None:
    assert not echo(room(3), room(2), babble(1)).heard


@pytest.mark.parametrize("seed", range(5, 15))
def test_somebody_who_talks_meanwhile_is_no_echo(seed: int) -> None:
    assert not echo(room(3), room(2) + babble(seed), babble(1)).heard


def test_nothing_heard_or_nothing_played_is_no_echo() -> None:
    nothing = np.zeros(0, np.float32)
    assert not echo(nothing, nothing, babble(1)).heard
    assert not echo(room(1), room(2), nothing).heard


def test_a_reading_with_too_little_speech_is_no_baseline() -> None:
    with pytest.raises(VoiceProblem, match="too little"):
        reading_baseline(np.concatenate([room(1), room(2)]))
    with pytest.raises(VoiceProblem, match="too little"):
        reading_baseline(np.zeros(0, np.float32))


def test_a_reading_is_measured_stretch_by_stretch() -> None:
    seconds = np.arange(20 * SAMPLE_RATE) / SAMPLE_RATE
    syllables = (np.sin(2 * np.pi * 2 * seconds) > -0.5).astype(np.float32)  # two a second
    voice = sum(np.sin(2 * np.pi * 180 * harmonic * seconds) / harmonic for harmonic in range(1, 12))
    noise = np.random.default_rng(4).standard_normal(len(seconds)) * 1e-3
    baseline = reading_baseline((0.05 * voice * syllables + noise).astype(np.float32))
    assert baseline.pitch_hz == pytest.approx(180.0, rel=0.02)
    assert baseline.seconds == pytest.approx(20.0, abs=2.0)
    assert baseline.rate_syllables_s == pytest.approx(2.0, abs=0.4)


def test_a_listener_keeps_sound_only_when_asked_and_forgets_it() -> None:
    listener = Listener(OpenMicrophone(tone()))
    try:
        assert len(listener.recorded()) == 0
        listener.record()
        while not listener.recorded().any():
            listener.record()
        assert listener.level_dbfs == pytest.approx(-27.0, abs=0.5)
        assert len(listener.recorded()) == 0
    finally:
        listener.close()


def test_headphones_that_die_while_they_are_tried_are_no_headphones_without_an_echo() -> None:
    class Dying(ScriptedSpeaker):
        def pending_samples(self) -> int:
            self.problem = "The headphones have stopped playing."
            return super().pending_samples()

    with pytest.raises(VoiceProblem, match="have stopped playing"):
        play(Dying(), AudioClip(babble(1), SAMPLE_RATE))
