# class: 36
# claim: in its own folder, a notebook called by another student's id
# must: it counts for the owner of the folder
# base: stub
# earns: nothing
# naive: -
def hand_in(folder, name, bases):
    own = folder / name
    own.mkdir()
    (own / "zz-sibling.ipynb").write_bytes(bases["stub"])
