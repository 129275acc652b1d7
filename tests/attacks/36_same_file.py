# class: 36
# claim: hands in, byte for byte, what another has handed in
# must: each is graded by itself, and staff are told; nobody is accused
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").write_bytes(bases["solved"])
    (folder / f"{name}-twin.ipynb").write_bytes(bases["solved"])
