"""The neural voice: hibari-tts, whose one bundled voice becomes every customer.

hibari predicts, every 12.5 ms, a harmonic and two noise spectra, two phases and F0, and turns them into sound by one
inverse STFT. Changing those frames before that step moves tempo, pitch, pitch range and formants exactly and apart from
each other, which no filter on the finished sound can. That needs hibari's internals: this file is the only one that
knows them, and `pyproject.toml` pins the version. No voice is ever downloaded: the bundled one is named.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio import AudioClip, Samples
from voice.delivery import Shape, shape
from voice.ports import VoiceProblem
from voice.synthesis.voices import Voice

BUNDLED = "heart"
"""The one voice inside the wheel; every other name would be fetched from the network."""
FRAMES_PER_SECOND = 80.0
VOICED_HZ = 40.0
"""hibari writes an F0 under this for unvoiced frames."""
LOWEST_HZ, HIGHEST_HZ = 55.0, 480.0
"""Bounds of F0, so that a wide range in a low or high voice neither creaks nor squeaks."""
TREMOR_HZ = 5.0

Spectrum = npt.NDArray[np.float32]
"""Shape (601, frames): log magnitude or phase, 0 to 12 kHz in steps of 20 Hz."""


class HibariEngine:
    """Text and Shape to raw sound at 24 kHz. One thread at a time; loads in about half a second."""

    name = "hibari"

    def __init__(self, voice: Voice) -> None:
        """Raises VoiceProblem when the package or its model cannot be loaded."""
        try:
            from hibari import Hibari, dsp

            self._model: Any = Hibari(voice=BUNDLED)
        except Exception as fault:  # whatever an import or a damaged model raises: the cause is in the sentence
            raise VoiceProblem(
                f"The neural voice cannot be loaded ({type(fault).__name__}: {fault}): "
                "reinstall hibari-tts 0.2.1, or choose --voice pyttsx3."
            ) from fault
        self._dsp: Any = dsp
        self._voice = voice

    def warm_up(self) -> None:
        """Read the pronunciation lexicon and run the network once."""
        self.speak("Ready.", shape(0.0, self._voice))

    def speak(self, text: str, manner: Shape) -> AudioClip:
        """Raw, untrimmed; the same text and manner give the same samples. Empty when there is nothing to pronounce."""
        sounds = [self._sound(phonemes, manner) for phonemes in self._model.phonemize(text)]
        samples = np.concatenate(sounds) if sounds else np.zeros(0, np.float32)
        return AudioClip(samples, int(self._model.sample_rate))

    def close(self) -> None:
        """Nothing to release: the model goes with the object."""

    def _sound(self, phonemes: str, manner: Shape) -> Samples:
        ids = np.asarray([self._model.ids(phonemes)], np.int64)
        if ids.shape[1] < 3:  # only the two pads: no sound of this text is in the model's alphabet
            return np.zeros(0, np.float32)
        outputs = self._model.sess.run(None, {"ids": ids, "speed": np.ones(1, np.float32)})
        harmonic, harmonic_phase, noise, free, free_phase, f0 = (output[0] for output in outputs)
        at = np.arange(0.0, harmonic.shape[1] - 1, manner.tempo)
        nearest = np.round(at).astype(np.intp)  # phases and voicing cannot be interpolated
        formant = self._voice.formant
        breath = np.float32(self._voice.breath_db * np.log(10.0) / 20.0)  # spectra are natural logarithms
        sound: Samples = self._dsp.synth(
            warp(between(harmonic, at), formant),
            np.ascontiguousarray(harmonic_phase[:, nearest]),
            warp(between(noise, at), formant) + breath,
            warp(between(free, at), formant),
            np.ascontiguousarray(free_phase[:, nearest]),
            self._melody(f0[nearest], manner),
            np.random.default_rng(0),
        )
        return sound

    def _melody(self, f0: npt.NDArray[np.float32], manner: Shape) -> npt.NDArray[np.float32]:
        """F0 in Hz per frame, moved by the manner's pitch and stretched around its own mean by its range."""
        voiced = f0 > VOICED_HZ
        if not voiced.any():
            return f0
        log_f0 = np.log(f0[voiced])
        mean = float(log_f0.mean())
        moved = np.exp(mean + np.log(manner.pitch) + (log_f0 - mean) * manner.pitch_range)
        seconds = np.flatnonzero(voiced) / FRAMES_PER_SECOND
        moved *= 1.0 + self._voice.tremor * np.sin(2.0 * np.pi * TREMOR_HZ * seconds)
        melody = f0.astype(np.float32, copy=True)
        melody[voiced] = np.clip(moved, LOWEST_HZ, HIGHEST_HZ)
        return melody


def between(spectrum: Spectrum, at: npt.NDArray[np.float64]) -> Spectrum:
    """The frames at fractional positions `at` (0..frames-1), interpolated linearly."""
    left = at.astype(np.intp)
    right = np.minimum(left + 1, spectrum.shape[1] - 1)
    share = (at - left).astype(np.float32)
    mixed: Spectrum = spectrum[:, left] * (1.0 - share) + spectrum[:, right] * share
    return mixed


def warp(spectrum: Spectrum, factor: float) -> Spectrum:
    """The envelope with every formant at `factor` times its frequency; bands that come in from above are faint."""
    if factor == 1.0:
        return np.ascontiguousarray(spectrum)
    bins = spectrum.shape[0]
    source = np.arange(bins) / factor
    low = np.minimum(source.astype(np.intp), bins - 2)
    share = (source - low)[:, None].astype(np.float32)
    moved: Spectrum = spectrum[low] * (1.0 - share) + spectrum[low + 1] * share
    moved[source > bins - 1] = spectrum[-1] - 4.0  # 35 dB under the last band known
    return moved
