"""Microphone and headphones against real PulseAudio devices made of software.

Deaths and freezes of the sound server are played through in a process of its own: what hangs fails its time limit.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from dialogue.events import Utterance, WorldEvent
from testing.virtual_headset import RATE, VirtualHeadset
from tests.voice.scripted import LevelVad, ScriptedRecognizer, silence
from voice.audio import SAMPLE_RATE, Samples
from voice.clock import CallClock
from voice.devices.listing import devices
from voice.devices.microphone import DeviceMicrophone
from voice.devices.resampling import resample
from voice.devices.speaker import DeviceSpeaker
from voice.ear import Ear
from voice.ports import VoiceProblem

pytestmark = pytest.mark.real


def warble(seconds: float, rate: int) -> Samples:
    """Noise between 300 and 3,000 Hz, the same at every rate but for its sampling: it correlates with itself only."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum[(hz < 300) | (hz > 3_000)] = 0
    sound = np.fft.irfft(spectrum, count)
    return resample((0.3 * sound / np.abs(sound).max()).astype(np.float32), RATE, rate)


def likeness(heard: Samples, said: Samples) -> float:
    """The highest normalised correlation of `said` with any equally long part of `heard`."""
    if len(heard) < len(said):
        return 0.0
    size = len(heard) + len(said)
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)[: len(heard)]
    energy = np.concatenate([[0.0], np.cumsum(np.square(heard, dtype=np.float64))])
    starts = np.arange(len(heard) - len(said) + 1)
    norms = np.sqrt((energy[starts + len(said)] - energy[starts]) * np.sum(np.square(said, dtype=np.float64)))
    return float(np.max(products[starts] / np.maximum(norms, 1e-6)))


def record(microphone: DeviceMicrophone, seconds: float) -> Samples:
    pieces = []
    for frame in microphone:
        pieces.append(frame.samples)
        if frame.index > seconds * SAMPLE_RATE:
            break
    return np.concatenate(pieces)


def test_the_headset_is_listed_as_default(headset: VirtualHeadset) -> None:
    found = devices()
    assert any(device.default_input and device.input_channels for device in found)
    assert any(device.default_output and device.output_channels for device in found)


def test_the_microphone_hears_what_is_said(headset: VirtualHeadset) -> None:
    microphone = DeviceMicrophone()
    try:
        headset.say(warble(1.0, RATE), RATE)
        heard = record(microphone, 4.0)
    finally:
        microphone.close()
    assert likeness(heard, warble(1.0, SAMPLE_RATE)) > 0.9
    assert microphone.dropped_samples == 0


