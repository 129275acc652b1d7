# class: 30
# claim: hands in a hard link to a hidden test, which looks like any other file
# must: a file with two names is refused
# base: stub
# earns: ungradable
# naive: steals
# says: hard links
def hand_in(folder, name, bases):
    import os

    top = folder.parent
    for path in (top / "hidden_cases.py", top / "course" / "autograder" / "hw9_slopes" / "hidden" / "q1_hidden.py"):
        if path.exists():
            os.link(path, folder / f"{name}.ipynb")
            break
