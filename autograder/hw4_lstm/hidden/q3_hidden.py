"""q3, hidden: each gate and each output for itself, the cache, one sample, the roles and the wiring."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q3_hidden"

ROLES = {  # why the option is wrong, and for which of the four it is right
    "a": ("q3_g", "what is to be written can be negative; look at whether this one can."),
    "b": (
        "q3_o",
        "what scales the read-out comes after the cell is finished; look at where this one is used.",
    ),
    "c": ("q3_f", "what keeps the old cell is multiplied with the old cell; look at what meets this one."),
    "d": ("q3_i", "what scales the new content is multiplied with it; look at what meets this one."),
    "e": ("", "no block of an LSTM does that; it is a part of the GRU."),
}
LABELS = ("f", "g", "i", "o", "x", "+", "tanh")
WIRING = ("x", "+", "f", "i", "g", "tanh", "o")
WHY_NOT = (
    "the old cell meets its gate here, and a gate scales.",
    "what is kept and what is new come together here, and neither scales the other.",
    "the gate here acts on the old cell.",
    "the gate here acts on the candidate.",
    "the box below is no sigmoid.",
    "it stands between the cell and the state, and it has no weights.",
    "the gate here acts after the cell is finished.",
)


def arguments(case, **sizes):
    """Arguments of lstm_cell, in its order."""
    net = gradtools.parameters(gradtools.lstm_inputs(gradtools.rng(case), **sizes))
    return net["x"][0], *list(net.values())[1:]


def one_gate(lstm_cell, letter, block):
    """The student's value of one gate, and the right one."""
    args = arguments(f"q3: cell: {letter}")
    gates = gradtools.entry(gradtools.call(lstm_cell, "lstm_cell", *args), 2, "gates")
    gates = gradtools.has_shape(gates, (3, 4, 6), "gates", "(N, 4, H)")
    return gates[:, block], reference.lstm_cell(*args)[2][:, block]


@test_case(name="cell: i", points=1)
def gate_i(lstm_cell):
    gradtools.same(*one_gate(lstm_cell, "i", 0), "i", "(N, H)")


@test_case(name="cell: f", points=1)
def gate_f(lstm_cell):
    gradtools.same(*one_gate(lstm_cell, "f", 1), "f", "(N, H)")


@test_case(name="cell: g", points=1)
def gate_g(lstm_cell):
    gradtools.same(*one_gate(lstm_cell, "g", 2), "g", "(N, H)")


@test_case(name="cell: o", points=1)
def gate_o(lstm_cell):
    gradtools.same(*one_gate(lstm_cell, "o", 3), "o", "(N, H)")


@test_case(name="cell: c_t", points=1)
def cell(lstm_cell):
    args = arguments("q3: cell: c_t")
    got = gradtools.call(lstm_cell, "lstm_cell", *args)
    gradtools.same_entry(got, 1, reference.lstm_cell(*args)[1], "c_t", "(N, H)")


@test_case(name="cell: h_t, also for one sample", points=1)
def state(lstm_cell):
    for samples in (3, 1):
        args = arguments("q3: cell: h_t, also for one sample", N=samples)
        got = gradtools.call(lstm_cell, "lstm_cell", *args)
        gradtools.same_entry(got, 0, reference.lstm_cell(*args)[0], "h_t", "(N, H)")


@test_case(name="step: outputs", points=1)
def step_outputs(lstm_step_forward):
    args = arguments("q3: step: outputs")
    got = gradtools.call(lstm_step_forward, "lstm_step_forward", *args)
    h_t, c_t, _ = reference.lstm_step_forward(*args)
    gradtools.same_entry(got, 0, h_t, "h_t", "(N, H)")
    gradtools.same_entry(got, 1, c_t, "c_t", "(N, H)")


@test_case(name="step: cache", points=1)
def step_cache(lstm_step_forward):
    args = arguments("q3: step: cache")
    got = gradtools.call(lstm_step_forward, "lstm_step_forward", *args)
    gradtools.same_all(gradtools.entry(got, 2, "cache"), reference.lstm_step_forward(*args)[2], "cache")


@test_case(name="roles of the four blocks", points=1)
def roles(q3_i, q3_f, q3_g, q3_o, q3_gates):
    for label, letter in {"q3_i": q3_i, "q3_f": q3_f, "q3_g": q3_g, "q3_o": q3_o}.items():
        why = {option: why for option, (owner, why) in ROLES.items() if owner != label}
        gradtools.right_choice(letter, getattr(reference, label), label, "abcde", why)
    gates = gradtools.is_number(q3_gates, "q3_gates")
    claim = "it counts the blocks that say how much, and leaves out the one that says what"
    gradtools.holds(gates == 3, "q3_gates", claim)


@test_case(name="wiring of the cell", points=1)
def wiring(q3_wiring):
    if type(q3_wiring) is not str:
        gradtools.is_choice(q3_wiring, "q3_wiring", LABELS)
    seven = q3_wiring.split()
    gradtools.holds(len(seven) == 7, "q3_wiring", "it is one text of seven labels with blanks between them")
    for place, (label, right, why) in enumerate(zip(seven, WIRING, WHY_NOT, strict=True), start=1):
        reasons = {wrong: why for wrong in LABELS if wrong != right}
        gradtools.right_choice(label, right, f"place {place} of q3_wiring", LABELS, reasons)
