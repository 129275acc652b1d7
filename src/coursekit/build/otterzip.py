"""Otter's own autograder zip for staff: `otter run -a hw2_bptt.zip notebook.ipynb` grades with it.

Otter runs tests, Reference and student in one interpreter: for honest notebooks only, and never published.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from coursekit.build.materials import load

# Cells tagged `otter_ignore` are left out, `grader` among them: Otter itself runs every file of tests/.
CONFIG = {"lang": "python", "show_hidden": False, "show_stdout": False, "pdf": False}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold


def otter_zip(root: Path, slug: str, out: Path) -> Path:
    """Writes the autograder zip of an assignment to `out` and returns it; a folder gets `<slug>.zip` in it.

    Holds tests/ (public and hidden), files/ (gradtools, data, reference.py) and otter_config.json. Equal
    sources give equal bytes. Raises BadInput for sources that are wrong.
    """
    materials = load(root, slug)
    files = {f"tests/{Path(file.path).name}": file.text.encode() for file in materials.case_files}
    files |= {f"files/{name}": raw for name, raw in materials.support.items()}
    files["files/reference.py"] = materials.reference.encode()
    files["otter_config.json"] = json.dumps(CONFIG, indent=1).encode()
    target = out / f"{slug}.zip" if out.is_dir() or out.suffix != ".zip" else out
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zip_bytes(files))
    return target


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`, sorted, undated and uncompressed: another zlib must not change its bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.create_system = 3  # Unix, also where it is made on Windows
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()
