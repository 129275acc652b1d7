# class: 36
# claim: metadata and file name that lead out of every folder where results are put
# must: a student's id is data and never a path
# base: stub
# earns: nothing
# naive: litters
def hand_in(folder, name, bases):
    import json

    notebook = json.loads(bases["stub"])
    notebook["metadata"]["student"] = "../../owned-by-name"
    (folder / f"{name}%2f..%2f..%2fowned.ipynb").write_text(json.dumps(notebook))
    return f"{name}%2f..%2f..%2fowned"
