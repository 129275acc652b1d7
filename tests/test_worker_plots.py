"""A plot reaches a case in one form, whether Otter hands over the Axes or the worker its description."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from coursekit.gradtools.axes import describe_axes, read_axes
from coursekit.worker import plots


def drawn(**title):
    ax = Figure().subplots()
    ax.plot(np.arange(3), np.exp(np.arange(3)), label="powers", linestyle="--")
    ax.bar([0, 1], [2, -1])
    ax.set(xlabel="steps", ylabel="size", yscale="log")
    ax.set_title("found", **title)
    return ax


@pytest.mark.parametrize("loc", ["left", "center", "right"])
def test_the_workers_description_reads_as_the_axes_does(loc):
    ax = drawn(loc=loc)

    expected, told = read_axes(describe_axes(ax)), read_axes(plots.describe(ax))

    assert "found" == told.title
    assert expected.bars == told.bars
    for line, other in zip(expected.lines, told.lines, strict=True):
        assert (line.label, line.linestyle) == (other.label, other.linestyle)
        assert np.array_equal(line.x, other.x)
        assert np.array_equal(line.y, other.y)
