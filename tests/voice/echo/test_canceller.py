"""WebRTC's canceller between two devices: the customer goes, the trainee stays. Recorded speech, no devices."""

import numpy as np
import pytest

from tests.voice.echo.test_watch import speech
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Samples, dbfs
from voice.devices.resampling import resample
from voice.echo import canceller
from voice.echo.canceller import EchoCanceller, available

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not available(), reason="pywebrtc-audio is not installed (extra `echo`)"),
]

PLAYED_RATE = 44_100
BLOCK = PLAYED_RATE // 50


def echo(played: Samples, delay_seconds: float) -> Samples:
    """As a room gives it back: late, 6 dB down, ringing for 0.1 s. 16 kHz."""
    rng = np.random.default_rng(0)
    room = rng.standard_normal(1_600) * np.exp(-np.arange(1_600) / 300)
    room[0] = 4.0
    room *= 0.5 / np.sqrt(np.sum(room**2))
    late = np.concatenate([np.zeros(round(delay_seconds * SAMPLE_RATE)), np.convolve(played, room)])
    return late[: len(played)].astype(np.float32)


def cleaned(played: Samples, heard: Samples, ahead_blocks: int = 0) -> Samples:
    """What leaves when both run through; the headphones were opened so many blocks before the microphone."""
    canceller, out = EchoCanceller(), []
    at_device = resample(played, SAMPLE_RATE, PLAYED_RATE)
    for _ in range(ahead_blocks):
        canceller.played(np.zeros(BLOCK, np.float32))
    for n in range(len(heard) // FRAME_SAMPLES):
        near = heard[n * FRAME_SAMPLES : (n + 1) * FRAME_SAMPLES]
        canceller.played(at_device[n * BLOCK : (n + 1) * BLOCK])
        canceller.heard(near)
        out.append(canceller.clean(AudioFrame(near, n * FRAME_SAMPLES)))
    return np.concatenate(out)


@pytest.mark.parametrize("delay_seconds", [0.06, 0.2])
@pytest.mark.parametrize("ahead_blocks", [0, 20])
def test_the_customer_s_voice_is_taken_out(delay_seconds: float, ahead_blocks: int) -> None:
    customer = speech(8.0, seed=1)
    heard = echo(customer, delay_seconds)
    left = cleaned(customer, heard, ahead_blocks)
    settled = slice(4 * SAMPLE_RATE, 8 * SAMPLE_RATE)
    assert dbfs(heard[settled]) - dbfs(left[settled]) > 15.0


def test_the_trainee_stays() -> None:
    customer = speech(10.0, seed=1)
    customer[5 * SAMPLE_RATE :] = 0.0
    trainee = np.zeros_like(customer)
    trainee[round(5.5 * SAMPLE_RATE) :] = speech(4.5, seed=4)
    left = cleaned(customer, echo(customer, 0.1) + trainee)
    alone = slice(6 * SAMPLE_RATE, 10 * SAMPLE_RATE)
    assert dbfs(left[alone]) == pytest.approx(dbfs(trainee[alone]), abs=3.0)


@pytest.mark.parametrize(("first", "then"), [(44_100, 48_000), (48_000, 44_100), (48_000, 16_000)])
def test_other_headphones_at_another_rate_are_heard_at_theirs(first: int, then: int) -> None:
    canceller = EchoCanceller()
    for _ in range(25):
        canceller.played(np.zeros(first // 50, np.float32))
    told = 0
    for _ in range(100):
        canceller._waiting = canceller._waiting[:0]
        canceller.played(np.zeros(then // 50, np.float32))
        told += len(canceller._waiting)
    assert told == pytest.approx(2 * SAMPLE_RATE, rel=0.02)


def test_what_leaves_a_resampled_microphone_is_told_in_blocks_of_20_ms(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [AudioFrame(np.full(490, 0.1, np.float32), 490 * n) for n in range(20)]

    class Microphone(list[AudioFrame]):
        def __init__(self, device: object, heard: object) -> None:
            super().__init__(frames)

    monkeypatch.setattr(canceller, "DeviceMicrophone", Microphone)
    told: list[Samples] = []
    microphone = canceller.CleanMicrophone(None, EchoCanceller(), told.append)
    left = np.concatenate([frame.samples for frame in microphone])
    assert {len(block) for block in told} == {FRAME_SAMPLES}
    assert np.array_equal(np.concatenate(told), left[: len(told) * FRAME_SAMPLES])
    assert len(left) - len(told) * FRAME_SAMPLES < FRAME_SAMPLES
