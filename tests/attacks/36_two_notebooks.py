# class: 36
# claim: two notebooks, of which the better one is to count
# must: nothing says which, and a sentence asks for one
# base: stub
# earns: ungradable
# naive: forges
# says: two|2 notebooks of one student
def hand_in(folder, name, bases):
    own = folder / name
    own.mkdir()
    (own / "a.ipynb").write_bytes(bases["solved"])
    (own / "b.ipynb").write_bytes(bases["stub"])
