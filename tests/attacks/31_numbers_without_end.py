# class: 31
# claim: a format number of a hundred thousand digits, and cells twice under one key
# must: a sentence says so
# base: stub
# earns: ungradable
# naive: -
# says: a number that cannot be read
def hand_in(folder, name, bases):
    raw = bases["stub"].rstrip()
    assert raw.endswith(b"}")
    (folder / f"{name}.ipynb").write_bytes(raw[:-1] + b', "cells": [], "nbformat_minor": ' + b"9" * 100_000 + b"}")
