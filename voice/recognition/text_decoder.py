"""Whisper's text decoder on ONNX Runtime, in 8 bits: from encoded sound and tokens to the next token's probabilities.

CTranslate2 rearranges every weight matrix for every token where it cannot use Intel's library (oneDNN without packed
weights: measured 13 ms a token on an AMD core). ONNX Runtime does it once, at load: 4 ms. So the decoder is rebuilt
here from the same weights, as a graph of ONNX operators; the encoder stays with CTranslate2.

The network is that of Radford et al. 2022: pre-norm transformer blocks of causal self-attention, attention to the
encoded sound, and a feed-forward layer with GELU. Weights have 8 bits, one scale a row; activations are quantised as
they come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio import Floats
from voice.recognition import onnx_file
from voice.recognition.model_file import Tensors, read
from voice.recognition.onnx_file import MICROSOFT, float_input, node
from voice.recognition.search import Memory

BLOCK = 32
"""Weights that share a scale. Four times as exact as one scale a row (error of the log probabilities of the words of a
sentence: .013 against .056; CTranslate2's int8: .014), and as quick for a single token."""
HEAD_WIDTH = 64
"""In every size of Whisper."""
Heads = Sequence[tuple[int, int]]
"""(layer, head) of some attention heads."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Encoded sound as the decoder's layers look at it."""

    feeds: dict[str, Any]
    """Keys and values of each layer."""
    frames: int


class TextDecoder:
    """Weights of one model; `begin` for each stretch of sound, then `step` by step."""

    def __init__(self, folder: Path, following: Heads, *, threads: int) -> None:
        """From a folder in CTranslate2's form. ValueError or KeyError when its weights are not those of a Whisper.

        `following`: the heads whose attention to the sound is kept; without any, all of the upper half of the layers.
        """
        tensors = read(folder / "model.bin")
        self._tensors = tensors
        self._positions = _floats(tensors, "decoder/position_encodings/encodings")
        self.width = int(self._positions.shape[1])
        self.heads = self.width // HEAD_WIDTH
        self.layers = sum(name.endswith("/self_attention/linear_0/weight") and "decoder" in name for name in tensors)
        upper = range(self.layers // 2, self.layers)
        heads = following or [(layer, head) for layer in upper for head in range(self.heads)]
        self._following = sorted(heads)
        self._sound = _session(_sound_graph(tensors, self.layers, self.heads), threads)
        self._text = _session(_text_graph(tensors, self.layers, self.heads, self._following), 1)

    @property
    def longest(self) -> int:
        """Tokens that fit."""
        return len(self._positions)

    def begin(self, encoded: Floats) -> Sound:
        """`encoded`: the encoder's output, shape (1, frames, width)."""
        found = self._sound.run(None, {"encoded": encoded})
        names = [f"{kind}{layer}" for layer in range(self.layers) for kind in ("keys", "values")]
        return Sound(dict(zip(names, found, strict=True)), encoded.shape[1])

    def nothing(self, sound: Sound, texts: int = 1) -> Memory:
        """The memory of `texts` texts that have not begun."""
        return Memory(
            np.zeros((2 * self.layers, texts, self.heads, 0, HEAD_WIDTH), np.float32),
            np.zeros((texts, len(self._following), 0, sound.frames), np.float32),
        )

    def step(self, sound: Sound, tokens: npt.NDArray[np.int64], memory: Memory) -> tuple[Floats, Memory]:
        """Log probabilities of what follows each of `tokens`, shape (texts, n), and the memory grown by them.

        `memory` is that of what came before. The first result has shape (texts, n, vocabulary).
        """
        before, count = memory.tokens, tokens.shape[1]
        embedded = _floats(self._tensors, "decoder/embeddings/weight", tokens)
        embedded += self._positions[before : before + count]
        mask = np.triu(np.full((count, before + count), -1e9, np.float32), before + 1)
        feeds = {"embedded": embedded, "mask": mask, "memory": memory.values, **sound.feeds}
        following, grown, seen = self._text.run(None, feeds)
        return following, Memory(grown, np.concatenate([memory.seen, seen], axis=2))


def _session(model: bytes, threads: int) -> Any:
    """A token is too little work to share: more than one thread pays for whole sounds only."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others want that core
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _sound_graph(tensors: Tensors, layers: int, heads: int) -> bytes:
    """encoded (1, frames, width) -> keys0 (1, heads, 64, frames), values0 (1, heads, frames, 64), keys1..."""
    graph = _Graph(tensors, heads)
    outputs = []
    for layer in range(layers):
        both = graph.exact_linear(f"decoder/layer_{layer}/attention/linear_1", "encoded")
        keys, values = graph.split(both, 2)
        for kind, value, order in (("keys", keys, (0, 2, 3, 1)), ("values", values, (0, 2, 1, 3))):
            outputs.append(f"{kind}{layer}")
            graph.add("Transpose", [graph.by_head(value)], name=outputs[-1], perm=order)
    width = heads * HEAD_WIDTH
    return onnx_file.model(graph.nodes, graph.constants, [float_input("encoded", [1, "frames", width])], outputs)


def _text_graph(tensors: Tensors, layers: int, heads: int, following: Heads) -> bytes:
    """embedded (texts, n, width), mask (n, length + n), memory and the sound's keys and values -> log probabilities,
    memory, what the heads `following` saw (texts, heads, n, frames)."""
    graph = _Graph(tensors, heads)
    width = heads * HEAD_WIDTH
    inputs = [
        float_input("embedded", ["texts", "new", width]),
        float_input("mask", ["new", "all"]),
        float_input("memory", [2 * layers, "texts", heads, "old", HEAD_WIDTH]),
    ]
    remembered = [f"memory{n}" for n in range(2 * layers)]
    graph.nodes.append(node("Split", ["memory"], remembered, axis=0))
    grown = []
    seen = []
    stream = "embedded"
    for layer in range(layers):
        inputs += [
            float_input(f"keys{layer}", [1, heads, HEAD_WIDTH, "frames"]),
            float_input(f"values{layer}", [1, heads, "frames", HEAD_WIDTH]),
        ]
        at = f"decoder/layer_{layer}"
        stream, kept = graph.self_attention(at + "/self_attention", stream, remembered[2 * layer : 2 * layer + 2])
        grown += kept
        stream, weights = graph.sound_attention(at + "/attention", stream, f"keys{layer}", f"values{layer}")
        if chosen := [head for each, head in following if each == layer]:
            graph.constants[f"following{layer}"] = np.array(chosen, np.int64)
            seen.append(graph.add("Gather", [weights, f"following{layer}"], axis=1))
        stream = graph.feed_forward(at + "/ffn", stream)
    normed = graph.norm("decoder/layer_norm", stream)
    graph.add("LogSoftmax", [graph.linear("decoder/projection", normed)], name="log probabilities", axis=-1)
    graph.add("Concat", grown, name="grown", axis=0)
    graph.add("Concat", seen, name="seen", axis=1)
    return onnx_file.model(graph.nodes, graph.constants, inputs, ["log probabilities", "grown", "seen"])


class _Graph:
    """A graph being written: each method adds operators and returns the name of their result."""

    def __init__(self, tensors: Tensors, heads: int) -> None:
        self.nodes: list[bytes] = []
        self.constants: dict[str, npt.NDArray[Any]] = {
            "by head": np.array([0, 0, heads, HEAD_WIDTH], np.int64),
            "joined": np.array([0, 0, heads * HEAD_WIDTH], np.int64),
            "axis 0": np.array([0], np.int64),
            "scale": np.array(HEAD_WIDTH**-0.5, np.float32),
        }
        self._tensors = tensors

    def add(self, operator: str, inputs: Sequence[str], *, name: str = "", domain: str = "", **attributes: Any) -> str:
        name = name or f"{len(self.nodes)}"
        self.nodes.append(node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def split(self, value: str, parts: int) -> list[str]:
        names = [f"{len(self.nodes)}.{part}" for part in range(parts)]
        self.nodes.append(node("Split", [value], names, axis=2))
        return names

    def by_head(self, value: str) -> str:
        """(texts, n, width) -> (texts, n, heads, 64)."""
        return self.add("Reshape", [value, "by head"])

    def linear(self, at: str, value: str, *, name: str = "") -> str:
        """Weights in 8 bits with a scale for every BLOCK of a row."""
        weight = _floats(self._tensors, at + "/weight")
        rows, columns = weight.shape
        blocks = weight.reshape(rows, columns // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2, keepdims=True), 1e-12) / 127.0
        self.constants[at + "/weight"] = (np.round(blocks / scales) + 128.0).astype(np.uint8)
        self.constants[at + "/scale"] = scales.reshape(-1)
        inputs = [value, at + "/weight", at + "/scale"]
        if at + "/bias" in self._tensors:
            inputs += ["", "", self._constant(at + "/bias")]
        sizes = {"K": columns, "N": rows, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        return self.add("MatMulNBits", inputs, name=name, domain=MICROSOFT, **sizes)

    def exact_linear(self, at: str, value: str) -> str:
        self.constants[at + "/weight"] = _floats(self._tensors, at + "/weight").T
        product = self.add("MatMul", [value, at + "/weight"])
        return self.add("Add", [product, self._constant(at + "/bias")])

    def norm(self, at: str, value: str) -> str:
        return self.add(
            "LayerNormalization",
            [value, self._constant(at + "/gamma"), self._constant(at + "/beta")],
            axis=-1,
            epsilon=1e-5,
        )

    def self_attention(self, at: str, stream: str, memory: Sequence[str]) -> tuple[str, list[str]]:
        """Each token looks at itself and those before. Also what is to be remembered, with a leading axis of 1."""
        normed = self.norm(at + "/layer_norm", stream)
        parts = self.split(self.linear(at + "/linear_0", normed), 3)
        queries, *new = [self.add("Transpose", [self.by_head(part)], perm=(0, 2, 1, 3)) for part in parts]
        kept = []
        for old, value in zip(memory, new, strict=True):
            value = self.add("Unsqueeze", [value, "axis 0"])
            kept.append(self.add("Concat", [old, value], axis=3))
        keys, values = [self.add("Squeeze", [each, "axis 0"]) for each in kept]
        keys = self.add("Transpose", [keys], perm=(0, 1, 3, 2))
        return self._attend(at, stream, queries, keys, values, masked=True)[0], kept

    def sound_attention(self, at: str, stream: str, keys: str, values: str) -> tuple[str, str]:
        """Each token looks at the sound. Also where: (texts, heads, n, frames)."""
        normed = self.norm(at + "/layer_norm", stream)
        queries = self.add("Transpose", [self.by_head(self.linear(at + "/linear_0", normed))], perm=(0, 2, 1, 3))
        return self._attend(at, stream, queries, keys, values, masked=False, out="/linear_2")

    def feed_forward(self, at: str, stream: str) -> str:
        inner = self.linear(at + "/linear_0", self.norm(at + "/layer_norm", stream))
        inner = self.add("Gelu", [inner], domain=MICROSOFT)
        return self.add("Add", [stream, self.linear(at + "/linear_1", inner)])

    def _attend(
        self, at: str, stream: str, queries: str, keys: str, values: str, *, masked: bool, out: str = "/linear_1"
    ) -> tuple[str, str]:
        weights = self.add("MatMul", [self.add("Mul", [queries, "scale"]), keys])
        if masked:
            weights = self.add("Add", [weights, "mask"])
        weights = self.add("Softmax", [weights], axis=-1)
        seen = self.add("MatMul", [weights, values])
        seen = self.add("Reshape", [self.add("Transpose", [seen], perm=(0, 2, 1, 3)), "joined"])
        return self.add("Add", [stream, self.linear(at + out, seen)]), weights

    def _constant(self, name: str) -> str:
        self.constants[name] = _floats(self._tensors, name)
        return name


def _floats(tensors: Tensors, name: str, rows: npt.NDArray[np.int64] | None = None) -> Floats:
    """A tensor, or these `rows` of it, as float32; one that is stored in 8 bits has a scale a row beside it (value =
    stored / scale). ValueError for one of other whole numbers."""
    stored = tensors[name]
    chosen = ... if rows is None else rows
    value: Floats = stored[chosen].astype(np.float32)
    if stored.dtype == np.int8:
        value /= tensors[f"{name}_scale"].reshape(-1, *(1,) * (stored.ndim - 1))[chosen]
    elif stored.dtype.kind != "f":
        raise ValueError(f"{name} is stored as {stored.dtype}")
    return value
