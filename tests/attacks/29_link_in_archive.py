# class: 29
# claim: a link in the archive, so that unpacking shows the gradebook beside the notebook
# must: archives are not unpacked
# base: stub
# earns: ungradable
# naive: steals
# says: an archive
def hand_in(folder, name, bases):
    import io
    import tarfile
    import zipfile

    from coursekit.notebook.edit import with_cell

    look = (
        "import re\nloot = re.findall('canary[a-p]{24}', open('notes', errors='replace').read())\n"
        "def slope(h):\n    raise ValueError(loot)\n"
    )
    with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        archive.writestr("hw9_slopes.ipynb", with_cell(bases["stub"], look))
        link = zipfile.ZipInfo("notes")
        link.create_system, link.external_attr = 3, 0xA1FF << 16
        archive.writestr(link, "../../hidden_cases.py")
