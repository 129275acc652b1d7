"""q10, hidden: each of the four blocks for itself, and what the direct path leaves out."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q10_hidden"

H = 6
OMITTED = {
    "a": "it is one partial derivative of one step, with the state before it held fixed.",
    "b": "that slope stands between cell and state; from cell to cell there is none.",
    "c": "in this LSTM no gate sees a cell; look at what the pre-activations are made of.",
}


def one_block(lstm_jacobian, block, rows, columns):
    """The student's values of one block (H, H), and the right ones."""
    net = gradtools.lstm_inputs(gradtools.rng(f"q10: block {block}"), T=1, N=1)
    cache = reference.lstm_step_forward(net["x"][0], *list(gradtools.parameters(net).values())[1:])[2]
    args = cache["c_prev"][0], cache["c_t"][0], cache["gates"][0], cache["W_hh"]
    J = gradtools.call(lstm_jacobian, "lstm_jacobian", *args)
    J = gradtools.has_shape(J, (2 * H, 2 * H), "J", "(2H, 2H)")
    return J[rows, columns], reference.lstm_jacobian(*args)[rows, columns]


@test_case(name="block dh_t / dh_{t-1}", points=1)
def state_by_state(lstm_jacobian):
    gradtools.same(*one_block(lstm_jacobian, "hh", slice(H), slice(H)), "upper left block of J", "(H, H)")


@test_case(name="block dh_t / dc_{t-1}", points=1)
def state_by_cell(lstm_jacobian):
    gradtools.same(
        *one_block(lstm_jacobian, "hc", slice(H), slice(H, None)), "upper right block of J", "(H, H)"
    )


@test_case(name="block dc_t / dh_{t-1}", points=1)
def cell_by_state(lstm_jacobian):
    gradtools.same(
        *one_block(lstm_jacobian, "ch", slice(H, None), slice(H)), "lower left block of J", "(H, H)"
    )


@test_case(name="block dc_t / dc_{t-1}", points=1)
def cell_by_cell(lstm_jacobian):
    gradtools.same(
        *one_block(lstm_jacobian, "cc", slice(H, None), slice(H, None)), "lower right block of J", "(H, H)"
    )


@test_case(name="what the forget gate alone leaves out", points=1)
def omitted(q10_omitted):
    gradtools.right_choice(q10_omitted, reference.q10_omitted, "q10_omitted", "abcd", OMITTED)
