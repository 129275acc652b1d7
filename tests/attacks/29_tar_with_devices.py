# class: 29
# claim: a tar with hard links, devices, pipes and members outside
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: hangs tampers
# says: an archive
def hand_in(folder, name, bases):
    import io
    import tarfile

    with tarfile.open(folder / f"{name}.tar", "w") as archive:
        for path, kind, target in (
            ("null", tarfile.CHRTYPE, ""),
            ("pipe.ipynb", tarfile.FIFOTYPE, ""),
            ("../../fall.db", tarfile.REGTYPE, ""),
            ("hard", tarfile.LNKTYPE, "../../hidden_cases.py"),
        ):
            info = tarfile.TarInfo(path)
            info.type, info.linkname, info.size = kind, target, 4 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"mine"))
