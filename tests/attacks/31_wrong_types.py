# class: 31
# claim: every field of another type than it should be
# must: what is readable of it is graded
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    import json

    notebook = json.loads(bases["solved"])
    for cell in notebook["cells"]:
        cell["id"], cell["execution_count"] = {"a": 1}, "many"
        if not cell["metadata"].get("tags"):
            cell["metadata"] = None
    notebook["metadata"] = ["kernelspec"]
    notebook["cells"] += [7, None, "cell", {"cell_type": 5}, {"cell_type": "code", "source": {"a": 1}}]
    notebook["nbformat"], notebook["nbformat_minor"] = 4.0, None
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
