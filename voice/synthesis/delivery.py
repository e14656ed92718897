"""Mood to sound: what anger does to a voice, and the one path every engine's sound takes to the speaker.

Anger raises and widens pitch, quickens speech, raises its level and moves energy upwards in the spectrum (Banse &
Scherer 1996, "Acoustic profiles in vocal emotion expression"; Scherer 2003, "Vocal communication of emotion"). The
engine does rate and pitch; `deliver` does trim, tilt, drive, level and limit. The amounts are ours, set by measuring
(`benchmarks/voices.py`): furious is unmistakable, and as well understood as calm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio import AudioClip, Samples
from voice.synthesis.voices import Voice

CALM_DBFS, FURIOUS_DBFS = -27.0, -12.0
CEILING = 0.97
"""No sample leaves louder than this share of full scale."""
KNEE = 0.8
"""Below this share of full scale the limiter does nothing."""
FRAME_SECONDS = 0.005
"""Grain in which speech is told from the silence around it."""
ACTIVE_DB = 35.0
"""Frames this far under the loudest count as silence."""
ONSET_DB = 45.0
"""The same where speech begins: the h of "host" and the th of "Thursday" are up to 35 ms of sound under ACTIVE_DB."""
TELEPHONE_HZ = (200.0, 300.0, 3400.0, 4000.0)
"""Nothing below the first and above the last, all between the middle two (narrow-band lines, ITU-T G.712)."""
Spectrum = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything an engine and `deliver` need to say one piece in one voice and mood."""

    tempo: float
    """Factor on the engine's own rate."""
    pitch: float
    """Factor on the engine's own F0."""
    pitch_range: float
    """Factor on the excursions of log F0 around its mean."""
    lift_semitones: float
    """The part of `pitch` that is anger, semitones: for engines whose voices differ by other means."""
    level_dbfs: float
    """Mean power of the speech."""
    tilt_db: float
    """Gain at 4 kHz and above against 1 kHz and below."""
    drive: float
    """How hard peaks are pressed, 0 (not) .. 0.5, in units of the speech's own RMS."""
    telephone: bool
    """Only what a telephone line lets through."""


def shape(anger: float, voice: Voice) -> Shape:
    """How `voice` sounds at `anger` (0..100; beyond is taken as the end)."""
    heat = _heat(anger)
    lift_semitones = 3.2 * heat
    quicker = 1.0 + 0.21 * heat
    return Shape(
        tempo=voice.tempo * quicker,
        pitch=voice.pitch * 2.0 ** (lift_semitones / 12.0),
        pitch_range=1.0 + 0.7 * heat,
        lift_semitones=lift_semitones,
        level_dbfs=CALM_DBFS + (FURIOUS_DBFS - CALM_DBFS) * heat,
        tilt_db=6.0 * heat,
        drive=0.35 * heat,
        telephone=voice.telephone,
    )


def pause_seconds(text: str, anger: float) -> float:
    """The silence owed after a piece of text, by how it ends and by anger (0..100); seconds."""
    ending = text.rstrip("\"'”’) ")[-1:]
    seconds = 0.34 if ending in tuple(".!?…") else 0.2 if ending in tuple(":;—") else 0.12
    return seconds * (1.0 - 0.45 * _heat(anger))


def deliver(clip: AudioClip, manner: Shape) -> AudioClip:
    """An engine's raw clip, trimmed, tilted, driven, perhaps narrowed to a telephone's band, brought to its level and
    limited. Empty when all is silence."""
    samples = trim(clip.samples, clip.rate)
    if len(samples) == 0:
        return AudioClip(samples, clip.rate)
    samples = tilt(samples, clip.rate, manner.tilt_db)
    samples = samples / speech_rms(samples, clip.rate)
    if manner.drive > 1e-3:  # below that tanh is the identity, and the arithmetic only loses
        samples = np.tanh(manner.drive * samples)
        samples = samples / speech_rms(samples, clip.rate)
    if manner.telephone:
        samples = through_telephone(samples, clip.rate)
        samples = samples / speech_rms(samples, clip.rate)
    samples = _faded(samples, clip.rate)  # filters ring beyond the edges, and a cut there clicks
    return AudioClip(limit(samples * np.float32(10.0 ** (manner.level_dbfs / 20.0))), clip.rate)


