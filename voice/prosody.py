"""How a stretch of speech sounds: loudness, pitch, tilt, pauses and rate. Observable measures, numpy only.

Frames are 25 ms every 10 ms. A frame is speech when it stands clear of the clip's own noise floor, voiced when the
pitch tracker hears a period in it as well. Any array is measured without error: where there is no speech the result
has `seconds` 0 and `pitch_hz` None, and nothing is ever NaN or infinite.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dialogue.events import Prosody
from voice.audio import SAMPLE_RATE, SILENCE_DBFS, Floats, Samples
from voice.hearing import pitch
from voice.ports import VoiceProblem

_FRAME_SECONDS = 0.01
_WINDOW = 400
"""Samples: 25 ms."""
_FFT = 512
_BLOCK_FRAMES = 4096
_QUIETEST_SPEECH_DBFS = -65.0
"""A clip whose loud frames (95th percentile) stay under this has no speech in it."""
_SPEECH_RANGE_DB = 25.0
"""Speech frames lie within this of the loud ones..."""
_ABOVE_NOISE_DB = 6.0
"""...and at least this above the noise floor (5th percentile)."""
_STEADY_RANGE_DB = 12.0
"""Where loud frames and floor are nearer than this there are no pauses: the whole clip is one stretch."""
_SHORTEST_PAUSE_FRAMES = 20
"""0.2 s: shorter gaps are stop consonants (Goldman-Eisler 1968 counts pauses from 0.25 s)."""
_FEWEST_VOICED_FRAMES = 8
"""With less than 80 ms voiced there is no pitch to speak of."""
_SHORTEST_SECONDS = 0.3
"""Rates of shorter stretches are reckoned over this long, lest one syllable look like fast speech."""

_HIGH_BAND_HZ = (1000.0, 5000.0)
_LOW_BAND_HZ = (50.0, 1000.0)
"""The alpha ratio's bands (Frokjaer-Jensen & Prytz 1976), as in the GeMAPS set (Eyben et al. 2016)."""
_FEWEST_NOISE_FRAMES = 10
_NOISE_RESIDUE = 0.05
"""What noise subtraction leaves of a band at least, as a share of its power."""
_NUCLEI_BAND_HZ = (300.0, 2500.0)
_NUCLEUS_DIP_DB = 3.0
"""A syllable nucleus rises this much above the dips beside it (de Jong & Wempe 2009: 2 dB, on a smoother curve)..."""
_NUCLEUS_RANGE_DB = 20.0
"""...within this of the clip's strongest..."""
_NUCLEUS_GAP_FRAMES = 8
"""...at least 0.08 s after the one before."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Frames:
    """T frames of one clip."""

    level_db: Floats
    """(T,), dBFS."""
    power: Floats
    """(T, _FFT // 2 + 1), windowed power spectra."""


def measure(samples: Samples) -> Prosody:
    """What is heard in `samples`, shape (n,), 16 kHz, -1..1; any length, also 0. About 7 ms of CPU per second."""
    sound = np.nan_to_num(np.asarray(samples, np.float32).reshape(-1), nan=0.0, posinf=1.0, neginf=-1.0)
    sound = np.clip(sound, -8.0, 8.0)
    if len(sound) < _WINDOW:
        return _nothing()
    sound = sound - sound.mean(dtype=np.float64).astype(np.float32)
    clip = _analyse(sound)
    speech = _speech(clip.level_db)
    if not speech.any():
        return _nothing()
    hz = pitch.track(sound)
    voiced = speech & (hz > 0)

    first, last = np.flatnonzero(speech)[[0, -1]]
    stretch = slice(int(first), int(last) + 1)
    seconds = float(last - first + 1) * _FRAME_SECONDS
    reckoned_seconds = max(seconds, _SHORTEST_SECONDS)
    pitch_hz, pitch_range_st = _pitch(hz[voiced], clip.level_db[voiced])
    return Prosody(
        seconds=round(seconds, 2),
        loudness_dbfs=_mean_level(clip.level_db[speech]),
        pitch_hz=pitch_hz,
        pitch_range_st=pitch_range_st,
        rate_syllables_s=_nuclei(clip.power[stretch], voiced[stretch]) / reckoned_seconds,
        pause_share=_paused_frames(speech[stretch]) * _FRAME_SECONDS / reckoned_seconds,
        tilt_db=_tilt(clip.power, speech),
    )


def baseline(clips: Sequence[Prosody]) -> Prosody:
    """The middle of several measured clips of one speaker's ordinary voice: the median, measure by measure.

    Medians of dB and of log Hz, so that one odd clip among three does no harm; `seconds` is their sum. Clips without
    speech are left out; raises VoiceProblem when none is left.
    """
    spoken = [clip for clip in clips if clip.seconds > 0]
    if not spoken:
        raise VoiceProblem("There is no speech in the baseline: record a few calm sentences close to the microphone.")
    pitches = [clip.pitch_hz for clip in spoken if clip.pitch_hz is not None]
    ranges = [clip.pitch_range_st for clip in spoken if clip.pitch_range_st is not None]
    return Prosody(
        seconds=sum(clip.seconds for clip in spoken),
        loudness_dbfs=float(np.median([clip.loudness_dbfs for clip in spoken])),
        pitch_hz=float(np.exp2(np.median(np.log2(pitches)))) if pitches else None,
        pitch_range_st=float(np.median(ranges)) if ranges else None,
        rate_syllables_s=float(np.median([clip.rate_syllables_s for clip in spoken])),
        pause_share=float(np.median([clip.pause_share for clip in spoken])),
        tilt_db=float(np.median([clip.tilt_db for clip in spoken])),
    )


def _nothing() -> Prosody:
    return Prosody(0.0, SILENCE_DBFS, None, None, 0.0, 0.0, 0.0)


def _analyse(sound: Samples) -> _Frames:
    framed = pitch.frames(sound, _WINDOW)
    window = np.hanning(_WINDOW).astype(np.float32)
    levels, powers = [], []
    for first in range(0, len(framed), _BLOCK_FRAMES):
        block = framed[first : first + _BLOCK_FRAMES]
        mean_square = np.mean(np.square(block), axis=1)
        levels.append(10.0 * np.log10(mean_square + 1e-12))
        spectrum = np.fft.rfft(block * window, _FFT, axis=1)
        powers.append((spectrum.real**2 + spectrum.imag**2).astype(np.float32))
    return _Frames(np.concatenate(levels).astype(np.float32), np.concatenate(powers))


def _speech(level_db: Floats) -> Mask:
    """Which frames are speech, by the clip's own range of levels; shape (T,)."""
    loud, floor = np.percentile(level_db, [95, 5])
    if loud < _QUIETEST_SPEECH_DBFS:
        return np.zeros(len(level_db), np.bool_)
    if loud - floor < _STEADY_RANGE_DB:
        threshold = loud - _STEADY_RANGE_DB
    else:
        threshold = max(loud - _SPEECH_RANGE_DB, floor + _ABOVE_NOISE_DB)
    speech: Mask = level_db > threshold
    return speech


def _mean_level(level_db: Floats) -> float:
    """Mean power of frames, dBFS."""
    return float(10.0 * np.log10(np.mean(10.0 ** (level_db.astype(np.float64) / 10.0))))


def _pitch(hz: Floats, level_db: Floats) -> tuple[float | None, float | None]:
    """Middle in Hz and 10th-to-90th percentile in semitones of the voiced frames' F0; (None, None) with too few.

    The middle is the mean of log F0 weighted by the frames' power: the strong syllables are what a listener hears as
    the height of the voice, and the tracker errs least in them.
    """
    if len(hz) < _FEWEST_VOICED_FRAMES:
        return None, None
    semitones = 12.0 * np.log2(hz.astype(np.float64))
    low, high = np.percentile(semitones, [10, 90])
    power = 10.0 ** (level_db.astype(np.float64) / 10.0)
    return float(2.0 ** (np.average(semitones, weights=power) / 12.0)), float(high - low)


def _tilt(power: Floats, speech: Mask) -> float:
    """Alpha ratio of the speech frames, dB: their median level at 1-5 kHz over that at 50-1000 Hz.

    All speech frames count, not only those with a clear period: a pressed or shouting voice vibrates irregularly. The
    median keeps fricatives, which few frames hold, from making a sentence with many of them look bright. The spectrum
    of the pauses, where there are 0.1 s of them, is subtracted first, lest room noise make a quiet voice look bright
    (spectral subtraction, Boll 1979).
    """
    heard = power[speech]
    if np.count_nonzero(~speech) >= _FEWEST_NOISE_FRAMES:
        noise = np.median(power[~speech], axis=0)
        heard = np.maximum(heard - noise, _NOISE_RESIDUE * heard)
    high, low = (heard[:, _in_band(band)].sum(axis=1) for band in (_HIGH_BAND_HZ, _LOW_BAND_HZ))
    return float(np.median(10.0 * np.log10((high + 1e-12) / (low + 1e-12))))


def _in_band(band_hz: tuple[float, float]) -> Mask:
    """Which FFT bins lie in a band; shape (_FFT // 2 + 1,)."""
    hz = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
    inside: Mask = (hz >= band_hz[0]) & (hz < band_hz[1])
    return inside


def _paused_frames(speech: Mask) -> int:
    """Frames that belong to pauses of 0.2 s or more inside a stretch that begins and ends with speech."""
    edges = np.flatnonzero(np.diff(speech.astype(np.int8)))
    gaps = edges[1::2] - edges[0::2]
    return int(gaps[gaps >= _SHORTEST_PAUSE_FRAMES].sum())


def _nuclei(power: Floats, voiced: Mask) -> int:
    """Syllable nuclei: peaks of the smoothed energy at 300-2500 Hz that stand above the dips on both sides.

    After de Jong & Wempe, "Praat script to detect syllable nuclei", Behavior Research Methods 41 (2009). About four in
    five syllables of running speech are found, the more the slower it is: good for comparing a speaker with themselves.
    """
    energy_db = 10.0 * np.log10(power[:, _in_band(_NUCLEI_BAND_HZ)].sum(axis=1) + 1e-9)
    kernel = np.hanning(7)[1:-1]
    padded = np.pad(energy_db, len(kernel) // 2, mode="edge")
    smooth = np.convolve(padded, kernel / kernel.sum(), "valid")
    slope = np.sign(np.diff(smooth, prepend=-np.inf, append=-np.inf))
    peaks = np.flatnonzero((slope[:-1] > 0) & (slope[1:] <= 0) & (smooth > smooth.max() - _NUCLEUS_RANGE_DB))

    count, last, height = 0, -_NUCLEUS_GAP_FRAMES, -np.inf
    for peak in peaks.tolist():
        if not voiced[max(peak - 3, 0) : peak + 4].any():
            continue
        if count == 0:
            count, last, height = 1, peak, smooth[peak]
            continue
        dip = smooth[last : peak + 1].min()
        if peak - last >= _NUCLEUS_GAP_FRAMES and min(height, smooth[peak]) - dip >= _NUCLEUS_DIP_DB:
            count, last, height = count + 1, peak, smooth[peak]
        elif smooth[peak] > height:
            last, height = peak, smooth[peak]
    return count
