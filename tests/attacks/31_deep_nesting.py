# class: 31
# claim: JSON so deep that a parser's stack runs over
# must: a sentence says so
# base: stub
# earns: ungradable
# naive: spoils
# says: nested too deeply
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").write_bytes(b"[" * 200_000 + b"]" * 200_000)
