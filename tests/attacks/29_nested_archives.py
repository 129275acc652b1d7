# class: 29
# claim: archives in archives, to a depth at which whoever unpacks them all gives up
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: -
# says: an archive
def hand_in(folder, name, bases):
    import io
    import zipfile

    raw = bases["stub"]
    for depth in range(6):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(6):
                archive.writestr(f"{copy}.zip" if depth else f"{copy}.txt", raw)
        raw = buffer.getvalue()
    (folder / f"{name}.zip").write_bytes(raw)
