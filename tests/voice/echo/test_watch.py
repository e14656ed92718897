"""Whether the microphone hears the customer, in virtual time, from recorded speech."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

import personas
from tests.voice.scripted import noise
from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, Samples
from voice.echo.watch import EchoWatch
from voice.recordings.reading import read

LOOK_EVERY = 12
"""Blocks: about a quarter of a second."""


class Room:
    """Plays and hears block by block, and looks as often as the ear does."""

    def __init__(self) -> None:
        self.t = 100.0
        self.watch = EchoWatch(lambda: self.t)
        self.changes: list[tuple[float, bool]] = []
        self._late: list[Samples] = []
        self._blocks = 0

    def pass_time(self, played: Samples, heard: Samples, of_line: bool = True) -> None:
        """Both 16 kHz and equally long."""
        for start in range(0, len(played) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
            self.t += FRAME_SECONDS
            self.watch.played(played[start : start + FRAME_SAMPLES], of_line)
            self.watch.heard(heard[start : start + FRAME_SAMPLES])
            self._blocks += 1
            if self._blocks % LOOK_EVERY == 0 and self.watch.look():
                self.changes.append((self.t - 100.0, self.watch.echo))


@cache
def recorded() -> list[Samples]:
    """The demo's recorded turns, as loud as speech into a headset."""
    clips = [read(path).samples for path in sorted((Path(personas.__path__[0]) / "demo").glob("*.ogg"))]
    return [clip * np.float32(0.1 / np.sqrt(np.mean(clip**2))) for clip in clips]


def speech(seconds: float, seed: int) -> Samples:
    """Recorded speech, another for each seed."""
    clip = recorded()[seed % len(recorded())]
    return np.resize(clip, round(seconds * 16_000))


def echo_of(played: Samples, delay_seconds: float, gain_db: float) -> Samples:
    delay = round(delay_seconds * 16_000)
    late = np.concatenate([np.zeros(delay, np.float32), played])[: len(played)]
    return (late * 10 ** (gain_db / 20) + noise(len(played) / 16_000, -62.0, seed=9)).astype(np.float32)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize("delay_seconds", [0.02, 0.15, 0.35])
@pytest.mark.parametrize("gain_db", [0.0, -20.0])
def test_a_microphone_that_hears_the_customer_is_found_out(room: Room, delay_seconds: float, gain_db: float) -> None:
    line = np.concatenate([np.zeros(16_000, np.float32), speech(5.0, seed=1)])
    room.pass_time(line, echo_of(line, delay_seconds, gain_db))
    assert [on for _, on in room.changes] == [True]
    assert room.changes[0][0] < 1.0 + 2.0  # two seconds of the line at most


def test_a_customer_cut_off_again_and_again_by_their_own_voice_is_enough(room: Room) -> None:
    burst = np.concatenate([speech(0.3, seed=2), np.zeros(16_000, np.float32)])
    line = np.concatenate([np.zeros(16_000, np.float32), burst, burst, burst])
    room.pass_time(line, echo_of(line, 0.06, -3.0))
    assert room.watch.echo


def test_it_is_over_when_the_headset_is_back_on(room: Room) -> None:
    line = speech(5.0, seed=1)
    room.pass_time(line, echo_of(line, 0.1, -6.0))
    assert room.watch.echo
    room.pass_time(speech(5.0, seed=3), noise(5.0, -62.0))
    assert not room.watch.echo


@pytest.mark.parametrize("cut_in_at", [0.6, 0.9, 1.7, 2.6])
def test_a_trainee_who_cuts_in_is_no_echo(room: Room, cut_in_at: float) -> None:
    """The customer falls silent 0.2 s after the trainee begins, and the trainee goes on."""
    for seed in range(8):
        room.pass_time(np.zeros(16_000, np.float32), noise(1.0, -62.0))
        customer = speech(5.0, seed=10 + seed)
        customer[round((cut_in_at + 0.2) * 16_000) :] = 0.0
        trainee = noise(5.0, -62.0)
        trainee[round(cut_in_at * 16_000) :] += speech(5.0, seed=20 + seed)[: -round(cut_in_at * 16_000)]
        room.pass_time(customer, trainee)
    assert room.changes == []


def test_a_word_that_is_by_chance_like_a_hum_is_no_echo() -> None:
    """Short sounds are often alike at one delay or another: once says nothing, however alike."""
    for seed in range(24):
        room = Room()
        hum = np.concatenate([np.zeros(16_000, np.float32), speech(0.4, seed), np.zeros(24_000, np.float32)])
        word = noise(len(hum) / 16_000, -62.0)
        word[20_800:27_200] += speech(0.4, seed + 1)
        room.pass_time(hum, word)
        assert room.changes == [], seed


def test_a_trainee_who_goes_on_after_every_hum_is_no_echo(room: Room) -> None:
    """As they do: the customer hums in their pauses. So what is no line is not compared, be it ever so alike."""
    hum = np.concatenate([np.zeros(16_000, np.float32), speech(0.5, seed=2)])
    hums = np.concatenate([*[hum] * 6, np.zeros(16_000, np.float32)])
    room.pass_time(hums, echo_of(hums, 0.3, 0.0), of_line=False)
    assert room.changes == []


def test_an_echo_stays_one_while_the_trainee_speaks_too(room: Room) -> None:
    line = np.concatenate([np.zeros(16_000, np.float32), speech(30.0, seed=1)])
    heard = echo_of(line, 0.1, -6.0)
    for second in range(6, 30, 4):
        heard[second * 16_000 : (second + 2) * 16_000] += speech(2.0, seed=second)
    room.pass_time(line, heard)
    assert [on for _, on in room.changes] == [True]


def test_an_echo_in_a_room_that_rings_is_found_out(room: Room) -> None:
    line = np.concatenate([np.zeros(16_000, np.float32), speech(6.0, seed=1)])
    rings = np.random.default_rng(3).standard_normal(8_000) * 10.0 ** (-3.0 * np.arange(8_000) / 8_000)
    heard = np.convolve(line, rings / np.sqrt(np.sum(rings**2)))[: len(line)].astype(np.float32)
    room.pass_time(line, echo_of(heard, 0.1, -10.0))
    assert [on for _, on in room.changes] == [True]


def test_silence_says_nothing(room: Room) -> None:
    room.pass_time(np.zeros(48_000, np.float32), speech(3.0, seed=4))
    assert not room.watch.echo


def test_blocks_that_come_late_and_in_bunches_change_nothing(room: Room) -> None:
    line = np.concatenate([np.zeros(16_000, np.float32), speech(4.0, seed=1)])
    heard = echo_of(line, 0.1, -6.0)
    for start in range(0, len(line) - 4 * FRAME_SAMPLES + 1, 4 * FRAME_SAMPLES):
        room.t += 4 * FRAME_SECONDS
        for n in range(start, start + 4 * FRAME_SAMPLES, FRAME_SAMPLES):
            room.watch.played(line[n : n + FRAME_SAMPLES])
        for n in range(start, start + 4 * FRAME_SAMPLES, FRAME_SAMPLES):
            room.watch.heard(heard[n : n + FRAME_SAMPLES])
        if start // FRAME_SAMPLES % LOOK_EVERY == 0:
            room.watch.look()
    assert room.watch.echo
