# class: 29
# claim: members of one name, of names that differ in case, and of names that are no UTF-8
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: spoils
# says: an archive
def hand_in(folder, name, bases):
    import warnings
    import zipfile

    with warnings.catch_warnings(), zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        warnings.simplefilter("ignore")
        for path in ("hw9_slopes.ipynb", "hw9_slopes.ipynb", "HW9_attacked.ipynb", "n" * 300, "a\x00b", "caf\udce9".encode("utf-8", "replace").decode()):
            archive.writestr(zipfile.ZipInfo(path), bases["stub"])
