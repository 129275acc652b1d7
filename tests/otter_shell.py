"""`python otter_shell.py SLUG NOTEBOOK...`: each notebook run by IPython, then judged by Otter's own classes.

What `otter run` does, without its kernel: a shell of IPython in a forked process runs the cells and goes on
after those that fail, then ExceptionTestFile runs the cases. Writes verdicts.json. For our notebooks alone.
"""

import json
import os
import sys
import traceback
import warnings
from pathlib import Path

from whole import materials

from coursekit.judge.modules import gradtools, reference_as
from coursekit.judge.reference import reference_module
from coursekit.notebook.submitted import read_submitted


def verdicts(slug: str, raw: bytes) -> dict[str, bool]:
    """Case key → passed."""
    from otter.test_files.exception_test import ExceptionTestFile

    namespace = executed(raw)
    of = materials(slug)
    found: dict[str, bool] = {}
    with reference_as(reference_module(of.reference)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for file in of.case_files:
            loaded = ExceptionTestFile.from_string(file.text, path=file.path)
            loaded.run(namespace)
            found |= {f"{file.question}: {r.test_case.name}": r.passed for r in loaded.test_case_results}
    return found


def executed(raw: bytes) -> dict:
    """The names after all cells, run as a notebook's kernel runs them."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    for source in read_submitted(raw, "notebook").sources:
        shell.run_cell(source, store_history=False, silent=True)
    return shell.user_ns


def in_a_process_of_its_own(slug: str, path: str) -> dict[str, bool]:
    """A fork for each notebook: what one leaves behind, no other meets."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            answer = json.dumps(verdicts(slug, Path(path).read_bytes())).encode()
            with os.fdopen(writing, "wb") as file:
                file.write(answer)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        answer = file.read()
    os.waitpid(pid, 0)
    return json.loads(answer) if answer else {}


def main() -> None:
    """Judge every notebook named."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot  # before the forks
    from IPython.core.interactiveshell import InteractiveShell  # noqa: F401
    from otter.test_files.exception_test import ExceptionTestFile  # noqa: F401

    here = os.getcwd()
    gradtools()
    slug, *notebooks = sys.argv[1:]
    reference_module(materials(slug).reference)
    found = {path: in_a_process_of_its_own(slug, path) for path in notebooks}
    Path(here, "verdicts.json").write_text(json.dumps(found))


main()
