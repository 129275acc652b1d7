"""Plain values as bytes: a tagged structure, and beside it the raw buffers of arrays and byte strings.

    encode(value)                      -> (structure, buffers)
    decode(structure, buffers)         -> value

Plain are None, `...`, bool, int, float, complex, str, bytes, numeric arrays and numpy scalars, and lists,
tuples and dicts of these. A `Handle` stands for anything else, which stays in the worker; a `FunctionRef`
is the judge's way to pass "the student's function of that name". Arrays arrive as their own C-ordered,
writable copies.
"""

from __future__ import annotations

from coursekit.wire.decoding import Reader, decode
from coursekit.wire.encoding import Writer, encode
from coursekit.wire.things import FunctionRef, Handle

__all__ = ["FunctionRef", "Handle", "Reader", "Writer", "decode", "encode"]
