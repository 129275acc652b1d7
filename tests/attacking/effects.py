"""What an attack did to a grader, in the words of the attacks' headers."""

from __future__ import annotations

import os
from typing import Any

from attacking import course, naive
from attacking.alone import SIBLING
from attacking.files import Attack


def on_naive(seen: dict[str, Any], attack: Attack) -> set[str]:
    """What the naive grader suffered."""
    student, status = seen["student"], seen["status"]
    honest = naive.FULL if attack.base == "solved" else 0
    told = [seen[channel].get(student, 0) for channel in ("scores", "grades", "replies")]
    told += _scores(seen, student)
    # A grader that goes by its exit code sees full marks in 0.
    told += [naive.FULL] * (status is not None and os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0)
    effects = set()
    if any(isinstance(score, int | float) and score > honest for score in told):
        effects.add("forges")
    if status is None:
        effects.add("hangs")
    if seen["grades"].get(SIBLING) != naive.FULL:
        effects.add("spoils")
    return effects | _common(seen)


def _scores(seen: dict[str, Any], student: str) -> list[Any]:
    file = seen["files"].get(student, {})
    return [file.get("score", 0)] if isinstance(file, dict) else []


def on_real(seen: dict[str, Any], attack: Attack) -> set[str]:
    """What the real grader suffered, at its weakest level or with a layer taken out."""
    effects = set()
    if seen["status"] is None:
        effects.add("hangs")
    own, sibling = seen.get("attack", {}), seen.get("sibling", {})
    honest = course.POSSIBLE if attack.base == "solved" else 0
    worth = int(attack.earns) if attack.earns.isdigit() else 0  # of the work by itself
    if own.get("earned", 0) > max(honest, worth):
        effects.add("forges")
    if sibling.get("earned") != course.POSSIBLE:
        effects.add("spoils")
    return effects | _common(seen)


def on_otter(seen: dict[str, Any], attack: Attack) -> set[str]:
    """What `otter run` suffered."""
    honest = course.POSSIBLE if attack.base == "solved" else 0
    return ({"forges"} if seen["points"] > honest else set()) | _common(seen)


def _common(seen: dict[str, Any]) -> set[str]:
    effects = set()
    if seen["secrets"]:
        effects.add("steals")
    if seen["breach"]:
        effects.add("breaches")
    if seen["left"] or seen.get("lasting"):
        effects.add("litters")
    if seen["changed"]:
        effects.add("tampers")
    return effects


__all__ = ["on_naive", "on_otter", "on_real"]
