# class: 36
# claim: the notebook's metadata name another student
# must: who somebody is, the file's place says
# base: stub
# earns: nothing
# naive: spoils
def hand_in(folder, name, bases):
    import json

    notebook = json.loads(bases["stub"])
    notebook["metadata"]["student"] = notebook["metadata"]["name"] = "zz-sibling"
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook))
