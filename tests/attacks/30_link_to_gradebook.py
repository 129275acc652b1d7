# class: 30
# claim: hands in a symbolic link to the gradebook as its notebook
# must: the link is refused with a sentence that says what to hand in
# base: stub
# earns: ungradable
# naive: steals
# says: symbolic link
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").symlink_to("../hidden_cases.py")
