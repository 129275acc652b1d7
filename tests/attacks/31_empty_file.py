# class: 31
# claim: nothing at all
# must: a sentence says so
# base: stub
# earns: ungradable
# naive: -
# says: is empty
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").write_bytes(b"")
