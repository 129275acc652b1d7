# class: 29
# claim: members with absolute paths, and with the backslashes of another system
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: litters
# says: an archive
def hand_in(folder, name, bases):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        archive.writestr("hw9_slopes.ipynb", bases["stub"])
        archive.writestr("/tmp/owned-absolute", b"x")
        archive.writestr("..\\..\\..\\..\\tmp\\owned-backslash", b"x")
