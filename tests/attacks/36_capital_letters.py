# class: 36
# claim: another student's id in capital letters
# must: two ids; staff are asked whether they are one student
# base: stub
# earns: nothing
# naive: -
def hand_in(folder, name, bases):
    (folder / "ZZ-SIBLING.ipynb").write_bytes(bases["stub"])
    return "ZZ-SIBLING"
