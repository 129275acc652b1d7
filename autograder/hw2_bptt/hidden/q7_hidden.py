"""q7, hidden: other numbers, output by output; one chunk; a short last chunk."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q7_hidden"

SHAPES = {"dW_ih": "(H, D)", "dW_hh": "(H, H)", "db_ih": "(H,)", "db_hh": "(H,)", "dH": "(T, N, H)"}


def run(case, k, **sizes):
    """Arguments of truncated_bptt."""
    net = gradtools.rnn_inputs(gradtools.rng(case), **sizes)
    return *gradtools.parameters(net).values(), net["dY"], k


@test_case(name="dW_hh", points=1)
def dW_hh(truncated_bptt):
    args = run("q7: dW_hh", 2, T=6)
    grads = gradtools.call(truncated_bptt, "truncated_bptt", *args)
    gradtools.same_entry(grads, "dW_hh", reference.truncated_bptt(*args)["dW_hh"], shape="(H, H)")


@test_case(name="dW_ih and biases", points=1)
def others(truncated_bptt):
    args = run("q7: dW_ih and biases", 3, T=6)
    grads = gradtools.call(truncated_bptt, "truncated_bptt", *args)
    expected = reference.truncated_bptt(*args)
    gradtools.same_all(grads, {name: expected[name] for name in ("dW_ih", "db_ih", "db_hh")}, "grads", SHAPES)


@test_case(name="dH", points=1)
def dH(truncated_bptt):
    args = run("q7: dH", 2, T=6)
    grads = gradtools.call(truncated_bptt, "truncated_bptt", *args)
    gradtools.same_entry(grads, "dH", reference.truncated_bptt(*args)["dH"], shape="(T, N, H)")


@test_case(name="a shorter last chunk", points=1)
def short_last_chunk(truncated_bptt):
    args = run("q7: a shorter last chunk", 3, T=8)
    grads = gradtools.call(truncated_bptt, "truncated_bptt", *args)
    gradtools.same_all(grads, reference.truncated_bptt(*args), "grads", SHAPES)


@test_case(name="one chunk, one sample", points=1)
def one_chunk(truncated_bptt):
    args = run("q7: one chunk, one sample", 9, T=5, N=1)
    grads = gradtools.call(truncated_bptt, "truncated_bptt", *args)
    gradtools.same_all(grads, reference.truncated_bptt(*args), "grads", SHAPES)
