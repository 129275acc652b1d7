# class: 29
# claim: a megabyte that unpacks to a gigabyte
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: spoils
# says: an archive
def hand_in(folder, name, bases):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("hw9_slopes.ipynb", bases["stub"])
        with archive.open("data.npz", "w") as member:
            for _ in range(256):
                member.write(bytes(1 << 20))
