# class: 30
# claim: hands in a link to another student's notebook, to be graded for it
# must: the link is refused
# base: stub
# earns: ungradable
# naive: forges
# says: symbolic link
def hand_in(folder, name, bases):
    (folder / f"{name}.ipynb").symlink_to("zz-sibling.ipynb")
