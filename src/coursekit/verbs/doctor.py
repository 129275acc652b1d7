"""`coursekit doctor`: which isolation levels this machine has, each property tried, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.model import Isolation
from coursekit.sandbox import why_not
from coursekit.sandbox.probes import Finding, probe

ADVICE = {
    Isolation.NAMESPACES: (
        "install bubblewrap (Debian: `apt install bubblewrap`), and let users make namespaces "
        "(`sysctl kernel.unprivileged_userns_clone=1`, or on Ubuntu "
        "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`); in a container, start it as root with "
        "`--security-opt seccomp=unconfined --cap-add SYS_ADMIN`"
    ),
    Isolation.LANDLOCK: (
        "use Linux 5.13 or newer with Landlock switched on (`lsm=landlock,…` on the kernel's command line); "
        "on macOS and Windows grade in a Linux virtual machine or container"
    ),
    Isolation.PROCESS: "use Linux or macOS; on Windows its Linux subsystem (WSL)",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One isolation level on this machine: why it does not work, or what was found of each property."""

    isolation: Isolation
    why_not: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Properties that the level promises and that do not hold here."""
        return tuple(one for one in self.findings if self.isolation in one.probe.promised and not one.holds)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All levels, the strongest first."""

    levels: tuple[Level, ...]

    @property
    def best(self) -> Level | None:
        """The level that a batch takes here; None where none works."""
        return next((level for level in self.levels if not level.why_not), None)

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do about a broken promise, and how to reach the levels missing, the nearest first."""
        missing = [level for level in self.levels if level.why_not]
        lines = [
            f"for `{level.isolation.value}`: {ADVICE[level.isolation]} (here: {level.why_not})"
            for level in reversed(missing)
        ]
        broken = [level for level in self.levels if level.broken]
        return (
            *(
                f"do not grade at `{level.isolation.value}`: its promise does not hold here"
                for level in broken
            ),
            *lines,
        )

    @property
    def exit_code(self) -> int:
        """0: hidden cases can be graded here and every promise holds; 1: not so."""
        best = self.best
        safe = best is not None and best.isolation is not Isolation.PROCESS
        return 0 if safe and not any(level.broken for level in self.levels) else 1

    def as_json(self) -> dict[str, Any]:
        """Plain values for other programs."""
        return {
            "level": self.best.isolation.value if self.best else None,
            "levels": {level.isolation.value: _level_as_json(level) for level in self.levels},
            "advice": list(self.advice),
        }


def _level_as_json(level: Level) -> dict[str, Any]:
    properties = {
        one.probe.id: {
            "claim": f"student code {one.probe.claim}",
            "promised": level.isolation in one.probe.promised,
            "holds": one.holds,
            "told": one.told,
        }
        for one in level.findings
    }
    return {"works": not level.why_not, "why_not": level.why_not, "properties": properties}


def doctor(course: Path | None = None) -> Diagnosis:
    """Tries every level; a worker must also be unable to read the course at `course`, if there is one."""
    files = (course / "pyproject.toml",) if course else ()
    return Diagnosis(tuple(_level(isolation, files) for isolation in Isolation))


def _level(isolation: Isolation, files: tuple[Path, ...]) -> Level:
    reason = why_not(isolation)
    return Level(isolation, reason) if reason else Level(isolation, findings=probe(isolation, files))