def trim(samples: Samples, rate: int) -> Samples:
    """Without the silence around the speech: 10 ms stay in front and 60 ms behind, faded. Empty when all is silence."""
    active = np.flatnonzero(_active(samples, rate))
    if len(active) == 0:
        return np.zeros(0, np.float32)
    frame = _frame_samples(rate)
    onset = int(np.argmax(_active(samples, rate, ONSET_DB)))
    begin = max(0, onset * frame - int(0.010 * rate))
    end = min(len(samples), (int(active[-1]) + 1) * frame + int(0.060 * rate))
    return _faded(samples[begin:end], rate)


def tilt(samples: Samples, rate: int, gain_db: float) -> Samples:
    """High shelf without phase shift: 0 dB to 1 kHz, rising by octave to `gain_db` at 4 kHz."""
    if gain_db == 0.0:
        return samples

    def shelf(hz: Spectrum) -> Spectrum:
        octaves = np.clip(np.log2(np.maximum(hz, 1.0) / 1000.0) / 2.0, 0.0, 1.0)
        return np.asarray(10.0 ** (gain_db * octaves / 20.0))

    return _filtered(samples, rate, shelf)


def through_telephone(samples: Samples, rate: int) -> Samples:
    """What a telephone line leaves of it: 300 to 3,400 Hz, without phase shift."""
    return _filtered(samples, rate, lambda hz: np.interp(hz, TELEPHONE_HZ, (0.0, 1.0, 1.0, 0.0)))


def limit(samples: Samples) -> Samples:
    """Soft limiter: untouched under KNEE, bent smoothly towards CEILING above it."""
    size = np.abs(samples)
    room = CEILING - KNEE
    bent = KNEE + room * np.tanh((size - KNEE) / room)
    return np.where(size > KNEE, np.copysign(bent, samples), samples).astype(np.float32)


def speech_rms(samples: Samples, rate: int) -> np.float32:
    """RMS of the frames that hold speech, so that a pause inside does not count as softness. Never 0."""
    active = np.repeat(_active(samples, rate), _frame_samples(rate))[: len(samples)]
    power = np.mean(np.square(samples[: len(active)][active], dtype=np.float64)) if active.any() else 0.0
    return np.float32(max(float(np.sqrt(power)), 1e-6))


def _faded(samples: Samples, rate: int) -> Samples:
    """In over the first 5 ms and out over the last 30; a copy."""
    faded = samples.astype(np.float32, copy=True)
    rise, fall = min(int(0.005 * rate), len(faded)), min(int(0.030 * rate), len(faded))
    faded[:rise] *= np.linspace(0.0, 1.0, rise, dtype=np.float32)
    faded[len(faded) - fall :] *= np.linspace(1.0, 0.0, fall, dtype=np.float32)
    return faded


def _filtered(samples: Samples, rate: int, gain: Callable[[Spectrum], Spectrum]) -> Samples:
    """`gain` is the factor at each frequency, Hz."""
    size = 1 << (len(samples) + rate // 50 - 1).bit_length()
    spectrum = np.fft.rfft(samples, size) * gain(np.fft.rfftfreq(size, 1.0 / rate))
    return np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


def _heat(anger: float) -> float:
    return min(max(anger, 0.0), 100.0) / 100.0


def _frame_samples(rate: int) -> int:
    return max(1, int(FRAME_SECONDS * rate))


def _active(samples: Samples, rate: int, range_db: float = ACTIVE_DB) -> npt.NDArray[np.bool_]:
    """Which frames of FRAME_SECONDS are less than `range_db` under the loudest; shape (ceil(n / frame),)."""
    frame = _frame_samples(rate)
    padded = np.pad(samples, (0, -len(samples) % frame))
    level_db = 10.0 * np.log10(np.mean(np.square(padded.reshape(-1, frame), dtype=np.float64), axis=1) + 1e-12)
    if len(level_db) == 0:
        return np.zeros(0, np.bool_)
    return np.asarray(level_db > max(float(level_db.max()) - range_db, -70.0))
