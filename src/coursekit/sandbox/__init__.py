"""Runs student code where it can harm nothing, and asks it questions.

    with Sandbox() as sandbox, sandbox.open(Work(cells=(...,)), limits) as session:
        session.call("tanh_jacobian", (h, W_hh), {})

The one door to subprocesses and sockets.
"""

from coursekit.sandbox.detect import detect, why_not
from coursekit.sandbox.sandbox import Sandbox
from coursekit.sandbox.session import Session
from coursekit.sandbox.work import Work

__all__ = ["Sandbox", "Session", "Work", "detect", "why_not"]
