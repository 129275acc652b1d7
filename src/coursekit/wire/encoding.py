"""Plain values to bytes. No method that a student could have written is called on the way.

Types are taken with `type()`, never from `__class__`, and subclasses of plain types are read through the
base type's own methods, so that an object that lies about itself is sent as what it really holds.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Any

import numpy as np

from coursekit.wire import limits, things
from coursekit.wire.errors import NotPlain, TooLarge
from coursekit.wire.things import FunctionRef, Handle

# Taken now: student code may put its own functions in numpy's place later.
_view, _tobytes, _astype = np.ndarray.view, np.ndarray.tobytes, np.ndarray.astype
_ndarray, _array, _errstate = np.ndarray, np.array, np.errstate
_float64, _complex128 = np.dtype("<f8"), np.dtype("<c16")

_COUNT = Struct("<cI").pack
_INT = Struct("<cq").pack
_FLOAT = Struct("<cd").pack
_COMPLEX = Struct("<cdd").pack
_BIG = Struct("<cH").pack
_HANDLE = Struct("<cQ").pack
_NUMBERS = {length: Struct(f"<cBB{length}Q").pack for length in range(limits.MAX_DIMENSIONS + 1)}
_SCALAR = Struct("<cB").pack
_KEY_TYPES = (str, int, float, bytes, bool, type(None), np.integer, np.floating, np.bool_)

# Given a thing that is not plain: what is sent in its place. Raises NotPlain if nothing.
Unknown = Callable[[Any], Any]


def encode(value: Any, unknown: Unknown | None = None) -> tuple[bytes, list[bytes]]:
    """The structure and the buffers of one value.

    `unknown` is asked for a stand-in (usually a Handle) for a thing that is not plain, cyclic, or nested
    too deeply. Raises NotPlain without it, and TooLarge for a value beyond the caps.
    """
    writer = Writer(unknown)
    writer.value(value)
    return writer.structure(), writer.buffers


class Writer:
    """Collects one frame's values; counts against the caps as it goes."""

    def __init__(self, unknown: Unknown | None = None) -> None:
        self.buffers: list[bytes] = []
        self._parts: list[bytes] = []
        self._unknown = unknown
        self._size = self._buffer_size = self._items = self._keys = 0
        self._open: set[int] = set()  # ids of the containers around the current value

    def structure(self) -> bytes:
        """All that was written, without the buffers."""
        return b"".join(self._parts)

    def value(self, value: Any) -> None:
        """Write one value. Raises NotPlain, TooLarge."""
        self._items += 1
        if self._items > limits.MAX_ITEMS:
            raise TooLarge(f"more than {limits.MAX_ITEMS} values")
        kind = type(value)
        write = _WRITERS.get(kind)
        if write is None:
            write = next((_WRITERS[base] for base in _BASES if issubclass(kind, base)), Writer._stand_in)
        write(self, value)

    def _put(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > limits.MAX_STRUCTURE:
            raise TooLarge(f"more than {limits.MAX_STRUCTURE} bytes")
        self._parts.append(part)

    def _buffer(self, size: int, read: Callable[[], bytes]) -> None:
        self._buffer_size += size
        if self._buffer_size > limits.MAX_BUFFERS:
            raise TooLarge(f"more than {limits.MAX_BUFFERS} bytes of arrays")
        self.buffers.append(read())

    def _stand_in(self, value: Any) -> None:
        if self._unknown is None:
            raise NotPlain(f"a {type(value).__name__} is not a plain value")
        stand_in = self._unknown(value)
        if stand_in is value:
            raise NotPlain(f"a {type(value).__name__} has no stand-in")
        self.value(stand_in)

    def _none(self, value: Any) -> None:
        self._put(things.NONE)

    def _ellipsis(self, value: Any) -> None:
        self._put(things.ELLIPSIS)

    def _bool(self, value: Any) -> None:
        self._put(things.TRUE if value else things.FALSE)

    def _int(self, value: Any) -> None:
        size = int.bit_length(value)
        if size < 64:
            self._put(_INT(things.INT, int.__index__(value)))
            return
        size = size // 8 + 1
        if size > limits.MAX_INT_BYTES:
            raise TooLarge(f"an int of {size} bytes")
        self._put(_BIG(things.BIG, size) + int.to_bytes(value, size, "little", signed=True))

    def _float(self, value: Any) -> None:
        self._put(_FLOAT(things.FLOAT, value))

    def _complex(self, value: Any) -> None:
        plain = complex.__complex__(value)
        self._put(_COMPLEX(things.COMPLEX, plain.real, plain.imag))

    def _str(self, value: Any) -> None:
        raw = str.encode(value, "utf-8", "backslashreplace")  # a lone surrogate is nobody's to pass on
        if len(raw) > limits.MAX_TEXT:
            raise TooLarge(f"a string of {len(raw)} bytes")
        self._put(_COUNT(things.STR, len(raw)) + raw)

    def _bytes(self, value: Any) -> None:
        size = bytes.__len__(value)
        self._put(_COUNT(things.BYTES, size))
        self._buffer(size, lambda: bytes.__getitem__(value, slice(None)))

    def _array(self, value: Any) -> None:
        plain = _view(value, _ndarray)
        number = things.DTYPE_NUMBERS.get(plain.dtype.str)
        if number is None:
            plain, number = _nearest(plain)
        if number is None or plain.ndim > limits.MAX_DIMENSIONS:
            self._stand_in(value)
            return
        self._put(_NUMBERS[plain.ndim](things.ARRAY, number, plain.ndim, *plain.shape))
        self._buffer(plain.nbytes, lambda: _tobytes(plain))

    def _scalar(self, value: Any) -> None:
        plain = _array(value)
        number = things.DTYPE_NUMBERS.get(plain.dtype.str)
        if number is None:
            plain, number = _nearest(plain)
        if number is None or plain.ndim:
            self._stand_in(value)
            return
        self._put(_SCALAR(things.SCALAR, number) + _tobytes(plain))

    def _list(self, value: Any) -> None:
        self._sequence(things.LIST, value, list.__getitem__(value, slice(None)))

    def _tuple(self, value: Any) -> None:
        self._sequence(things.TUPLE, value, tuple.__getitem__(value, slice(None)))

    def _sequence(self, tag: bytes, value: Any, members: Any) -> None:
        if not self._enter(value):
            return
        self._put(_COUNT(tag, len(members)))
        for member in members:
            self.value(member)
        self._open.discard(id(value))

    def _dict(self, value: Any) -> None:
        members = list(dict.items(value))
        if not all(_is_key(key) for key, _ in members):
            self._stand_in(value)
            return
        if not self._enter(value):
            return
        self._keys += len(members)
        if self._keys > limits.MAX_KEYS:
            raise TooLarge(f"more than {limits.MAX_KEYS} dict keys")
        self._put(_COUNT(things.DICT, len(members)))
        for key, member in members:
            self.value(key)
            self.value(member)
        self._open.discard(id(value))

    def _enter(self, container: Any) -> bool:
        """False, with a stand-in written, where the container holds itself or lies too deep."""
        if id(container) in self._open or len(self._open) >= limits.MAX_DEPTH:
            self._stand_in(container)
            return False
        self._open.add(id(container))
        return True

    def _handle(self, value: Any) -> None:
        raw = value.text[: limits.MAX_HANDLE_TEXT].encode("utf-8", "backslashreplace")
        self._put(_HANDLE(things.HANDLE, value.id) + _COUNT(things.STR, len(raw)) + raw)

    def _function(self, value: Any) -> None:
        self._put(things.FUNCTION)
        self._str(value.name)


def _nearest(array: Any) -> tuple[Any, int | None]:
    """The array in the byte order and precision of the wire; its dtype's number, or None if it has none."""
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind not in "biufc":
        return array, None
    if size <= 8 or (kind == "c" and size == 16):
        dtype = array.dtype.newbyteorder("<")
    else:
        dtype = _float64 if kind == "f" else _complex128
    with _errstate(all="ignore"):  # a long double beyond float64 becomes inf
        plain = _astype(array, dtype)
    return plain, things.DTYPE_NUMBERS.get(plain.dtype.str)


def _is_key(key: Any) -> bool:
    kind = type(key)
    if issubclass(kind, tuple):
        members = tuple.__getitem__(key, slice(None))
        return len(members) <= limits.MAX_KEY_ITEMS and all(
            issubclass(type(member), _KEY_TYPES) for member in members
        )
    return issubclass(kind, _KEY_TYPES)


_WRITERS: dict[type, Callable[[Writer, Any], None]] = {
    type(None): Writer._none,
    type(...): Writer._ellipsis,
    bool: Writer._bool,
    int: Writer._int,
    float: Writer._float,
    complex: Writer._complex,
    str: Writer._str,
    bytes: Writer._bytes,
    np.ndarray: Writer._array,
    np.generic: Writer._scalar,
    list: Writer._list,
    tuple: Writer._tuple,
    dict: Writer._dict,
    Handle: Writer._handle,
    FunctionRef: Writer._function,
}
# For subclasses, in this order: numpy's float64 is a float too, and is to keep its dtype.
_BASES = (np.generic, np.ndarray, int, float, complex, str, bytes, list, tuple, dict)
_WRITERS |= {dtype.type: Writer._scalar for dtype in things.DTYPES}