def test_a_microphone_that_refuses_16_khz_is_resampled(
    headset: VirtualHeadset, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    real = sounddevice.RawInputStream

    def picky(**options: object) -> object:
        if options["samplerate"] == SAMPLE_RATE:
            raise sounddevice.PortAudioError("Invalid sample rate", -9997)
        return real(**options)

    monkeypatch.setattr(sounddevice, "RawInputStream", picky)
    microphone = DeviceMicrophone()
    try:
        assert microphone.rate != SAMPLE_RATE
        headset.say(warble(1.0, RATE), RATE)
        heard = record(microphone, 4.0)
    finally:
        microphone.close()
    assert likeness(heard, warble(1.0, SAMPLE_RATE)) > 0.9


def test_the_headphones_play_what_they_are_given_and_count_it(headset: VirtualHeadset) -> None:
    speaker = DeviceSpeaker()
    listening = headset.listen()
    try:
        sound = warble(1.0, speaker.rate)
        speaker.play(sound[:1_000])
        speaker.play(sound[1_000:])
        assert speaker.pending_samples() > 0
        while speaker.pending_samples():
            time.sleep(0.02)
        time.sleep(0.5)
        assert speaker.played_samples() == len(sound)
    finally:
        speaker.close()
        heard = listening.stop()
    assert likeness(heard, warble(1.0, RATE)) > 0.9


def test_stopped_headphones_fall_silent_and_play_what_comes_next(headset: VirtualHeadset) -> None:
    speaker = DeviceSpeaker()
    listening = headset.listen()
    try:
        speaker.play(np.tile(warble(1.0, speaker.rate), 30))
        while speaker.played_samples() < speaker.rate // 2:
            time.sleep(0.01)
        speaker.stop()
        stopped_at = speaker.played_samples()
        assert speaker.pending_samples() == 0
        time.sleep(0.5)
        assert speaker.played_samples() == stopped_at
        speaker.play(0.5 * warble(0.5, speaker.rate))
        while speaker.pending_samples():
            time.sleep(0.02)
        time.sleep(0.5)
    finally:
        speaker.close()
        heard = listening.stop()
    loud = np.flatnonzero(np.abs(heard) > 0.01)
    gap = int(np.diff(loud).max())
    first_part = int(loud[int(np.argmax(np.diff(loud)))] - loud[0])
    assert gap > 0.3 * RATE  # the silence between the two
    assert first_part / RATE == pytest.approx(stopped_at / speaker.rate, abs=0.15)
    assert likeness(heard, warble(0.5, RATE)) > 0.9


def test_an_ear_on_a_real_device_hears_a_turn(headset: VirtualHeadset) -> None:
    events: list[WorldEvent] = []
    heard = threading.Event()

    def emit(event: WorldEvent) -> None:
        events.append(event)
        if isinstance(event, Utterance):
            heard.set()

    clock = CallClock()
    recognizer = ScriptedRecognizer(["Hello."])
    ear = Ear(DeviceMicrophone(), LevelVad(), recognizer, clock, emit)
    ear.start()
    headset.say(np.concatenate([silence(0.2), warble(1.0, RATE)]), RATE)
    try:
        assert heard.wait(30)
        assert clock.following
    finally:
        assert ear.stop()
    [turn] = [event for event in events if isinstance(event, Utterance)]
    assert turn.text == "Hello."
    assert turn.end - turn.start == pytest.approx(1.0, abs=0.2)
    assert turn.prosody
    assert likeness(recognizer.stretches[0], warble(1.0, SAMPLE_RATE)) > 0.9


_LOSS = """
import sys, time
from voice.devices.microphone import DeviceMicrophone
from voice.devices.speaker import DeviceSpeaker
from voice.ports import VoiceProblem
lost = []
microphone, speaker = DeviceMicrophone(lost=lost.append), DeviceSpeaker(lost=lost.append)
frames = iter(microphone)
next(frames)
speaker.play([0.0] * speaker.rate)
print("streaming", flush=True)
sys.stdin.readline()
try:
    for frame in frames:
        pass
except VoiceProblem as problem:
    print("reader:", problem, flush=True)
while len(lost) < 2:
    time.sleep(0.01)
print("lost:", *lost, flush=True)
try:
    speaker.play([0.0])
except VoiceProblem as problem:
    print("play:", problem, flush=True)
microphone.close()
speaker.close()
print("closed", flush=True)
for open_again in (DeviceMicrophone, DeviceSpeaker):
    try:
        open_again()
    except VoiceProblem as problem:
        print("again:", problem, flush=True)
"""


@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_a_sound_server_that_dies_is_noticed_and_nothing_hangs(headset: VirtualHeadset, how: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _LOSS],
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdin
    assert program.stdout
    try:
        assert program.stdout.readline() == "streaming\n"
        headset.kill() if how == "killed" else headset.freeze()
        out, err = program.communicate("\n", timeout=60)
    finally:
        program.kill()
    assert program.returncode == 0, err
    assert "Traceback" not in err
    lines = [line.partition(":")[0] for line in out.splitlines()]
    assert lines == ["reader", "lost", "play", "closed", "again", "again"]
    assert "microphone has gone silent" in out
    assert "headphones have stopped playing" in out


def test_a_server_that_comes_back_can_be_opened_again(headset: VirtualHeadset) -> None:
    microphone = DeviceMicrophone()
    next(iter(microphone))
    headset.kill()
    with pytest.raises(VoiceProblem):
        for _ in microphone:
            pass
    microphone.close()
    with pytest.raises(VoiceProblem):
        DeviceMicrophone()
    headset.start()
    again = DeviceMicrophone()
    assert len(next(iter(again)).samples) == 320
    again.close()
