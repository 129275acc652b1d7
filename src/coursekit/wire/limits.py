"""The caps of one frame. They bound what a hostile reply can make the judge allocate or compute."""

from __future__ import annotations

MAX_STRUCTURE = 8 << 20  # bytes of everything but arrays and byte strings
MAX_BUFFERS = 64 << 20  # bytes of arrays and byte strings: the largest graded array is a thousandth of it
MAX_ITEMS = 200_000  # values in one frame, containers included
MAX_DEPTH = 32  # nesting of containers
MAX_KEYS = 4096  # dict keys in one frame: keys made to collide cost the square of their number
MAX_KEY_ITEMS = 8  # entries of a tuple used as a key, for the same reason
MAX_DIMENSIONS = 16  # of one array
MAX_INT_BYTES = 1024  # below Python's own limit on printing an int (4300 digits)
MAX_TEXT = 1 << 20  # bytes of one string
MAX_HANDLE_TEXT = 200  # characters of what is told about a thing that stays in the worker
