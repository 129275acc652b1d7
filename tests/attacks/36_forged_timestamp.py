# class: 36
# claim: a timestamp of its own beside the notebook, long before the due date
# must: a student's own file is no record of when it came
# base: stub
# earns: nothing
# naive: -
def hand_in(folder, name, bases):
    own = folder / name
    own.mkdir()
    (own / "hw9_slopes.ipynb").write_bytes(bases["stub"])
    (own / "timestamp.txt").write_text("1999-01-01 00:00:00 UTC")
