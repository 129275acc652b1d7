"""What passes between judge and worker: plain values in bounded frames, and never a pickle.

The worker's end is beside student code and may send anything. Safety rests on the judge's end alone:
it checks every size, type and shape before it allocates, and takes a reply only to the call it made.
"""

from coursekit.wire.errors import NotPlain, TooLarge, WireError
from coursekit.wire.replies import Crashed, Malformed, Raised, Reply, Returned, TimedOut, clean
from coursekit.wire.values import FunctionRef, Handle, decode, encode

__all__ = [
    "Crashed",
    "FunctionRef",
    "Handle",
    "Malformed",
    "NotPlain",
    "Raised",
    "Reply",
    "Returned",
    "TimedOut",
    "TooLarge",
    "WireError",
    "clean",
    "decode",
    "encode",
]
