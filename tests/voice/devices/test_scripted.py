import threading

import numpy as np

from tests.voice.scripted import noise
from voice.audio import SAMPLE_RATE
from voice.devices.scripted import ScriptedMicrophone, ScriptedSpeaker


def test_a_clip_is_said_on_cue_over_the_noise_of_a_room() -> None:
    microphone = ScriptedMicrophone(real_time=False)
    heard = []
    for frame in microphone:
        heard.append(frame.samples)
        if len(heard) == 25:
            microphone.speak(np.full(1_000, 0.5, np.float32))
            microphone.hang_up()
    sound = np.concatenate(heard)
    assert len(heard) == 25 + 4  # 1,000 samples are 3.1 blocks
    assert 0 < np.abs(sound[: 25 * 320]).max() < 0.01
    assert np.allclose(sound[25 * 320 :][:1_000], 0.5, atol=0.01)
    assert np.abs(sound[25 * 320 + 1_000 :]).max() < 0.01


def test_clips_queue_up_with_pauses_between_them() -> None:
    microphone = ScriptedMicrophone(real_time=False)
    microphone.speak(np.full(320, 0.5, np.float32))
    microphone.speak(np.full(320, -0.5, np.float32), after_seconds=0.04)
    frames = iter(microphone)
    means = [round(float(next(frames).samples.mean()), 1) for _ in range(5)]
    assert means == [0.5, 0.0, 0.0, -0.5, 0.0]
    assert not microphone.busy


def test_two_runs_give_the_same_sound() -> None:
    def run() -> list[float]:
        microphone = ScriptedMicrophone(real_time=False, seed=7)
        microphone.speak(noise(0.2))
        microphone.hang_up()
        return [float(frame.samples.sum()) for frame in microphone]

    assert run() == run()


def test_the_speaker_moves_with_the_microphone_and_keeps_what_sounded() -> None:
    speaker = ScriptedSpeaker(rate=24_000)
    microphone = ScriptedMicrophone(real_time=False, speaker=speaker)
    frames = iter(microphone)
    watch = threading.Event()
    looker = threading.Thread(target=lambda: [speaker.played_samples() for _ in iter(lambda: watch.wait(0.001), True)])
    looker.start()
    next(frames)
    speaker.play(np.full(720, 0.25, np.float32))  # 30 ms
    next(frames)
    assert (speaker.played_samples(), speaker.pending_samples()) == (480, 240)
    next(frames)
    assert (speaker.played_samples(), speaker.pending_samples()) == (720, 0)
    watch.set()
    looker.join()
    kept = speaker.kept()
    assert len(kept) == 3 * 480
    assert np.array_equal(np.flatnonzero(kept), np.arange(480, 480 + 720))


def test_while_something_sounds_the_next_block_waits_until_the_counters_were_read() -> None:
    speaker = ScriptedSpeaker()
    microphone = ScriptedMicrophone(real_time=False, speaker=speaker)
    speaker.play(np.ones(480 * 5, np.float32))
    seen: list[int] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(speaker.played_samples())
            stop.wait(0.002)

    watcher = threading.Thread(target=look)
    watcher.start()
    frames = iter(microphone)
    for _ in range(5):
        next(frames)
    stop.set()
    watcher.join()
    assert {480, 960, 1440, 1920, 2400} <= set(seen)  # no 20 ms went by unseen


def test_settle_is_called_before_every_block() -> None:
    calls: list[int] = []
    microphone = ScriptedMicrophone(real_time=False, settle=lambda: calls.append(1))
    frames = iter(microphone)
    for n in range(1, 4):
        assert len(next(frames).samples) == SAMPLE_RATE // 50
        assert len(calls) == n
