"""What one grading needs and may do, as data that travels to a judge's process."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from coursekit.model import Submission


@dataclass(frozen=True, slots=True)
class Job:
    """One submission to grade: its bytes, its other files, and the key that its hidden inputs are drawn from.

    `problem` is a sentence where intake already found that it cannot be graded; `missing` says that the
    student has a place and handed in nothing. `reaching` is for audits: a notebook that differs from the
    Reference in one function alone is judged by the cases that can run it.
    """

    submission: Submission
    key: bytes
    raw: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""
    missing: bool = False
    remarks: tuple[str, ...] = ()
    reaching: str = ""


def key_for(secret: bytes, submission: Submission) -> bytes:
    """The key of a submission's hidden inputs: none can foresee it; the same file meets the same numbers.

    HMAC-SHA256 over assignment and content; the case's own name is mixed in by `gradtools.rng`.
    """
    message = f"{submission.assignment}\0{submission.sha256}".encode()
    return hmac.new(secret, message, hashlib.sha256).digest()
