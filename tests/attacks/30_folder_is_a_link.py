# class: 30
# claim: the student's folder is a link to the course
# must: the link is refused
# base: stub
# earns: ungradable
# naive: -
# says: symbolic link
def hand_in(folder, name, bases):
    (folder / name).symlink_to("..", target_is_directory=True)
