"""Microphone and headphones of this computer, through PortAudio. The only place that imports sounddevice, and lazily.

Input and output are two streams of their own: one duplex stream adds 100 ms and underflows. What PortAudio does when a
device dies, and why everything here has a time limit, is told in `voice.watchdog`.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from voice import portaudio
from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, AudioFrame, Samples
from voice.playback import Playback
from voice.ports import Arrived, VoiceProblem
from voice.watchdog import Watchdog

QUEUE_SECONDS = 30.0
"""Sound that may wait for the ear. When it is full the newest is dropped, and counted."""
TICK_SECONDS = 0.25
"""How often a waiting reader looks whether the microphone was closed or lost."""
Block = Callable[[Samples], None]
"""Told of 20 ms of sound at the device's rate; must return at once."""


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device. `index` and `name` are what `DeviceMicrophone(device=...)` takes."""

    index: int
    name: str
    input_channels: int
    output_channels: int
    rate: int
    """Its own rate, Hz."""
    default_input: bool
    default_output: bool


def devices() -> list[Device]:
    """What PortAudio sees now; an empty list when there is nothing. VoiceProblem when PortAudio is missing."""
    with portaudio.session() as sounddevice:
        standard_in, standard_out = sounddevice.default.device
        return [
            Device(
                index=each["index"],
                name=each["name"],
                input_channels=each["max_input_channels"],
                output_channels=each["max_output_channels"],
                rate=int(each["default_samplerate"]),
                default_input=each["index"] == standard_in,
                default_output=each["index"] == standard_out,
            )
            for each in sounddevice.query_devices()
        ]


class DeviceMicrophone:
    """A real microphone: 20 ms blocks at 16 kHz, or at the device's rate and resampled.

    Streams from construction on; sound that nobody has read yet waits in a bounded queue. One reader.
    """

    real_time = True

    def __init__(
        self, device: int | str | None = None, lost: Callable[[str], None] | None = None, heard: Block | None = None
    ) -> None:
        """`device`: index, part of a name, or None for the system's. `lost` is told once, in a thread of ours, when
        the device has died (the reader is told too, by VoiceProblem); `heard` of every block of 20 ms, in the device's
        thread. VoiceProblem when it cannot be opened.
        """
        self._heard = heard
        self.arrived: Arrived | None = None
        self.dropped_samples = 0
        """At the device's rate: what did not fit into the queue."""
        self.xruns = 0
        """How often PortAudio said that sound was lost before it came here."""
        self._blocks: queue.Queue[tuple[Samples, int]] = queue.Queue(round(QUEUE_SECONDS / FRAME_SECONDS))
        self._taken = 0  # samples the device has delivered, at its rate
        self._closed = True  # until it streams: what does not open has no loss to tell, though PortAudio ends it
        self._dying = threading.Lock()  # taken once and kept: a device dies once, whoever notices first
        self._problem: str | None = None
        self._lost = lost
        self._channels = 1
        self.rate = SAMPLE_RATE
        self._watchdog = Watchdog(self._die)
        self._stream = portaudio.open_stream("input", device, SAMPLE_RATE, self._wire, self._die)
        if not self._watchdog.alive():
            portaudio.close_stream(self._stream)
            raise VoiceProblem("The microphone gives no sound: it is suspended or in use; check the sound settings.")
        self._closed = False
        self._watchdog.start()

    def __iter__(self) -> Iterator[AudioFrame]:
        resampled = resampler(self.rate)
        position, expected = 0, 0  # at 16 kHz; at the device's rate
        while not self._closed:
            try:
                block, first = self._blocks.get(timeout=TICK_SECONDS)
            except queue.Empty:
                if self._problem:
                    raise VoiceProblem(self._problem) from None
                continue
            position += round((first - expected) * SAMPLE_RATE / self.rate)  # blocks that were dropped
            expected = first + len(block)
            samples = resampled(block)
            if len(samples):
                yield AudioFrame(samples, position)
                position += len(samples)

    def last_callback_age(self) -> float:
        """Seconds since the device last delivered sound; about 0.02 while all is well."""
        return self._watchdog.age()

    def close(self) -> None:
        """Silently end the iteration and give the device back. Never waits for a dead device for more than 2 s."""
        if not self._closed:
            self._closed = True
            self._watchdog.cancel()
            portaudio.close_stream(self._stream)

    def _wire(self, rate: int, channels: int) -> Callable[..., None]:
        self.rate, self._channels = rate, channels
        return self._callback

    def _callback(self, sound: Any, count: int, _time: Any, status: Any) -> None:
        """In PortAudio's thread: copy, queue, tell."""
        self.xruns += bool(status)
        block = np.frombuffer(sound, np.float32).reshape(count, self._channels)[:, 0].copy()
        self._watchdog.beat()
        try:
            self._blocks.put_nowait((block, self._taken))
        except queue.Full:
            self.dropped_samples += count
        self._taken += count
        if self.arrived:
            self.arrived(block, self._taken * SAMPLE_RATE // self.rate)
        if self._heard:
            self._heard(block)

    def _die(self) -> None:
        if self._closed or not self._dying.acquire(blocking=False):
            return
        self._watchdog.cancel()
        self._problem = "The microphone has gone silent: its device or the sound system stopped; check the headset."
        if self._lost:
            self._lost(self._problem)


class DeviceSpeaker:
    """Real headphones: plays what is queued, silence otherwise. Any thread may call any method."""

    def __init__(
        self, device: int | str | None = None, lost: Callable[[str], None] | None = None, played: Block | None = None
    ) -> None:
        """As for `DeviceMicrophone`, `played` for `heard`; `rate` is the device's own."""
        self._played = played
        self.xruns = 0
        """How often PortAudio said that it had nothing to play, not even our silence."""
        self._closed = True  # until it streams: what does not open has no loss to tell, though PortAudio ends it
        self._dying = threading.Lock()  # taken once and kept: a device dies once, whoever notices first
        self.problem = ""
        self._lost = lost
        self._channels = 1
        self.rate = 0
        self._watchdog = Watchdog(self._die)
        self._playback: Playback
        self._stream = portaudio.open_stream("output", device, None, self._wire, self._die)
        if not self._watchdog.alive():
            portaudio.close_stream(self._stream)
            raise VoiceProblem("The headphones take no sound: they are suspended or in use; check the sound settings.")
        self._closed = False
        self._watchdog.start()

    def play(self, samples: Samples) -> None:
        """Queue samples at `rate`, shape (n,), -1..1. Returns at once. VoiceProblem when the device has died."""
        if self.problem:
            raise VoiceProblem(self.problem)
        self._playback.add(samples)

    def stop(self) -> None:
        """Drop everything queued; silent within a block (and a fade of 5 ms)."""
        self._playback.clear()

    def played_samples(self) -> int:
        return self._playback.played

    def pending_samples(self) -> int:
        return self._playback.pending

    def background(self, loop: Samples | None) -> None:
        self._playback.background(loop)

    def last_callback_age(self) -> float:
        """Seconds since the device last asked for sound; about 0.02 while all is well."""
        return self._watchdog.age()

    def close(self) -> None:
        """Give the device back. Never waits for a dead device for more than 2 s."""
        if not self._closed:
            self._closed = True
            self._watchdog.cancel()
            self._playback.clear()
            portaudio.close_stream(self._stream)

    def _wire(self, rate: int, channels: int) -> Callable[..., None]:
        self.rate, self._channels = rate, channels
        self._playback = Playback(rate)
        return self._callback

    def _callback(self, sound: Any, count: int, _time: Any, status: Any) -> None:
        """In PortAudio's thread."""
        self._watchdog.beat()
        self.xruns += bool(status)
        out = np.frombuffer(sound, np.float32).reshape(count, self._channels)
        block = self._playback.pull(count)
        out[:] = block[:, np.newaxis]
        if self._played:
            self._played(block)

    def _die(self) -> None:
        if self._closed or not self._dying.acquire(blocking=False):
            return
        self.problem = _NO_HEADPHONES
        self._watchdog.cancel()
        if self._lost:
            self._lost(self.problem)


_NO_HEADPHONES = "The headphones have stopped playing: their device or the sound system stopped; check the headset."


def resampler(rate: int) -> Callable[[Samples], Samples]:
    """From `rate` Hz to 16 kHz, chunk by chunk (about 20 ms of delay), or nothing to do."""
    if rate == SAMPLE_RATE:
        return lambda block: block
    import soxr

    stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
    return lambda block: np.asarray(stream.resample_chunk(block), np.float32)


def resampler_of_blocks() -> Callable[[Samples], Samples]:
    """As `resampler`, for blocks of 20 ms: their length tells the rate, which changes when other headphones come."""
    length, resampled = FRAME_SAMPLES, resampler(SAMPLE_RATE)

    def to_16_khz(block: Samples) -> Samples:
        nonlocal length, resampled
        if len(block) != length:
            length, resampled = len(block), resampler(round(len(block) / FRAME_SECONDS))
        return resampled(block)

    return to_16_khz
