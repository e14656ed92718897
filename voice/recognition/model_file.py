"""Reads the tensors of a model in CTranslate2's form (`model.bin`, format version 6)."""

import struct
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

VERSION = 6
_DTYPES: Mapping[int, str] = MappingProxyType({0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"})

Tensors = Mapping[str, npt.NDArray[Any]]


def read(path: Path) -> Tensors:
    """Every tensor by name, as a view of the file: nothing is loaded before it is used. ValueError for another form."""
    data = np.memmap(path, np.uint8, "r")
    reader = _Reader(data)
    if (version := reader.number("I")) != VERSION:
        raise ValueError(f"format version {version} instead of {VERSION}")
    reader.text()  # the name of the specification
    reader.number("I")  # its revision
    tensors: dict[str, npt.NDArray[Any]] = {}
    for _ in range(reader.number("I")):
        name = reader.text()
        shape = [reader.number("I") for _ in range(reader.number("B"))]
        dtype = _DTYPES.get(reader.number("B"))
        raw = reader.take(reader.number("I"))
        if dtype is not None:
            tensors[name] = raw.view(dtype).reshape(shape)
    for _ in range(reader.number("I")):
        alias, name = reader.text(), reader.text()
        tensors[alias] = tensors[name]
    return tensors


class _Reader:
    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> npt.NDArray[np.uint8]:
        self._at += count
        if self._at > len(self._data):
            raise ValueError("the file breaks off")
        return self._data[self._at - count : self._at]

    def number(self, form: str) -> int:
        return int(struct.unpack("<" + form, self.take(struct.calcsize("<" + form)).tobytes())[0])

    def text(self) -> str:
        return self.take(self.number("H")).tobytes().rstrip(b"\0").decode()
