"""Scripted devices: a trainee who says recorded clips on cue, and headphones nobody wears.

They drive the demo, the screenshots and the tests through the real ear and the real mouth. Use them together:

    speaker = ScriptedSpeaker()
    microphone = ScriptedMicrophone(speaker=speaker, real_time=False, settle=...)
    ear = Ear(microphone, vad, recognizer, clock, emit)
    ear.start()                     # or ear.run() in this thread
    microphone.speak(samples)       # say this now; more clips queue up behind it
    ...
    microphone.hang_up()            # ends the ear when all is said
    speaker.kept()                  # everything that sounded, silence included, in step with the microphone

**Time.** Microphone and speaker are one device with one clock: each 20 ms block taken from the microphone moves the
speaker on by 20 ms, and `CallClock`, which counts microphone samples, with them. With `real_time` a thread takes a
block every 20 ms. Without it the ear takes them as fast as it can, so all that happens must happen *between* two
blocks for a run to be repeatable: before every block the microphone calls `settle`, which should return only when
nobody has anything left to do at this moment (events handled, replies rendered and queued). While something is being
played the next block also waits until the mouth has looked at the speaker's counters, so that it sees every 20 ms;
unless nobody is going to, as at a breath that belongs to no line (`ScriptedSpeaker.watched`).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from voice.devices.file_microphone import StreamMicrophone
from voice.devices.playback import Playback

ROOM_DBFS = -66.0
"""The noise of a quiet room behind the script, so that the detector hears silence, not nothing."""
LOOK_SECONDS = 1.0
"""How long a fast speaker waits to be looked at."""


class ScriptedSpeaker:
    """Plays into nothing, at the pace of the microphone it belongs to, and keeps what it played."""

    def __init__(self, rate: int = 24_000) -> None:
        """`rate` in Hz: a multiple of 50."""
        self.rate = rate
        self.problem = ""
        self.watched: Callable[[], bool] = lambda: True
        """Whether somebody reads the counters now."""
        self._playback = Playback(rate)
        self._kept: list[Samples] = []
        self._looked = threading.Condition()
        self._seen = 0
        """How many samples had been played when the counters were last read."""

    def play(self, samples: Samples) -> None:
        self._playback.add(samples)

    def stop(self) -> None:
        self._playback.clear()

    def played_samples(self) -> int:
        with self._looked:
            self._seen = self._playback.played
            self._looked.notify_all()
            return self._seen

    def pending_samples(self) -> int:
        return self._playback.pending

    def background(self, loop: Samples | None) -> None:
        self._playback.background(loop)

    def close(self) -> None:
        self._playback.clear()

    def kept(self) -> Samples:
        """Everything since the first block, at `rate`: as long as what the microphone gave."""
        return np.concatenate(self._kept) if self._kept else np.zeros(0, np.float32)

    def move_on(self, *, until_looked_at: bool) -> None:
        """20 ms pass. `until_looked_at`: if any of it was sound, wait until whoever watches has read the counters."""
        sounding = self._playback.pending > 0 and self.watched()
        self._kept.append(self._playback.pull(round(self.rate * FRAME_SECONDS)))
        if sounding and until_looked_at:
            with self._looked:
                self._looked.wait_for(lambda: self._seen == self._playback.played, LOOK_SECONDS)


class ScriptedMicrophone(StreamMicrophone):
    """A room with a trainee in it who says what they are given. Any thread may call `speak` and `hang_up`."""

    def __init__(
        self,
        *,
        real_time: bool,
        speaker: ScriptedSpeaker | None = None,
        settle: Callable[[], None] = lambda: None,
        room_dbfs: float = ROOM_DBFS,
        seed: int = 0,
    ) -> None:
        """`settle` is called before every block, in the thread that makes it; `seed` makes the room's noise."""
        super().__init__(self._room(speaker, settle), real_time=real_time)
        self._noise = np.random.default_rng(seed)
        self._amplitude = 10.0 ** (room_dbfs / 20.0)
        self._clips: deque[Samples] = deque()
        self._lock = threading.Lock()
        self._hung_up = False

    @property
    def busy(self) -> bool:
        """A clip is being said or waits to be."""
        with self._lock:
            return bool(self._clips)

    def speak(self, samples: Samples, after_seconds: float = 0.0) -> None:
        """Say the clip (16 kHz, shape (n,)) after all that is queued and then `after_seconds` of silence."""
        pause = np.zeros(round(after_seconds * SAMPLE_RATE), np.float32)
        with self._lock:
            self._clips.append(np.concatenate([pause, samples.astype(np.float32)]))

    def hang_up(self) -> None:
        """End the microphone after what is queued."""
        self._hung_up = True

    def _room(self, speaker: ScriptedSpeaker | None, settle: Callable[[], None]) -> Iterator[Samples]:
        while True:
            settle()
            if self._hung_up and not self.busy:
                return
            block = self._noise.standard_normal(FRAME_SAMPLES, np.float32) * np.float32(self._amplitude)
            said = self._next_said()
            block[: len(said)] += said
            if speaker:
                speaker.move_on(until_looked_at=not self.real_time)
            yield block

    def _next_said(self) -> Samples:
        """The next 20 ms of the first clip; the rest of it stays. Shape (n,), n <= 320."""
        with self._lock:
            if not self._clips:
                return np.zeros(0, np.float32)
            clip = self._clips.popleft()
            if len(clip) > FRAME_SAMPLES:
                self._clips.appendleft(clip[FRAME_SAMPLES:])
            return clip[:FRAME_SAMPLES]
