"""Bytes to plain values, believing nothing: every count is checked against what is left to read.

No dtype, shape or size is used before it is checked, no allocation is larger than the frame that carries
it, and whatever is wrong ends in WireError.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from struct import Struct
from typing import Any

import numpy as np

from coursekit.wire import limits, things
from coursekit.wire.errors import WireError
from coursekit.wire.replies import clean
from coursekit.wire.things import FunctionRef, Handle

_frombuffer, _reshape, _copy = np.frombuffer, np.ndarray.reshape, np.ndarray.copy  # see encoding.py

_U32 = Struct("<I").unpack_from
_U16 = Struct("<H").unpack_from
_U64 = Struct("<Q").unpack_from
_I64 = Struct("<q").unpack_from
_F64 = Struct("<d").unpack_from
_C128 = Struct("<dd").unpack_from
_SHAPES = {length: Struct(f"<{length}Q").unpack_from for length in range(limits.MAX_DIMENSIONS + 1)}
_BOOL = things.DTYPES[things.BOOL_NUMBER]
_KEY_TYPES = (str, int, float, bytes, type(None), np.integer, np.floating, np.bool_)

# Given a Handle or FunctionRef: what it stands for. Only the worker has such a thing.
Resolve = Callable[[Handle | FunctionRef], Any]


def decode(structure: bytes, buffers: bytes | bytearray | memoryview, resolve: Resolve | None = None) -> Any:
    """The one value that these bytes hold. Raises WireError for any others.

    Without `resolve` (in the judge) Handles stay Handles and a FunctionRef is an error.
    """
    reader = Reader(structure, buffers, resolve)
    value = reader.value()
    reader.end()
    return value


class Reader:
    """Reads one frame's values, counting against the caps as it goes."""

    def __init__(
        self,
        structure: bytes,
        buffers: bytes | bytearray | memoryview = b"",
        resolve: Resolve | None = None,
    ) -> None:
        self._data = bytes(structure)
        self._buffers = memoryview(buffers)
        self._resolve = resolve
        self._at = self._buffer_at = self._items = self._keys = self._depth = 0
        self.arrays: list[
            tuple[np.ndarray[Any, Any], memoryview]
        ] = []  # each array with the bytes it came from

    def value(self) -> Any:
        """The next value. Raises WireError."""
        self._items += 1
        if self._items > limits.MAX_ITEMS:
            raise WireError(f"more than {limits.MAX_ITEMS} values in one frame")
        at = self._take(1)
        read = _READERS.get(self._data[at])
        if read is None:
            raise WireError(f"unknown tag {self._data[at]}")
        return read(self)

    def end(self) -> None:
        """Raises WireError unless everything was read."""
        if self._at != len(self._data) or self._buffer_at != len(self._buffers):
            raise WireError("bytes are left over")

    def _take(self, size: int) -> int:
        """Where the next `size` bytes begin; they are behind us then."""
        at = self._at
        if size > len(self._data) - at:
            raise WireError("a value is cut off")
        self._at = at + size
        return at

    def _take_buffer(self, size: int) -> memoryview:
        at = self._buffer_at
        if size > len(self._buffers) - at:
            raise WireError("a buffer is cut off")
        self._buffer_at = at + size
        return self._buffers[at : at + size]

    def _none(self) -> None:
        return None

    def _ellipsis(self) -> Any:
        return ...

    def _true(self) -> bool:
        return True

    def _false(self) -> bool:
        return False

    def _int(self) -> int:
        return int(_I64(self._data, self._take(8))[0])

    def _big(self) -> int:
        size = _U16(self._data, self._take(2))[0]
        if size > limits.MAX_INT_BYTES:
            raise WireError(f"an int of {size} bytes")
        at = self._take(size)
        return int.from_bytes(self._data[at : at + size], "little", signed=True)

    def _float(self) -> float:
        return float(_F64(self._data, self._take(8))[0])

    def _complex(self) -> complex:
        return complex(*_C128(self._data, self._take(16)))

    def _str(self) -> str:
        size = self._count()
        if size > limits.MAX_TEXT:
            raise WireError(f"a string of {size} bytes")
        at = self._take(size)
        try:
            return self._data[at : at + size].decode("utf-8")
        except UnicodeDecodeError:
            raise WireError("a string that is not UTF-8") from None

    def _bytes(self) -> bytes:
        return bytes(self._take_buffer(self._count()))

    def _array(self) -> np.ndarray[Any, Any]:
        dtype = self._dtype()
        ndim = self._data[self._take(1)]
        if ndim > limits.MAX_DIMENSIONS:
            raise WireError(f"an array of {ndim} dimensions")
        shape = _SHAPES[ndim](self._data, self._take(8 * ndim))
        size = prod(shape)
        # An empty array may claim any length along its other axes: hold it to what a full one could have.
        if (size or prod(max(1, length) for length in shape)) * dtype.itemsize > limits.MAX_BUFFERS:
            raise WireError(f"an array of shape {shape}")
        raw = self._take_buffer(size * dtype.itemsize)
        array = _copy(_reshape(_frombuffer(raw, dtype), shape)) if size else np.empty(shape, dtype)
        _check_bools(array)
        self.arrays.append((array, raw))
        return array

    def _scalar(self) -> Any:
        dtype = self._dtype()
        array = _frombuffer(self._data, dtype, count=1, offset=self._take(dtype.itemsize))
        _check_bools(array)
        return array[0]

    def _dtype(self) -> np.dtype[Any]:
        number = self._data[self._take(1)]
        if number >= len(things.DTYPES):
            raise WireError(f"unknown dtype {number}")
        return things.DTYPES[number]

    def _count(self) -> int:
        return int(_U32(self._data, self._take(4))[0])

    def _list(self) -> list[Any]:
        count = self._enter(1)
        members = [self.value() for _ in range(count)]
        self._depth -= 1
        return members

    def _tuple(self) -> tuple[Any, ...]:
        return tuple(self._list())

    def _dict(self) -> dict[Any, Any]:
        count = self._enter(2)
        self._keys += count
        if self._keys > limits.MAX_KEYS:
            raise WireError(f"more than {limits.MAX_KEYS} dict keys in one frame")
        members = {}
        for _ in range(count):
            key = self.value()
            if not _is_key(key):
                raise WireError(f"a dict key of type {type(key).__name__}")
            members[key] = self.value()
        self._depth -= 1
        return members

    def _enter(self, size: int) -> int:
        """The number of members of the container that begins here, each at least `size` bytes long."""
        count = self._count()
        if count * size > len(self._data) - self._at:
            raise WireError(f"a container of {count} members is cut off")
        self._depth += 1
        if self._depth > limits.MAX_DEPTH:
            raise WireError(f"containers nested deeper than {limits.MAX_DEPTH}")
        return count

    def _handle(self) -> Any:
        id = int(_U64(self._data, self._take(8))[0])
        handle = Handle(id, clean(self._name(), limits.MAX_HANDLE_TEXT))
        return self._resolve(handle) if self._resolve else handle

    def _function(self) -> Any:
        if self._resolve is None:
            raise WireError("a function reference from the worker")
        return self._resolve(FunctionRef(self._name()))

    def _name(self) -> str:
        if self._data[self._take(1)] != things.STR[0]:
            raise WireError("a handle or reference without its text")
        return self._str()


