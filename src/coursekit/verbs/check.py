"""`coursekit check`: the public cases on a student's own notebook, on the student's own machine."""

from __future__ import annotations

from pathlib import Path

from coursekit.course.cases import read_cases
from coursekit.errors import BadInput, nearest
from coursekit.judge.judge import Judge
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.model import Assignment, CaseFile, CellNote, Isolation, Outcome, Question
from coursekit.notebook.submitted import read_submitted
from coursekit.sandbox import Sandbox, Work

# Files beside a notebook that it may read; more than this is not a student's folder but a disk.
BESIDE_BYTES = 32 * 2**20


def check(notebook: Path, questions: tuple[str, ...]) -> tuple[tuple[Outcome, ...], tuple[CellNote, ...]]:
    """Outcomes of the public cases of all questions, or of those named; and the cells that failed.

    Raises BadInput for a notebook that cannot be read, that has no `tests/` beside it, or for an unknown
    question.
    """
    raw = _read(notebook)
    assignment, files = _public(notebook.parent / "tests", questions, notebook.stem)
    submitted = read_submitted(raw, notebook.name)
    judge = Judge(assignment, files, reference=None)
    work = Work(cells=submitted.in_place, support={}, files=_beside(notebook))
    with Sandbox(Isolation.PROCESS) as sandbox, sandbox.open(work, assignment.limits) as session:
        judged = judge.run(session, b"", hidden=False)
        notes = session.cell_notes
    return explain(Catalogue("", ()), assignment, judged), notes


def _read(notebook: Path) -> bytes:
    try:
        return notebook.read_bytes()
    except FileNotFoundError:
        near = nearest(notebook.name, [path.name for path in notebook.parent.glob("*.ipynb")])
        raise BadInput(f"{notebook} does not exist{near}") from None
    except OSError as error:
        raise BadInput(f"{notebook} cannot be read: {error.strerror}; give the path of a notebook") from None


def _public(folder: Path, wanted: tuple[str, ...], slug: str) -> tuple[Assignment, tuple[CaseFile, ...]]:
    if not folder.is_dir():
        raise BadInput(
            f"no {folder.name}/ folder beside the notebook; keep the notebook in the folder that was released"
        )
    files: list[CaseFile] = []
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("q*.py"), key=lambda path: (len(path.name), path.name)):
        file, cases = read_cases(f"tests/{path.name}", path.read_text(encoding="utf-8"), hidden=False)
        found[file.question] = Question(file.question, "", (), tuple(cases))
        files.append(file)
    for name in wanted:
        if name not in found:
            raise BadInput(f"no question {name!r}{nearest(name, found)}")
    chosen = tuple(wanted) or tuple(found)
    return (
        Assignment(slug, "", tuple(found[name] for name in chosen)),
        tuple(file for file in files if file.question in chosen),
    )


def _beside(notebook: Path) -> dict[str, bytes]:
    """What the notebook may import or read: files of its own folder and of `gradtools/`."""
    files: dict[str, bytes] = {}
    total = 0
    folder = notebook.parent
    for path in [*sorted(folder.iterdir()), *sorted((folder / "gradtools").rglob("*.py"))]:
        if path.is_file() and path.suffix != ".ipynb" and not path.name.startswith("."):
            total += path.stat().st_size
            if total > BESIDE_BYTES:
                raise BadInput(
                    f"the files beside {notebook.name} hold more than {BESIDE_BYTES // 2**20} MiB; "
                    "move the notebook into a folder of its own, as it was released"
                )
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
