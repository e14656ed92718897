"""The neural voice: hibari-tts, whose one bundled voice becomes every customer.

hibari predicts, every 12.5 ms, three spectra (harmonic, noise, and a residue with its own phase) and F0, and turns them
into sound by one inverse STFT. Changing those frames before that step moves tempo, pitch, pitch range and formants
exactly and apart from each other, which no filter on the finished sound can. To move pitch cleanly, the harmonic
spectrum is first reduced to its envelope and given the minimum phase, as vocoders do. That needs hibari's internals:
this file is the only one that knows them, and `pyproject.toml` pins the version. No voice is ever downloaded.
"""

import re
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio import AudioClip, Samples
from voice.ports import VoiceProblem
from voice.synthesis.delivery import Shape, shape
from voice.synthesis.voices import Voice

BUNDLED = "heart"
"""The one voice inside the wheel; every other name would be fetched from the network."""
FRAMES_PER_SECOND = 80.0
VOICED_HZ = 40.0
"""hibari writes an F0 under this for unvoiced frames."""
LOWEST_HZ, HIGHEST_HZ = 55.0, 480.0
"""Bounds of F0, so that a wide range in a low or high voice neither creaks nor squeaks."""
TREMOR_HZ = 5.0
SAID = {"Dana": "dˈAnə", "Beth": "bˈɛθ", "Jimenez": "himˈɛnəz", "Reid": "ɹˈid"}
"""Names whose reading in the lexicon is another's (Donna, "bait", "jime-nez", "raid's"), in its own phonemes."""
BINS, BIN_HZ = 601, 20.0
LOUDEST = 7.0
"""hibari's own bound on log magnitudes."""
NEPERS_PER_DB = np.float32(np.log(10.0) / 20.0)

Frames = npt.NDArray[np.float32]
"""Shape (frames,) or, for a spectrum over frequency, (601,)."""
Spectrum = npt.NDArray[np.float32]
"""Shape (601, frames): log magnitude or phase, 0 to 12 kHz in steps of 20 Hz."""


class HibariEngine:
    """Text and Shape to raw sound at 24 kHz. One thread at a time; loads in about half a second."""

    name = "hibari"

    def __init__(self, voice: Voice) -> None:
        """Raises VoiceProblem when the package or its model cannot be loaded."""
        try:
            self._model, self._dsp = _load()
        except Exception as fault:  # whatever an import or a damaged model raises: the cause is in the sentence
            raise VoiceProblem(
                f"The neural voice cannot be loaded ({type(fault).__name__}: {fault}): "
                "reinstall hibari-tts 0.2.1, or choose --voice pyttsx3."
            ) from fault
        self._voice = voice

    def warm_up(self) -> None:
        """Read the pronunciation lexicon and run the network once."""
        self.speak("Ready.", shape(0.0, self._voice))

    def speak(self, text: str, manner: Shape) -> AudioClip:
        """Raw, untrimmed; the same text and manner give the same samples. Empty when there is nothing to pronounce."""
        for word, phonemes in SAID.items():
            text = re.sub(rf"\b{word}\b", f"[{word}](/{phonemes}/)", text)
        sounds = [self._sound(phonemes, manner) for phonemes in self._model.phonemize(text)]
        samples = np.concatenate(sounds) if sounds else np.zeros(0, np.float32)
        return AudioClip(samples, int(self._model.sample_rate))

    def close(self) -> None:
        """Nothing to release: the model goes with the object."""

    def _sound(self, phonemes: str, manner: Shape) -> Samples:
        ids = np.asarray([self._model.ids(phonemes)], np.int64)
        if ids.shape[1] < 3:  # only the two pads: nothing of this text is in the model's alphabet
            return np.zeros(0, np.float32)
        outputs = self._model.sess.run(None, {"ids": ids, "speed": np.ones(1, np.float32)})
        harmonic, _, noise, free, free_phase, f0 = (output[0] for output in outputs)
        at = np.arange(0.0, harmonic.shape[1] - 1, manner.tempo)
        nearest = np.round(at).astype(np.intp)  # phases and voicing cannot be interpolated
        voiced = f0[nearest] > VOICED_HZ
        formant = self._voice.formant
        tract = warp(interpolated(envelope(harmonic, f0), at), formant)
        hiss = warp(interpolated(noise, at), formant) + self._voice.breath_db * NEPERS_PER_DB
        residue = warp(interpolated(free, at), formant)
        residue[:, voiced] -= residue_cut_db(manner.pitch)[:, None] * NEPERS_PER_DB
        return self._wave(tract, hiss, residue, free_phase[:, nearest], self._melody(f0[nearest], manner))

    def _wave(self, tract: Spectrum, hiss: Spectrum, residue: Spectrum, phase: Spectrum, f0: Frames) -> Samples:
        """Pulses at F0 through the vocal tract, plus hiss, plus the residue at its own phase; one inverse STFT."""
        spectrum = self._dsp.stft(self._dsp.pulses(f0), len(f0)) * phasors(tract, minimum_phase(tract))
        chance = np.random.default_rng(0).standard_normal((*hiss.shape, 2), np.float32).view(np.complex64)[..., 0]
        spectrum += chance * np.exp(np.minimum(hiss, LOUDEST))
        spectrum += phasors(residue, phase)
        sound: Samples = self._dsp.ola(spectrum)
        return sound

    def _melody(self, f0: Frames, manner: Shape) -> Frames:
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