def _check_bools(array: np.ndarray[Any, Any]) -> None:
    # numpy takes a bool's byte as it is: a 2 would be neither True nor False.
    if array.dtype is _BOOL and array.size and array.view("u1").max() > 1:
        raise WireError("a bool that is neither true nor false")


def _is_key(key: Any) -> bool:
    if type(key) is tuple:
        return len(key) <= limits.MAX_KEY_ITEMS and all(isinstance(member, _KEY_TYPES) for member in key)
    return isinstance(key, _KEY_TYPES)


_READERS: dict[int, Callable[[Reader], Any]] = {
    things.NONE[0]: Reader._none,
    things.ELLIPSIS[0]: Reader._ellipsis,
    things.TRUE[0]: Reader._true,
    things.FALSE[0]: Reader._false,
    things.INT[0]: Reader._int,
    things.BIG[0]: Reader._big,
    things.FLOAT[0]: Reader._float,
    things.COMPLEX[0]: Reader._complex,
    things.STR[0]: Reader._str,
    things.BYTES[0]: Reader._bytes,
    things.ARRAY[0]: Reader._array,
    things.SCALAR[0]: Reader._scalar,
    things.LIST[0]: Reader._list,
    things.TUPLE[0]: Reader._tuple,
    things.DICT[0]: Reader._dict,
    things.HANDLE[0]: Reader._handle,
    things.FUNCTION[0]: Reader._function,
}
