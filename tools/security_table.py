"""Writes the tables of docs/security.md from what the attacks have done: `python tools/security_table.py`.

With `--run` it runs the suite first, at every level of this machine and on the naive grader (some minutes),
and writes what was seen into tests/attacks/results.json; `make security` does that.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from attacking import results, room  # noqa: E402
from attacking.files import FOLDER, Attack, attacks  # noqa: E402

PAGE = ROOT / "docs" / "security.md"
MARKS = ("<!-- {} -->\n", "<!-- end of {} -->\n")
MINUTES = 60.0


def main(arguments: list[str]) -> None:
    """Runs the suite if asked to, then writes the page."""
    if "--run" in arguments:
        results.write(seen())
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def seen() -> dict[str, Any]:
    """What every attack does at every level, and to a naive grader."""
    everything = [[attack.id, []] for attack in attacks()]
    data: dict[str, Any] = {}
    for level in ("namespaces", "landlock"):
        batch = room.run("batch", {"level": level}, rights=True, seconds=30 * MINUTES)
        data[level] = results.of_level(batch)
    weak = {"grader": "process", "attacks": everything}
    data["process"] = results.of_process(room.run("alone", weak, rights=False, seconds=30 * MINUTES))
    naive = {"grader": "naive", "attacks": [[one.id, []] for one in attacks() if one.naive]}
    data["naive"] = results.of_naive(room.run("alone", naive, rights=False, seconds=30 * MINUTES))
    return data


def with_tables(page: str) -> str:
    """The page with each generated part made anew between its marks."""
    data = results.stored()
    for name, text in (("summary", summary(data)), ("classes", classes(data)), ("layers", layers())):
        begin, end = (mark.format(name) for mark in MARKS)
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}{text}{end}{after}"
    return page


def summary(data: dict[str, Any]) -> str:
    """How many attacks, and how many of them succeed where."""
    count = len(attacks())
    through = {
        level: sum(how == "passes" for how in data[level].values()) for level in ("namespaces", "landlock")
    }
    process, naive = (sum(bool(harm) for harm in data[level].values()) for level in ("process", "naive"))
    return (
        f"Of {count} attacks, {naive} succeed against a naive grader, which shares a process with students; "
        f"{process} do something at level `process`, {through['landlock']} at `landlock` "
        f"and {through['namespaces']} at `namespaces`.\n"
    )


def classes(data: dict[str, Any]) -> str:
    """One row a class of attacks."""
    told = tomllib.loads((FOLDER / "classes.toml").read_text(encoding="utf-8"))
    by_class: dict[int, list[Attack]] = defaultdict(list)
    for attack in attacks():
        by_class[attack.kind].append(attack)
    rows = [
        "| # | class | attacks | what stops it | `namespaces` | `landlock` | not stopped at `process` |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, ones in sorted(by_class.items()):
        entry = told[str(kind)]
        fences = [fence(entry.get(level, ""), level, ones, data) for level in ("namespaces", "landlock")]
        row = (str(kind), entry["title"], str(len(ones)), entry["apart"], *fences, weak(ones, data))
        rows.append(f"| {' | '.join(row)} |")
    return "\n".join(rows) + "\n"


def fence(text: str, level: str, ones: list[Attack], data: dict[str, Any]) -> str:
    """What a level adds against a class, and what passes all the same."""
    passing = [
        f"**not stopped:** {name(one)} ({next(iter(one.passes.values()))})"
        for one in ones
        if data[level][one.id] == "passes"
    ]
    return "; ".join([text] * bool(text) + passing) or "—"


def weak(ones: list[Attack], data: dict[str, Any]) -> str:
    """The attacks of a class that do something at level `process`."""
    harmful = [
        f"{name(one)}: {', '.join(data['process'][one.id])}" for one in ones if data["process"][one.id]
    ]
    return "; ".join(harmful) or "—"


def name(attack: Attack) -> str:
    """As a reader would say it."""
    return attack.id.partition("_")[2].replace("_", " ")


def layers() -> str:
    """One row a layer of the sandbox."""
    rows = ["| level | layer | without it |", "|---|---|---|"]
    known = {attack.id: attack for attack in attacks()}
    for layer in tomllib.loads((FOLDER / "layers.toml").read_text(encoding="utf-8"))["layer"]:
        if "attack" in layer:
            also = f" (with {' and '.join(layer['with'])} out as well)" if layer.get("with") else ""
            text = f"“{name(known[layer['attack']])}” succeeds{also}"
        else:
            text = layer["because"]
        rows.append(f"| `{layer['level']}` | {layer['name']} | {text} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
