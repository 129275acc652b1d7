"""Gives case files their imports: `gradtools` as a top-level module, and `reference` for one assignment."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import coursekit


def gradtools() -> ModuleType:
    """`gradtools` under the name that cases import; the files are those shipped beside every notebook."""
    if "gradtools" not in sys.modules:
        folder = Path(coursekit.__file__).parent / "gradtools"
        spec = importlib.util.spec_from_file_location(
            "gradtools", folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["gradtools"] = module
        spec.loader.exec_module(module)
        for name in module.__all__:  # loaded on demand in a notebook; a judge needs them all
            getattr(module, name)
    return sys.modules["gradtools"]


@contextmanager
def reference_as(module: ModuleType | None) -> Iterator[None]:
    """While open, `import reference` yields `module`: case files of several assignments do not mix."""
    before = sys.modules.pop("reference", None)
    if module is not None:
        sys.modules["reference"] = module
    try:
        yield
    finally:
        sys.modules.pop("reference", None)
        if before is not None:
            sys.modules["reference"] = before
