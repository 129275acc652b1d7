"""The documentation is true: its tree exists, its commands run, every public name explains itself."""

import ast
import re
import shlex
import shutil
from pathlib import Path

import pytest
from whole import ROOT

from coursekit.build.notebooks import solved_notebook
from coursekit.cli import cli, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
PACKAGE = ROOT / "src" / "coursekit"


def tree_lines():
    """Paths in README's tree, from the indentation."""
    block = README.split("## The tree")[1].split("```")[1]
    folder = ""
    for line in block.strip("\n").splitlines():
        name = line.split()[0]
        if line.startswith(" "):
            yield folder + name
        else:
            folder = name
            yield name


def test_everything_in_the_tree_exists():
    assert [] == [name for name in tree_lines() if not (ROOT / name).exists()]


def test_every_module_and_package_is_in_the_tree():
    named = {Path(name).name for name in tree_lines()}
    there = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}

    assert set() == there - named - {"__init__.py", "__main__.py", "__pycache__"}


def commands(page):
    """Lines of fenced sh blocks that call coursekit."""
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("coursekit "):
                yield shlex.split(line, comments=True)[1:]


@pytest.mark.parametrize("arguments", list(commands(README)), ids=" ".join)
def test_readme_commands_run(arguments, tmp_path, monkeypatch, capfd):
    """In a copy of the course, with a folder `submissions/` and the student's notebook where they say."""
    course = tmp_path / "course"
    for name in ("autograder", "solutions", "assignments"):
        shutil.copytree(ROOT / name, course / name)
    shutil.copy(ROOT / "pyproject.toml", course)
    (course / "submissions").mkdir()
    (course / "submissions" / "ada.ipynb").write_bytes(solved_notebook(ROOT, "hw2_bptt"))
    monkeypatch.chdir(course)
    if arguments[0] == "check":
        (course / "assignments" / "hw2_bptt" / "hw2_bptt.ipynb").write_bytes(
            solved_notebook(ROOT, "hw2_bptt")
        )
        monkeypatch.chdir(course / "assignments" / "hw2_bptt")

    code = run(arguments)

    assert 0 == code, capfd.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_in_the_documentation_exists(page):
    for arguments in commands(page.read_text(encoding="utf-8")):
        verb = cli.commands[arguments[0]]
        options = {name for parameter in verb.params for name in parameter.opts}
        used = {argument.split("=")[0] for argument in arguments if argument.startswith("--")}
        assert set() == used - options, f"{page.name}: coursekit {' '.join(arguments)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_documentation_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [] == [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_is_documented(verb):
    assert f"coursekit {verb}" in "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def public_things(path):
    """Public functions, classes and methods of a module: (name, node)."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_every_public_thing_has_a_docstring(path):
    assert [] == [name for name, node in public_things(path) if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_functions_fit_on_a_screen(path):
    long = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 50
    ]

    assert [] == long
