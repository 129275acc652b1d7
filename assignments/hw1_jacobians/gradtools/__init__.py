"""gradtools: what the course's notebooks and test cases share. It needs numpy and nothing of coursekit.

| to …                                        | use                                                         |
|---------------------------------------------|-------------------------------------------------------------|
| call a function of the notebook             | `call`                                                      |
| compare with expected values                | `same` `same_all` `same_entry`                              |
| look at what came back                      | `outputs` `entry` `same_keys`                               |
| check form only                             | `has_shape` `is_finite` `is_array`                          |
| check a property                            | `holds`                                                     |
| check one number                            | `is_number` `close_number`                                  |
| check a choice, or several                  | `is_choice` `right_choice` `letters`                        |
| check a gradient without a reference        | `check_gradient` `numeric_gradient` `complex_derivative`    |
| find where a backward pass goes wrong       | `locate`                                                    |
| draw inputs                                 | `rng` `rnn_inputs` `lstm_inputs` `gru_inputs` `parameters`  |
| make draws depend on a secret (the judge)   | `use_key`                                                   |
| read a plot                                 | `drawn_by` `read_axes` `AxesData` `LineData` `BarData`      |
| check a plot                                | `has_line` `has_bars` `has_log_axis` `has_labels`           |
| draw the course's figures                   | `style` `plot_lines` `plot_flow` `plot_bars` `plot_terms`   |
| colour and label lines                      | `by_growth` `ordered` `label_ends`                          |
| play with a function                        | `explore`                                                   |
| let a cell wait for its stub                | `waits`                                                     |

Whatever is not as asked raises `Mismatch`, with one of `RUNGS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .axes import AxesData, BarData, LineData, read_axes
    from .calling import call
    from .compare import has_shape, holds, is_array, is_finite, same
    from .draws import gru_inputs, lstm_inputs, parameters, rng, rnn_inputs, use_key
    from .end_labels import label_ends
    from .figures_bars import plot_bars, plot_terms
    from .figures_flow import plot_flow
    from .figures_lines import by_growth, ordered, plot_lines
    from .gradcheck import check_gradient, complex_derivative, numeric_gradient
    from .locating import locate
    from .mismatch import RUNGS, Mismatch
    from .numbers import close_number, is_choice, is_number, letters, right_choice
    from .plots import drawn_by, has_bars, has_labels, has_line, has_log_axis
    from .several import entry, outputs, same_all, same_entry, same_keys
    from .styling import style
    from .waiting import waits
    from .widget import explore

__all__ = [
    "RUNGS",
    "AxesData",
    "BarData",
    "LineData",
    "Mismatch",
    "by_growth",
    "call",
    "check_gradient",
    "close_number",
    "complex_derivative",
    "drawn_by",
    "entry",
    "explore",
    "gru_inputs",
    "has_bars",
    "has_labels",
    "has_line",
    "has_log_axis",
    "has_shape",
    "holds",
    "is_array",
    "is_choice",
    "is_finite",
    "is_number",
    "label_ends",
    "letters",
    "locate",
    "lstm_inputs",
    "numeric_gradient",
    "ordered",
    "outputs",
    "parameters",
    "plot_bars",
    "plot_flow",
    "plot_lines",
    "plot_terms",
    "read_axes",
    "right_choice",
    "rng",
    "rnn_inputs",
    "same",
    "same_all",
    "same_entry",
    "same_keys",
    "style",
    "use_key",
    "waits",
]

# Where each name lives. A notebook uses few of them, and importing all would cost every graded one 12 ms.
# No module has the name of something in it: importing the module would hide that.
_HOME = {
    name: module
    for module, names in {
        "axes": "AxesData BarData LineData read_axes",
        "calling": "call",
        "compare": "has_shape holds is_array is_finite same",
        "draws": "gru_inputs lstm_inputs parameters rng rnn_inputs use_key",
        "end_labels": "label_ends",
        "figures_bars": "plot_bars plot_terms",
        "figures_flow": "plot_flow",
        "figures_lines": "by_growth ordered plot_lines",
        "gradcheck": "check_gradient complex_derivative numeric_gradient",
        "locating": "locate",
        "mismatch": "RUNGS Mismatch",
        "numbers": "close_number is_choice is_number letters right_choice",
        "several": "entry outputs same_all same_entry same_keys",
        "plots": "drawn_by has_bars has_labels has_line has_log_axis",
        "styling": "style",
        "waiting": "waits",
        "widget": "explore",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    """The name, from its module, when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    """The public names, those not yet loaded too."""
    return sorted(__all__)
