# class: 29
# claim: an archive with the name of a notebook
# must: a sentence says that it is an archive
# base: stub
# earns: ungradable
# naive: spoils
# says: is a zip archive
def hand_in(folder, name, bases):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.ipynb", "w") as archive:
        archive.writestr("\xff\xfe.ipynb", bases["stub"] + bytes(range(256)))
