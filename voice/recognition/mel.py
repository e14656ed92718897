"""The log-mel spectrogram that Whisper was trained on, in numpy.

Parameters and normalisation are those of Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak
Supervision", section 2.2: 80 mel bands on 25 ms windows every 10 ms, log10, floored 8 below the loudest band.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE, Samples

BANDS = 80
WINDOW_SAMPLES = 400
HOP_SAMPLES = 160
FRAMES_PER_SECOND = SAMPLE_RATE // HOP_SAMPLES

Mel = npt.NDArray[np.float32]
"""Shape (80, frames), about -1..2, C-contiguous."""


def log_mel(samples: Samples, frames: int) -> Mel:
    """The spectrogram of 16 kHz `samples`, followed by digital silence up to `frames` frames of 10 ms.

    Frames are centred on multiples of the hop, the start mirrored, as in the reference implementation. Sound beyond
    the last frame is cut. In double precision: how single sums are rounded depends on the number of cores, and Whisper
    tips over from one word to another on the last bit.
    """
    half = WINDOW_SAMPLES // 2
    used = samples[: frames * HOP_SAMPLES + half]
    sounding = min(frames, (len(used) + half) // HOP_SAMPLES + 1)  # windows behind these hold nothing
    padded = np.zeros(sounding * HOP_SAMPLES + WINDOW_SAMPLES)
    padded[half : half + len(used)] = used[: len(padded) - half]
    padded[:half] = padded[WINDOW_SAMPLES:half:-1]

    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_SAMPLES)[::HOP_SAMPLES][:sounding]
    spectrum = np.fft.rfft(windows * _hann(), axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    logs = np.full((BANDS, frames), -10.0)
    logs[:, :sounding] = np.log10(np.maximum(_filters() @ power.T, 1e-10))
    logs = np.maximum(logs, logs.max() - 8.0)
    return np.ascontiguousarray((logs + 4.0) / 4.0, dtype=np.float32)


@cache
def _hann() -> npt.NDArray[np.float64]:
    """The periodic Hann window, shape (400,)."""
    phase = 2.0 * np.pi * np.arange(WINDOW_SAMPLES) / WINDOW_SAMPLES
    return np.asarray(0.5 - 0.5 * np.cos(phase))


@cache
def _filters() -> npt.NDArray[np.float64]:
    """Triangles of equal area, evenly spaced on Slaney's mel scale from 0 to 8000 Hz; shape (80, 201)."""
    top = _to_mel(SAMPLE_RATE / 2)
    edges = _to_hertz(np.linspace(0.0, top, BANDS + 2))
    bins = np.linspace(0.0, SAMPLE_RATE / 2, WINDOW_SAMPLES // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None])


_LINEAR_HZ_PER_MEL = 200.0 / 3.0
_KNEE_HZ = 1000.0
_KNEE_MEL = _KNEE_HZ / _LINEAR_HZ_PER_MEL
_LOG_STEP = np.log(6.4) / 27.0
"""Slaney, "Auditory Toolbox" (1998): linear below 1 kHz, 27 steps from there to 6.4 kHz."""


def _to_mel(hertz: float) -> float:
    if hertz < _KNEE_HZ:
        return hertz / _LINEAR_HZ_PER_MEL
    return float(_KNEE_MEL + np.log(hertz / _KNEE_HZ) / _LOG_STEP)


def _to_hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    bent = _KNEE_HZ * np.exp(_LOG_STEP * (mel - _KNEE_MEL))
    return np.where(mel < _KNEE_MEL, mel * _LINEAR_HZ_PER_MEL, bent)
