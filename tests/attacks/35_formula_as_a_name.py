# class: 35
# claim: a file name that a spreadsheet runs and a page shows as markup
# must: names are text: escaped in pages, quoted in tables
# base: solved
# earns: everything
# naive: -
def hand_in(folder, name, bases):
    student = "=HYPERLINK(\"http:x\",\"a\")<script>alert(3)<"
    (folder / f"{student}.ipynb").write_bytes(bases["solved"])
    return student
