# class: 30
# claim: a link to the gradebook beside the notebook, which the notebook opens
# must: links beside a notebook are refused as well
# base: stub
# earns: ungradable
# naive: steals
# says: symbolic link
def hand_in(folder, name, bases):
    from coursekit.notebook.edit import with_cell

    own = folder / name
    own.mkdir()
    look = (
        "import re\nloot = re.findall('canary[a-p]{24}', open('notes.db', errors='replace').read())\n"
        "def slope(h):\n    raise ValueError(loot)\n"
    )
    (own / "hw9_slopes.ipynb").write_bytes(with_cell(bases["stub"], look))
    (own / "notes.db").symlink_to("../../reference.py")
