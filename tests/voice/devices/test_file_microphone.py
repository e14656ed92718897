import numpy as np
import pytest

from voice.audio import SAMPLE_RATE, Samples
from voice.devices.file_microphone import FileMicrophone


def tone(seconds: float, rate: int) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.parametrize("real_time", [False, True])
def test_a_recording_as_a_microphone_gives_every_sample_once(real_time: bool) -> None:
    samples = tone(0.25, 16_000)
    microphone = FileMicrophone(samples, real_time=real_time)
    arrived: list[int] = []
    microphone.arrived = lambda block, count: arrived.append(count)
    frames = list(microphone)
    assert np.array_equal(np.concatenate([frame.samples for frame in frames]), samples)
    assert [frame.index for frame in frames] == list(range(0, len(samples), 320))
    assert arrived == [*range(0, len(samples), 320), len(samples)]


def test_closing_ends_the_iteration() -> None:
    microphone = FileMicrophone(tone(60.0, 16_000), real_time=True)
    for frame in microphone:
        if frame.index >= 640:
            microphone.close()
    assert frame.index < SAMPLE_RATE
