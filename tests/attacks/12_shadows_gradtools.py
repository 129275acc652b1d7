# class: 12
# claim: hands in a gradtools whose comparisons are content with anything
# must: the release's own is used
# base: stub
# earns: nothing
# naive: -
def hand_in(folder, name, bases):
    own = folder / name
    (own / "gradtools").mkdir(parents=True)
    (own / "hw9_slopes.ipynb").write_bytes(bases["stub"])
    text = "class Mismatch(Exception): pass\n" + "".join(
        f"def {f}(*a, **k): return None\n" for f in ("same", "call", "rng", "waits", "is_choice", "use_key")
    )
    (own / "gradtools" / "__init__.py").write_text(text)
