"""Otter case files, read with `ast` and never run: fast, and every complaint has its line.

Otter itself accepts far more and fails silently on much of it (a second case of one name, missing
points, a default value it ignores); what it would misread is refused here.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from coursekit.course.tables import HTML
from coursekit.errors import BadInput, nearest
from coursekit.model import Case, CaseFile

STEM = re.compile(r"(q[1-9][0-9]*)(_hidden)?")
# A case reads plots and compares through gradtools; anything else would not exist beside a notebook.
PUBLIC_MODULES = frozenset({"__future__", "math", "numpy", "otter", "gradtools"})
HIDDEN_MODULES = PUBLIC_MODULES | {"reference"}
KEYWORDS = ("name", "points", "hidden", "success_message", "failure_message")


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    name: str
    question: str
    hidden: bool

    def refuse(self, node: ast.AST | None, sentence: str) -> NoReturn:
        raise BadInput(f"{self.path}:{getattr(node, 'lineno', 1)}: {sentence}")


def read_cases(path: str, text: str, *, hidden: bool) -> tuple[CaseFile, list[Case]]:
    """The case file and its cases, in order of definition. Raises BadInput with path and line."""
    file = _file(path, hidden)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise BadInput(f"{path}:{error.lineno}: not valid Python: {error.msg}") from None
    _check_globals(file, tree)
    _check_imports(file, tree)
    cases: list[Case] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            cases.append(_case(file, node))
    _check_only_decorators(file, tree, len(cases))
    _check_names(file, tree, cases)
    return CaseFile(file.question, path, text, hidden), cases


def case_parameters(text: str) -> list[tuple[str, int]]:
    """Every parameter of every case of a file that `read_cases` accepts, with its line; `env` left out."""
    return [
        (argument.arg, argument.lineno)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
        for argument in [*node.args.args, *node.args.kwonlyargs]
        if argument.arg != "env"
    ]


def _file(path: str, hidden: bool) -> _File:
    name = path.rsplit("/", 1)[-1].removesuffix(".py")
    match = STEM.fullmatch(name)
    expected = "q3_hidden.py" if hidden else "q3.py"
    if not match or bool(match.group(2)) != hidden:
        raise BadInput(
            f"{path}: a case file in {'hidden' if hidden else 'public'}/ is named as in {expected}"
        )
    return _File(path, name, match.group(1), hidden)


def _check_globals(file: _File, tree: ast.Module) -> None:
    values: dict[str, ast.expr] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                if (
                    isinstance(part, ast.Name)
                    and isinstance(node, (ast.Assign, ast.AnnAssign))
                    and node.value
                ):
                    values[part.id] = node.value
    for banned in ("points", "all_or_nothing"):
        if banned in values:
            file.refuse(values[banned], f"the file sets `{banned}`; remove it: every case has its own points")
    name, ok = values.get("name"), values.get("OK_FORMAT")
    if not (isinstance(name, ast.Constant) and name.value == file.name):
        found = ast.unparse(name) if name else "nothing"
        file.refuse(name, f"`name` is {found}; expected `name = {file.name!r}`, as the file is called")
    if not (isinstance(ok, ast.Constant) and ok.value is False):
        file.refuse(ok, "expected `OK_FORMAT = False`; Otter refuses the file without it")


def _check_imports(file: _File, tree: ast.Module) -> None:
    allowed = HIDDEN_MODULES if file.hidden else PUBLIC_MODULES
    for node in ast.walk(tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = ["." * node.level + (node.module or "")]
        for module in modules:
            if module.split(".")[0] not in allowed:
                known = ", ".join(sorted(allowed - {"__future__"}))
                why = "; hidden cases alone may import it" if module in HIDDEN_MODULES else ""
                file.refuse(node, f"a case file imports only {known}; found {module!r}{why}")


def _case(file: _File, node: ast.FunctionDef) -> Case:
    call = node.decorator_list[0]
    if (
        len(node.decorator_list) > 1
        or not isinstance(call, ast.Call)
        or not (isinstance(call.func, ast.Name) and call.func.id == "test_case")
    ):
        file.refuse(node, f"{node.name} must have one decorator, @test_case(name=…, points=…), and no other")
    if call.args:
        file.refuse(call, f"{node.name}: give test_case its arguments by keyword, name=… and points=…")
    values = _keywords(file, node, call)
    _check_parameters(file, node)
    return Case(file.question, values["name"], values["points"], file.hidden)


def _keywords(file: _File, node: ast.FunctionDef, call: ast.Call) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for keyword in call.keywords:
        if keyword.arg not in KEYWORDS:
            file.refuse(
                call, f"{node.name}: unknown keyword {keyword.arg!r}{nearest(str(keyword.arg), KEYWORDS)}"
            )
        if not isinstance(keyword.value, ast.Constant):
            file.refuse(keyword.value, f"{node.name}: {keyword.arg} must be written out, not computed")
        values[keyword.arg] = keyword.value.value
    name, points = values.get("name"), values.get("points")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        file.refuse(call, f"{node.name} has name {name!r}; give the case a short title in one line")
    if type(points) is not int or points <= 0:
        file.refuse(call, f"{node.name} has points {points!r}; expected a whole positive number")
    if values.get("hidden") and not file.hidden:
        file.refuse(call, f"{node.name} says hidden=True in public/; move it to hidden/ or drop the keyword")
    for key in ("name", "success_message", "failure_message"):
        found = HTML.search(values.get(key) or "")
        if found:
            file.refuse(call, f"{node.name}: {key} holds HTML ({found.group()!r}), which Otter would render")
    return values


def _check_parameters(file: _File, node: ast.FunctionDef) -> None:
    arguments = node.args
    if arguments.posonlyargs or arguments.vararg or arguments.kwarg:
        file.refuse(
            node,
            f"{node.name}: parameters are plain names; no `/`, no *args, no **kwargs (Otter binds by name)",
        )
    if arguments.defaults or any(arguments.kw_defaults):
        file.refuse(node, f"{node.name}: a parameter has a default, which Otter ignores; remove it")


def _check_only_decorators(file: _File, tree: ast.Module, count: int) -> None:
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "test_case"]
    if len(uses) != count:
        decorators = {
            id(d.func)
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            for d in node.decorator_list
            if isinstance(d, ast.Call)
        }
        odd = next(use for use in uses if id(use) not in decorators)
        file.refuse(odd, "test_case is used elsewhere than as the decorator of a top-level function")
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and node.name == "test_case" and node.asname:
            file.refuse(node, "import test_case under its own name")


def _check_names(file: _File, tree: ast.Module, cases: list[Case]) -> None:
    if not cases:
        file.refuse(None, "no case: no top-level function is decorated with @test_case(name=…, points=…)")
    functions: dict[str, int] = {}
    titles: dict[str, int] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.name in functions:
            file.refuse(
                node, f"{node.name} is defined on line {functions[node.name]} already; Otter would drop one"
            )
        functions[node.name] = node.lineno
    decorated = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.decorator_list]
    for node, case in zip(decorated, cases, strict=True):
        if case.name in titles:
            file.refuse(
                node, f"a case called {case.name!r} stands on line {titles[case.name]} already; rename one"
            )
        titles[case.name] = node.lineno
