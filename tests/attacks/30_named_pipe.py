# class: 30
# claim: hands in a named pipe, for whose writer whoever opens it waits
# must: refused without being opened
# base: stub
# earns: ungradable
# naive: hangs
# says: named pipe
def hand_in(folder, name, bases):
    import os

    os.mkfifo(folder / f"{name}.ipynb")
