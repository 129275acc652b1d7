# class: 31
# claim: bytes that are no text
# must: a sentence says so
# base: stub
# earns: ungradable
# naive: spoils
# says: not UTF-8
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").write_bytes(b'{"cells": [' + bytes(range(128, 256)))
