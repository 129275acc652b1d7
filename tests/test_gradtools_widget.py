"""The static figure is there for everybody; sliders only add the dragging."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt

from coursekit import gradtools
from coursekit.gradtools import widget

SETTINGS = [{"lam": 0.5, "T": 10}, {"lam": 1.0, "T": 10}, {"lam": 1.5, "T": 10}]
CONTROLS = {"lam": (0.5, 1.5, 0.1), "T": (5, 100, 1)}


def update(lam: float, T: int):
    return lam ** np.arange(T)[::-1]


def draw(ax, norms):
    gradtools.plot_flow({"RNN": norms}, ax=ax)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


@pytest.fixture
def dragged(monkeypatch):
    """A notebook with sliders: keeps what `interact` was given."""
    kept = SimpleNamespace()
    fake = SimpleNamespace(
        IntSlider=lambda **options: ("int", options),
        FloatSlider=lambda **options: ("float", options),
        Dropdown=lambda **options: ("menu", options),
        interact=lambda redraw, **widgets: kept.__dict__.update(redraw=redraw, widgets=widgets),
    )
    monkeypatch.setitem(sys.modules, "ipywidgets", fake)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: object()))
    return kept


def test_three_panels_show_the_same_function_at_three_settings():
    figure = gradtools.explore(update, draw, SETTINGS, ylim=(1e-4, 1e4))
    panels = figure.axes

    assert [ax.get_title(loc="left") for ax in panels] == ["lam 0.5, T 10", "lam 1, T 10", "lam 1.5, T 10"]
    assert {ax.get_ylim() for ax in panels} == {(1e-4, 1e4)}
    for ax, values in zip(panels, SETTINGS, strict=True):
        gradtools.has_line(ax, values["lam"] ** np.arange(10), "norms", x=np.arange(10))


def test_labels_stand_at_their_lines_in_every_panel():
    for ax in gradtools.explore(update, draw, SETTINGS, ylim=(1e-4, 1e4)).axes:
        end = np.log10(ax.lines[0].get_ydata()[-1])
        assert ax.texts[0].xy[1] == pytest.approx((end + 4) / 8)


def test_titles_may_be_given():
    figure = gradtools.explore(update, draw, SETTINGS[:1], title=lambda values: f"T is {values['T']}")

    assert figure.axes[0].get_title(loc="left") == "T is 10"


def test_without_ipywidgets_only_the_dragging_is_lost(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)

    assert len(gradtools.explore(update, draw, SETTINGS, CONTROLS).axes) == 3


def test_a_plain_script_gets_no_sliders(dragged, monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    gradtools.explore(update, draw, SETTINGS, CONTROLS)

    assert not hasattr(dragged, "widgets")


def test_sliders_start_at_the_first_setting(dragged):
    gradtools.explore(update, draw, SETTINGS, {**CONTROLS, "lam": [0.5, 1.0]}, ylim=(1e-4, 1e4))

    assert dragged.widgets["T"] == (
        "int",
        {"value": 10, "min": 5, "max": 100, "step": 1, "description": "T", "continuous_update": False},
    )
    assert dragged.widgets["lam"] == (
        "menu",
        {"options": [("0.5", 0.5), ("1.0", 1.0)], "index": 0, "description": "lam"},
    )


def test_moving_a_slider_draws_again_within_the_same_limits(dragged, monkeypatch):
    gradtools.explore(update, draw, SETTINGS, CONTROLS, ylim=(1e-4, 1e4))
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gca()))
    before = plt.get_fignums()
    dragged.redraw(lam=1.2)

    assert shown[0].get_ylim() == (1e-4, 1e4)
    assert shown[0].get_title(loc="left") == "lam 1.2, T 10"
    assert plt.get_fignums() == before


def stub(**_):
    raise NotImplementedError("q5: update")


def test_a_stub_leaves_no_empty_figure():
    with pytest.raises(NotImplementedError):
        gradtools.explore(stub, draw, SETTINGS, CONTROLS)

    assert plt.get_fignums() == []


def test_a_slider_over_a_function_that_fails_leaves_no_empty_figure(dragged):
    def only_the_start(lam, T):
        return update(lam, T) if lam < 1.6 else stub()

    gradtools.explore(only_the_start, draw, SETTINGS, CONTROLS)
    before = plt.get_fignums()
    with pytest.raises(NotImplementedError):
        dragged.redraw(lam=1.7)

    assert plt.get_fignums() == before


def test_real_widgets_can_be_made():
    ipywidgets = pytest.importorskip("ipywidgets")
    slider = widget.control(ipywidgets, "lam", (0.5, 1.5, 0.1), 0.9)

    assert (slider.min, slider.max, slider.step, slider.value) == (0.5, 1.5, 0.1, 0.9)
    assert widget.control(ipywidgets, "T", (5, 100, 1), 20).value == 20
    assert widget.control(ipywidgets, "act", ["tanh", "relu"], "tanh").value == "tanh"


def test_a_menu_shows_a_choice_that_is_none():
    ipywidgets = pytest.importorskip("ipywidgets")
    menu = widget.control(ipywidgets, "norm", [None, "batch"], None)

    assert (menu.label, menu.value) == ("None", None)
