# class: 31
# claim: the format of 2013, with duplicate and missing ids
# must: it is read like any other
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    import json

    cells = []
    for cell in json.loads(bases["solved"])["cells"]:
        if cell["cell_type"] == "code":
            cells.append({"cell_type": "code", "language": "python", "input": cell["source"], "outputs": [], "metadata": cell["metadata"]})
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    (folder / f"{name}.ipynb").write_text(json.dumps(old))
