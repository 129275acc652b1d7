# class: 12
# claim: hands in numpy.py, sitecustomize.py, conftest.py, otter/ and coursekit/ that end the process
# must: what is needed is loaded before the student's files are there; the honest work is graded
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    own = folder / name
    own.mkdir()
    (own / "hw9_slopes.ipynb").write_bytes(bases["solved"])
    for path in ("numpy.py", "sitecustomize.py", "conftest.py", "otter/__init__.py", "coursekit/__init__.py", "ast.py", "matplotlib.py", "encodings/idna.py"):
        (own / path).parent.mkdir(exist_ok=True)
        (own / path).write_text("import os\nos._exit(0)\n")
