"""A small experiment to play with: three settings side by side for all, sliders for those who have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .styling import rc


def explore(
    update: Callable[..., Any],
    draw: Callable[[Any, Any], Any],
    settings: Sequence[Mapping[str, Any]],
    controls: Mapping[str, Any] | None = None,
    *,
    ylim: tuple[float, float] | None = None,
    title: Callable[[Mapping[str, Any]], str] | None = None,
) -> Any:
    """Draw `update` at each of the settings in one static figure; below it, sliders if ipywidgets is there.

    update     the graded function: update(**values) → data; it draws nothing
    draw       draw(ax, data): one panel, in well under 0.2 s
    settings   usually three, each a dict of values for `update`
    controls   name → (low, high, step) of numbers, whole where all three are, or a list of choices. The
               first setting gives the defaults. No controls, no sliders
    ylim       fixed limits for all panels and for every position of a slider, so that heights can be compared
    title      from a setting to its panel's title; its values when left out

    Returns the static figure. Without ipywidgets only the dragging is lost.
    """
    name = title or _values_in_words
    figure = _panels(update, draw, settings, ylim, name)
    if controls:
        _sliders(update, draw, settings[0], controls, ylim, name)
    return figure


def _panels(
    update: Callable[..., Any],
    draw: Callable[[Any, Any], Any],
    settings: Sequence[Mapping[str, Any]],
    ylim: tuple[float, float] | None,
    name: Callable[[Mapping[str, Any]], str],
) -> Any:
    from matplotlib import pyplot

    shown = [update(**values) for values in settings]  # a stub raises here, before there is an empty figure
    with pyplot.rc_context({**rc(), "axes.titlesize": 10}):
        figure, axes = pyplot.subplots(
            1, len(settings), figsize=(3.2 * len(settings), 3.0), sharey=ylim is not None, squeeze=False
        )
        for ax, values, data in zip(axes[0], settings, shown, strict=True):
            _panel(ax, data, draw, ylim, name(values))
            if ax is not axes[0, 0]:
                ax.set_ylabel("")
    return figure


def _panel(
    ax: Any, data: Any, draw: Callable[[Any, Any], Any], ylim: tuple[float, float] | None, title: str
) -> None:
    """The limits are set before drawing, because labels at the ends of lines are placed by them."""
    if ylim is not None:
        ax.set_ylim(*ylim)
    draw(ax, data)
    if ylim is not None:
        ax.set_ylim(*ylim)
    ax.set_title(title)


def _sliders(
    update: Callable[..., Any],
    draw: Callable[[Any, Any], Any],
    defaults: Mapping[str, Any],
    controls: Mapping[str, Any],
    ylim: tuple[float, float] | None,
    name: Callable[[Mapping[str, Any]], str],
) -> Any:
    """The interactive figure, or None where ipywidgets or a notebook is missing."""
    try:
        import ipywidgets
        from IPython import get_ipython
    except ImportError:
        return None
    if get_ipython() is None:  # a plain script: nothing could be dragged
        return None

    def redraw(**moved: Any) -> None:
        from matplotlib import pyplot

        values = {**defaults, **moved}
        data = update(**values)
        with pyplot.rc_context(rc()):
            figure, ax = pyplot.subplots()
            _panel(ax, data, draw, ylim, name(values))
            pyplot.show()
            pyplot.close(figure)

    widgets = {key: control(ipywidgets, key, spec, defaults[key]) for key, spec in controls.items()}
    return ipywidgets.interact(redraw, **widgets)


def control(ipywidgets: Any, name: str, spec: Any, value: Any) -> Any:
    """A slider for (low, high, step), a menu for a list. A slider acts when it is let go of."""
    if isinstance(spec, list):
        named = [(str(choice), choice) for choice in spec]
        # by index: to a menu `value=None` means that nothing is chosen, and it would show nothing
        return ipywidgets.Dropdown(options=named, index=spec.index(value), description=name)
    low, high, step = spec
    whole = all(isinstance(part, int) for part in (low, high, step))
    make = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    return make(value=value, min=low, max=high, step=step, description=name, continuous_update=False)


def _values_in_words(values: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key} {value:g}" if isinstance(value, float) else f"{key} {value}" for key, value in values.items()
    )
