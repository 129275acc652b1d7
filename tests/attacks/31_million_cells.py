# class: 31
# claim: a hundred thousand cells
# must: counted while it is read
# base: stub
# earns: ungradable
# naive: -
# says: more than 2000 cells
def hand_in(folder, name, bases):
    cell = b'{"cell_type":"code","metadata":{},"source":["x=1"]},'
    raw = b'{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[' + (cell * 100_000)[:-1] + b"]}"
    (folder / f"{name}.ipynb").write_bytes(raw)
