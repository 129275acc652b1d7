"""What can go wrong on the wire.

WireError        bytes that break the protocol
├─ Late          the deadline passed
├─ Ended         the other end closed the connection
├─ NotPlain      a thing that has no plain form (encoding only)
└─ TooLarge      a value beyond the caps (encoding only)
"""

from __future__ import annotations


class WireError(Exception):
    """The protocol was broken; the other end can no longer be believed."""


class Late(WireError):
    """The deadline passed before the frame was complete."""


class Ended(WireError):
    """The other end closed the connection."""


class NotPlain(WireError):
    """A thing that is not a plain value was to be sent."""


class TooLarge(WireError):
    """A value beyond the caps was to be sent."""
