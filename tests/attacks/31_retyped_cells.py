# class: 31
# claim: all cells of code made cells of text
# must: a sentence says that no code is left
# base: stub
# earns: ungradable
# naive: -
# says: no code cell
def hand_in(folder, name, bases):
    raw = bases["stub"].replace(b'"cell_type": "code"', b'"cell_type": "raw"')
    (folder / f"{name}.ipynb").write_bytes(raw)
