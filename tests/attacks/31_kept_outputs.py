# class: 31
# claim: twenty megabytes of kept outputs
# must: outputs are dropped unread; the work is graded
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    import json

    notebook = json.loads(bases["solved"])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x" * 1_000_000] * 2}]
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
