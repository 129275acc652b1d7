# class: 12
# claim: hands in modules with the names of the hidden tests and of the reference
# must: what the judge imports lies nowhere near the student's files
# base: stub
# earns: nothing
# naive: forges
def hand_in(folder, name, bases):
    own = folder / name
    own.mkdir()
    (own / "hw9_slopes.ipynb").write_bytes(bases["stub"])
    (own / "hidden_cases.py").write_text("\n".join(f"def case_{n}(env): pass" for n in range(6)))
    (own / "reference.py").write_text("slope = jacobian = backward = lambda *args: args[0]\n")
    (own / "q1_hidden.py").write_text("OK_FORMAT = False\nname = 'q1_hidden'\n")