@cache
def _load() -> tuple[Any, Any]:
    """The model and hibari's signal processing: once for all voices, since they are all the same network."""
    from hibari import Hibari, dsp

    return Hibari(voice=BUNDLED), dsp


def phasors(log_magnitude: Spectrum, phase: Spectrum) -> npt.NDArray[np.complex64]:
    """exp(log_magnitude + i phase), in single precision (numpy's complex exp takes five times as long)."""
    turned = np.empty(log_magnitude.shape, np.complex64)
    np.cos(phase, out=turned.real)
    np.sin(phase, out=turned.imag)
    turned *= np.exp(np.minimum(log_magnitude, LOUDEST))
    return turned


def envelope(harmonic: Spectrum, f0: Frames) -> Spectrum:
    """The log magnitudes at the harmonics of F0 joined by straight lines; unvoiced frames as they are.

    What the network writes between harmonics was never heard and means nothing, until F0 is moved there.
    """
    bins = np.arange(harmonic.shape[0])
    smooth = harmonic.copy()
    for frame in np.flatnonzero(f0 > VOICED_HZ):
        spacing = f0[frame] / BIN_HZ
        at = np.arange(spacing, bins[-1], spacing)
        low = at.astype(np.intp)
        share = at - low
        levels = harmonic[low, frame] * (1.0 - share) + harmonic[low + 1, frame] * share
        smooth[:, frame] = np.interp(bins, at, levels)
    return smooth


def minimum_phase(tract: Spectrum) -> Spectrum:
    """The phase that belongs to log magnitudes, rad: sound that only follows its pulse, as in a real tract.

    By folding the cepstrum (Oppenheim & Schafer, "Discrete-Time Signal Processing", section 13.5).
    """
    cepstrum = np.fft.irfft(tract, axis=0)
    half = len(cepstrum) // 2
    cepstrum[1:half] *= 2.0
    cepstrum[half + 1 :] = 0.0
    return np.fft.rfft(cepstrum, axis=0).imag.astype(np.float32)


def residue_cut_db(pitch: float) -> Frames:
    """How far to lower the residue in voiced frames, dB per bin: it keeps the old pitch, a ghost beside the new one.

    Nothing for an unmoved pitch, 12 dB from about 5 semitones on; fading out between 4 and 6 kHz, where it is breath.
    """
    moved = np.tanh(abs(12.0 * np.log2(pitch)) / 3.0)
    frequency_hz = np.arange(BINS) * BIN_HZ
    return np.asarray(12.0 * moved * np.clip((6000.0 - frequency_hz) / 2000.0, 0.0, 1.0), np.float32)


def interpolated(spectrum: Spectrum, at: npt.NDArray[np.float64]) -> Spectrum:
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
