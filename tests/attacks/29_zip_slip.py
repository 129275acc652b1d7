# class: 29
# claim: an archive whose members climb out of the folder into which they are unpacked
# must: archives are not unpacked; a sentence asks for the notebook
# base: stub
# earns: ungradable
# naive: forges
# says: an archive; expected a notebook
def hand_in(folder, name, bases):
    import zipfile

    with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
        archive.writestr("hw9_slopes.ipynb", bases["stub"])
        cases = "".join(f"def case_{number}(env): pass\n" for number in range(6))
        archive.writestr("../../hidden_cases.py", cases)
