"""Just enough of the ONNX file format (protocol buffers) to write a computation graph without another library.

Field numbers are those of onnx.proto3: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
"""

import struct
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

IR_VERSION = 8
OPSET = 17
MICROSOFT = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""
_ELEMENT_TYPES = MappingProxyType({"float32": 1, "uint8": 2, "int64": 7})

Axis = int | str
"""A fixed length, or the name of one that varies."""


def model(
    nodes: Sequence[bytes],
    constants: Mapping[str, npt.NDArray[np.generic]],
    inputs: Sequence[bytes],
    outputs: list[str],
) -> bytes:
    """A whole model: what `node` and `float_input` made, in order of computation."""
    graph = [
        *(_field(1, each) for each in nodes),
        _field(2, "graph"),
        *(_field(5, _tensor(name, value)) for name, value in constants.items()),
        *(_field(11, each) for each in inputs),
        *(_field(12, float_input(name, None)) for name in outputs),
    ]
    opsets = _field(8, _field(1, "") + _field(2, OPSET)) + _field(8, _field(1, MICROSOFT) + _field(2, 1))
    return _field(1, IR_VERSION) + _field(7, b"".join(graph)) + opsets


def node(
    operator: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    *,
    domain: str = "",
    **attributes: int | float | Sequence[int],
) -> bytes:
    """One operator applied to named values."""
    return b"".join(
        (
            *(_field(1, name) for name in inputs),
            *(_field(2, name) for name in outputs),
            _field(4, operator),
            *(_field(5, _attribute(name, value)) for name, value in attributes.items()),
            _field(7, domain),
        )
    )


def float_input(name: str, shape: Sequence[Axis] | None) -> bytes:
    """A float32 input or output; `None` leaves the shape to be inferred."""
    kind = _field(1, 1)
    if shape is not None:
        axes = (_field(1, axis) if isinstance(axis, int) else _field(2, axis) for axis in shape)
        kind += _field(2, b"".join(_field(1, axis) for axis in axes))
    return _field(1, name) + _field(2, _field(1, kind))


def _tensor(name: str, value: npt.NDArray[np.generic]) -> bytes:
    axes = b"".join(_field(1, length) for length in value.shape)
    data = np.ascontiguousarray(value).tobytes()
    return axes + _field(2, _ELEMENT_TYPES[value.dtype.name]) + _field(8, name) + _field(9, data)


def _attribute(name: str, value: int | float | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    if isinstance(value, float):
        return _field(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _field(20, 1)
    return _field(1, name) + b"".join(_field(8, each) for each in value) + _field(20, 7)


def _field(number: int, value: int | str | bytes) -> bytes:
    """A number as a varint, anything else with its length in front."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the high bit says that more follow."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
