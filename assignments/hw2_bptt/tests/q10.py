"""q10: the experiment, the flow, form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q10"

FOUR_STEPS = [6.7274, 3.3805, 1.7266, 1.0]


@test_case(name="experiment: seed 0, radius 0.5", points=1)
def experiment_example(spectral_experiment):
    got = gradtools.call(spectral_experiment, "spectral_experiment", 0, 0.5)
    norms, measured = gradtools.outputs(got, ["norms", "measured"], "spectral_experiment")
    norms = gradtools.is_array(norms, (20,), "norms", "(T,)")
    gradtools.same(norms[-1], 2.0, "the last norm")
    gradtools.same(measured, 0.5, "measured")
    gradtools.same(norms[0], 2.483e-6, "the first norm", rtol=1e-3)


@test_case(name="flow: two steps, four steps, and the decay at scale 0.5", points=1)
def flow_example(rnn_flow):
    flow = gradtools.call(rnn_flow, "rnn_flow", "identity", 0.5, 2)
    gradtools.same(flow, [0.5, 1.0], "flow", "(T,)")
    flow = gradtools.call(rnn_flow, "rnn_flow", "tanh", 2.0, 4)
    gradtools.same(flow, FOUR_STEPS, "flow", "(T,)", rtol=1e-3)
    flow = gradtools.call(rnn_flow, "rnn_flow", "tanh", 0.5, 20)
    flow = gradtools.is_array(flow, (20,), "flow", "(T,)")
    gradtools.holds(flow[:10].max() < 1e-3, "flow", "less than 1e-3 is left ten steps back", flow[9])


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q10_ratio, q10_factor, q10_half, q10_cap, q10_tripled, q10_conditions, q10_sharing):
    gradtools.is_number(q10_ratio, "q10_ratio")
    gradtools.is_number(q10_factor, "q10_factor")
    gradtools.is_number(q10_half, "q10_half")
    gradtools.is_number(q10_cap, "q10_cap")
    gradtools.is_number(q10_tripled, "q10_tripled")
    gradtools.letters(q10_conditions, "q10_conditions", "SNBX", 4)
    gradtools.is_choice(q10_sharing, "q10_sharing", "abcd")
