# class: 31
# claim: a folder with the name of a notebook
# must: a sentence says so
# base: stub
# earns: ungradable
# naive: spoils
# says: is a folder
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").mkdir()
