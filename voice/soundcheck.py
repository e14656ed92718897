"""Trying a microphone and headphones before a call: level, echo, and the trainee's calm baseline.

Sound is measured and forgotten: nothing here writes any of it anywhere.
"""

import threading
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dialogue.events import Prosody
from voice.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, SILENCE_DBFS, AudioClip, Samples, dbfs
from voice.devices.resampling import resample
from voice.echo.likeness import likeness
from voice.ports import Microphone, Speaker, VoiceProblem

ROOM_SECONDS = 1.0
"""How long the room is listened to before something is played into it."""
LAST_SOUND_SECONDS = 0.5
"""How long the last sample may take from here to the ear."""
LONGEST_DELAY_SECONDS = 0.8
"""Between handing a sound to the headphones and hearing it in the microphone; Bluetooth takes 0.2 to 0.3."""
ECHO_RISE_DB = 3.0
ECHO_LIKENESS = 0.6
"""An echo makes the microphone louder, exactly when something is played."""
QUIETEST_DB = -60.0
"""Levels below this count as silence."""
STRETCH_SECONDS = 5.0
"""A reading is measured in stretches of this length; the baseline is their median."""
LEAST_SPEECH_SECONDS = 6.0
"""A reading with less speech than this is no baseline."""
LEAST_IN_A_STRETCH_SECONDS = 1.5
JOIN_SECONDS = 1.0


class Listener:
    """Listens to a microphone in a separate thread, from construction until `close`."""

    def __init__(self, microphone: Microphone) -> None:
        self.level_dbfs = SILENCE_DBFS
        """Of the newest 20 ms."""
        self.problem = ""
        """One sentence when the microphone was lost."""
        self._microphone = microphone
        self._frames: list[Samples] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="sound check", daemon=True)
        self._thread.start()

    def record(self) -> None:
        """Keep the sound from now on, in memory."""
        with self._lock:
            self._frames = []

    def recorded(self) -> Samples:
        """The sound since `record`, 16 kHz; the listener forgets it."""
        with self._lock:
            frames, self._frames = self._frames or [], None
        return np.concatenate(frames) if frames else np.zeros(0, np.float32)

    def close(self) -> None:
        self._microphone.close()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        try:
            for frame in self._microphone:
                self.level_dbfs = dbfs(frame.samples)
                with self._lock:
                    if self._frames is not None:
                        self._frames.append(frame.samples)
        except VoiceProblem as problem:
            self.problem = str(problem)
        self.level_dbfs = SILENCE_DBFS


@dataclass(frozen=True, slots=True)
class Echo:
    """What the microphone heard of the headphones."""

    rise_db: float
    """How much louder the microphone was while something was played."""
    likeness: float
    """-1..1: correlation of the level heard with the level played, at the best delay."""

    @property
    def heard(self) -> bool:
        """Whether the customer would be heard in the trainee's microphone."""
        return self.rise_db >= ECHO_RISE_DB and self.likeness >= ECHO_LIKENESS


def echo(before: Samples, during: Samples, played: Samples) -> Echo:
    """Compare what was heard `before` and `during` with what was `played`; all 16 kHz, shape (n,).

    Levels of frames of 20 ms are compared, which survive any room and any codec; the delay is searched for.
    """
    rise_db = dbfs(during) - dbfs(before) if len(during) and len(before) else 0.0
    heard, wanted = _levels_db(during), _levels_db(played)
    delays = round(LONGEST_DELAY_SECONDS / FRAME_SECONDS)
    silence = np.full(len(wanted) + delays, QUIETEST_DB)
    later = np.lib.stride_tricks.sliding_window_view(np.concatenate([heard, silence]), delays)[: len(wanted)]
    alike = likeness(wanted, later) if len(wanted) else None
    return Echo(round(rise_db, 1), round(alike.correlation, 2) if alike else 0.0)


def play(speaker: Speaker, clip: AudioClip) -> None:
    """Play the clip to its end. VoiceProblem when the device is lost."""
    speaker.play(resample(clip.samples, clip.rate, speaker.rate))
    deadline = time.monotonic() + clip.seconds + 2.0
    while speaker.pending_samples() and time.monotonic() < deadline:
        if speaker.problem:
            raise VoiceProblem(speaker.problem)
        time.sleep(FRAME_SECONDS)


def play_and_listen(speaker: Speaker, clip: AudioClip, listener: Listener) -> Echo:
    """Play the clip and measure how much of it the microphone hears. Takes the clip's length and 1.5 s."""
    listener.record()
    time.sleep(ROOM_SECONDS)
    before = listener.recorded()
    listener.record()
    play(speaker, clip)
    time.sleep(LAST_SOUND_SECONDS)
    return echo(before, listener.recorded(), resample(clip.samples, clip.rate, SAMPLE_RATE))


def reading_baseline(sound: Samples) -> Prosody:
    """The trainee's baseline from a calm reading at 16 kHz. About 0.2 s of CPU for 30 s of sound.

    VoiceProblem when it has too little speech, or no pitch.
    """
    from voice.prosody import baseline, measure

    length = round(STRETCH_SECONDS * SAMPLE_RATE)
    clips = [measure(sound[start : start + length]) for start in range(0, len(sound), length)]
    spoken = [clip for clip in clips if clip.seconds >= LEAST_IN_A_STRETCH_SECONDS]
    seconds = sum(clip.seconds for clip in spoken)
    if seconds < LEAST_SPEECH_SECONDS or not any(clip.pitch_hz for clip in spoken):
        raise VoiceProblem(
            f"Only {seconds:.0f} s of speech were heard, too little for a baseline: come closer and read it once more."
        )
    return baseline(spoken)


def _levels_db(samples: Samples) -> npt.NDArray[np.float64]:
    """Level of each frame of 20 ms in dB, at least QUIETEST_DB; shape (frames,)."""
    whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
    power = np.mean(np.square(samples[:whole].reshape(-1, FRAME_SAMPLES), dtype=np.float64), axis=1)
    return np.asarray(np.maximum(10.0 * np.log10(np.maximum(power, 1e-12)), QUIETEST_DB))
