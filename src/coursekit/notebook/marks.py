"""Otter's solution marks in one code cell: which lines are given, solution, prompt or the mark itself.

Otter's own stripping (`otter.assign.solutions`) goes by line ends and copies what it does not recognise,
so a misspelt mark would hand the solution to students. Here every mark has one spelling:

    # BEGIN SOLUTION NO PROMPT          result = secret(x)  # SOLUTION
    return secret(x)
    # END SOLUTION
    \"\"\" # BEGIN PROMPT
    raise NotImplementedError("q3: f")
    \"\"\"; # END PROMPT
"""

from __future__ import annotations

import ast
import re
from enum import Enum
from typing import NoReturn

from coursekit.errors import BadInput

BEGIN = re.compile(r"\s*# BEGIN SOLUTION( NO PROMPT)?")
END = re.compile(r"\s*# END SOLUTION")
BEGIN_PROMPT = re.compile(r'\s*""" # BEGIN PROMPT')
END_PROMPT = re.compile(r'\s*"""; # END PROMPT')
ANSWER = re.compile(r"(?P<code>.*\S)  ?# SOLUTION( NO PROMPT)?")

# Everything that looks like a mark to a reader: upper case anywhere in a comment, or alone in any case.
LOOKS_LIKE = re.compile(
    r"#.*\b(SOLUTIONS?|PROMPT)\b|^\s*#+\s*(?i:((begin|end)\s+)?(solutions?|prompt)(\s+no\s+prompt)?)\s*$"
)
SPELLINGS = (
    "`# BEGIN SOLUTION`, `# BEGIN SOLUTION NO PROMPT`, `# END SOLUTION`, "
    '`""" # BEGIN PROMPT`, `"""; # END PROMPT`, `code  # SOLUTION`'
)


class Line(Enum):
    """What one line of a cell is."""

    GIVEN = "given"  # students get it
    SOLUTION = "solution"  # inside a solution block
    ANSWER = "answer"  # one statement followed by `# SOLUTION`
    PROMPT = "prompt"  # students get it in place of the solution
    MARK = "mark"


def looks_marked(source: str) -> int | None:
    """Number (from 1) of the first line that looks like a mark, or None."""
    for number, line in enumerate(source.split("\n"), start=1):
        if LOOKS_LIKE.search(line):
            return number
    return None


def classify(source: str, path: str, first: int) -> list[Line]:
    """The kind of every line of a code cell whose first line is line `first` of `path`.

    Raises BadInput with path and line for unbalanced, nested, misspelt or misplaced marks.
    """
    kinds: list[Line] = []
    state, opened = Line.GIVEN, 0

    def refuse(number: int, sentence: str) -> NoReturn:
        raise BadInput(f"{path}:{first + number - 1}: {sentence}")

    lines = source.split("\n")
    for number, line in enumerate(lines, start=1):
        kind, after = _step(line.rstrip(), state)
        if kind is None:
            expected = {
                Line.GIVEN: f"no such mark can stand here; the marks are {SPELLINGS}",
                Line.SOLUTION: "expected `# END SOLUTION` alone on its line before the next mark",
                Line.PROMPT: 'expected `"""; # END PROMPT` alone on its line before the next mark',
            }[state]
            refuse(number, f"found `{line.strip()}`; {expected}")
        kinds.append(kind)
        if after is not state and after is not Line.GIVEN:
            opened = number
        state = after
    if state is not Line.GIVEN:
        end = "# END SOLUTION" if state is Line.SOLUTION else '"""; # END PROMPT'
        refuse(opened, f"`{lines[opened - 1].strip()}` is never closed in this cell; add `{end}`")
    return kinds


def _step(line: str, state: Line) -> tuple[Line | None, Line]:
    """Kind of `line` and the state after it; None where a mark stands in the wrong place."""
    if state is Line.SOLUTION and END.fullmatch(line):
        return Line.MARK, Line.GIVEN
    if state is Line.PROMPT and END_PROMPT.fullmatch(line):
        return Line.MARK, Line.GIVEN
    if state is Line.GIVEN:
        if BEGIN.fullmatch(line):
            return Line.MARK, Line.SOLUTION
        if BEGIN_PROMPT.fullmatch(line):
            return Line.MARK, Line.PROMPT
        answer = ANSWER.fullmatch(line)
        if answer and not LOOKS_LIKE.search(answer["code"]):
            return Line.ANSWER, state
    return (None if LOOKS_LIKE.search(line) else state), state


def solved_lines(source: str, kinds: list[Line]) -> list[str]:
    """The cell with its solutions and without marks and prompts: one line for each, blanked where dropped."""
    kept = {Line.GIVEN, Line.SOLUTION}
    return [
        line if kind in kept else _answer(line) if kind is Line.ANSWER else ""
        for line, kind in zip(source.split("\n"), kinds, strict=True)
    ]


def _answer(line: str) -> str:
    match = ANSWER.fullmatch(line.rstrip())
    assert match is not None
    return match["code"]


def check_answers(source: str, kinds: list[Line], path: str, first: int) -> None:
    """Refuses `# SOLUTION` on a statement of several lines (Otter would copy the others) or on a header."""
    simple = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and not hasattr(node, "body")
    ]
    for number, kind in enumerate(kinds, start=1):
        if kind is Line.ANSWER and not any(node.lineno == node.end_lineno == number for node in simple):
            raise BadInput(
                f"{path}:{first + number - 1}: `# SOLUTION` must end a statement of one line; "
                "put the statement between `# BEGIN SOLUTION` and `# END SOLUTION`"
            )
