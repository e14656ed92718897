"""Open an ONNX model's graph without `onnx`: give from outside what it works out within, and see what lies within.

Such a file is one protocol buffer (protobuf.dev/programming-guides/encoding): fields one behind another, each a key
(its number, and how its value is written) and the value. Only the graph's own fields are read; what a node does is not.
"""

from collections.abc import Iterator, Mapping, Sequence

INT64, BOOL = 7, 9
"""TensorProto.DataType."""
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_GRAPH = 7
"""Of ModelProto."""
_NODE, _INPUT, _OUTPUT, _KNOWN_TYPE = 1, 11, 12, 13
"""Of GraphProto. Inputs, outputs and known types are ValueInfoProto: name (1), type (2)."""
_NODE_OUTPUT = 2
"""Of NodeProto."""


def opened(model: bytes, given: Mapping[str, int], shown: Sequence[str]) -> bytes:
    """`model`, whose tensors `given` (name -> data type) are inputs instead of being worked out, and whose tensors
    `shown` are outputs behind its own. ValueError when a tensor of `given` is worked out nowhere."""
    missing = set(given)
    parts: list[bytes | memoryview] = []
    for number, value, whole in _fields(memoryview(model)):
        if number != _GRAPH:
            parts.append(whole)
            continue
        inside: list[bytes | memoryview] = []
        for kind, field, field_whole in _fields(value):
            made = _names(field, _NODE_OUTPUT) if kind == _NODE else _names(field, 1) if kind == _KNOWN_TYPE else set()
            if made & given.keys():
                missing -= made
            else:
                inside.append(field_whole)
        inside += [_field(_INPUT, _value(name, of)) for name, of in given.items()]
        inside += [_field(_OUTPUT, _field(1, name.encode())) for name in shown]
        parts.append(_field(_GRAPH, b"".join(inside)))
    if missing:
        raise ValueError(f"the model works out no {', '.join(sorted(missing))}")
    return b"".join(parts)


def _value(name: str, data_type: int) -> bytes:
    """ValueInfoProto of a tensor (TypeProto.tensor_type.elem_type)."""
    tensor = _varint(1 << 3 | _VARINT) + _varint(data_type)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _names(message: memoryview, number: int) -> set[str]:
    return {bytes(value).decode() for field, value, _ in _fields(message) if field == number}


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Number, value and the whole of each field; the value of a number is left empty."""
    at = 0
    while at < len(message):
        key, start = _read_varint(message, at)
        end = value = start
        if key & 7 == _VARINT:
            _, end = _read_varint(message, start)
            value = end
        elif key & 7 == _BYTES:
            length, value = _read_varint(message, start)
            end = value + length
        else:
            end = value = start + {_FIXED64: 8, _FIXED32: 4}[key & 7]
        yield key >> 3, message[value:end], message[at:end]
        at = end


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number there, seven bits a byte from the lowest, and where it ends."""
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _field(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(value)) + value
