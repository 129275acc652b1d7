"""What the suite has seen, as data: written by `tools/security_table.py`, compared by the tests."""

from __future__ import annotations

import json
from typing import Any

from attacking import effects
from attacking.files import FOLDER, Attack, attacks

FILE = FOLDER / "results.json"


def stored() -> dict[str, Any]:
    """What is written down."""
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def write(data: dict[str, Any]) -> None:
    """Writes it down, in an order that makes a good diff."""
    FILE.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def of_level(seen: dict[str, Any]) -> dict[str, str]:
    """Attack → how it ended, from a batch at one level."""
    return {id: _ending(told) for id, told in seen["attacks"].items()}


def _ending(told: dict[str, Any]) -> str:
    if told["secrets"] or told["breach"]:
        return "passes"
    return "refused" if told["state"] == "ungradable" else "stopped"


def of_process(seen: list[Any]) -> dict[str, list[str]]:
    """Attack → what it did to the engine at level `process`."""
    known = {attack.id: attack for attack in attacks()}
    return {id: sorted(effects.on_real(told, known[id])) for id, _, told in seen}


def of_naive(seen: list[Any]) -> dict[str, list[str]]:
    """Attack → what its header promised and the naive grader suffered."""
    known: dict[str, Attack] = {attack.id: attack for attack in attacks()}
    return {id: sorted(effects.on_naive(told, known[id]) & set(known[id].naive)) for id, _, told in seen}
