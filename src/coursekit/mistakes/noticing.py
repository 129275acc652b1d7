"""What can be said of a wrong function that no mistake of the table explains: its form, or the place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coursekit.judge.drawn import without_style
from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import NAMED
from coursekit.mistakes.forms import GENERIC, Pair, finite_steps, form_of
from coursekit.mistakes.locating import locate
from coursekit.mistakes.parts import Layout, Path, part, parts
from coursekit.mistakes.replay import Replayer, Version, can_replay, same_reply, size_of
from coursekit.model import Mistake
from coursekit.wire import Raised, Returned

# An argument of the Reference, or a key of its caches, that chooses between two forms of the same cell.
OTHER_FORM = "reset_after"


@dataclass(frozen=True, slots=True)
class Notice:
    """A `hint` for the student; the ids of forms, joined by `+`, where they explain every wrong output."""

    id: str
    hint: str


def notice(
    replayer: Replayer, function: str, calls: Sequence[Call], named: Sequence[Mistake]
) -> Notice | None:
    """What is plain to see of a function's results, or None.

    `named` are mistakes of functions that this one calls: what follows from them is no fault of its own.
    """
    ours = replayer.catalogue.function(function, ())
    if ours is None:
        return None
    mine = [call for call in sorted(calls, key=size_of) if can_replay(call)]
    right = Version(function, (), tuple(named))
    if _is_other_form(replayer, right, ours, mine):
        return Notice("generic:other-reset", f"`{function}`: {GENERIC['generic:other-reset'].hint}")
    layout = Layout(ours)
    outputs = _outputs(replayer, right, ours, layout, mine)
    labels = {path: layout.label(path) for path in outputs}
    wrong = {path: pairs for path, pairs in outputs.items() if not all(pair.agrees for pair in pairs)}
    complete = all(isinstance(call.reply, Returned) for call in mine)
    forms = {path: form_of(pairs) if complete else "" for path, pairs in wrong.items()}
    if wrong and all(forms.values()):
        return _formed(function, forms, labels, wrong)
    said = [
        f"{_who([path], labels, function)}: {GENERIC[id].explanation}." for path, id in forms.items() if id
    ]
    where = locate(outputs, labels)
    hint = " ".join([*said, *([f"`{function}`: {where}"] if where else [])])
    return Notice("", hint) if hint else None


def _formed(
    function: str,
    forms: Mapping[Path, str],
    labels: Mapping[Path, str],
    outputs: Mapping[Path, Sequence[Pair]],
) -> Notice:
    """One sentence for each form, with all outputs that show it."""
    by_form: dict[str, list[Path]] = {}
    for path, id in forms.items():
        by_form.setdefault(id, []).append(path)
    hints = []
    for id, paths in by_form.items():
        finite = finite_steps(outputs[paths[0]]) if id == "generic:nan" else ""
        hints.append(
            f"{_who(paths, labels, function)}{f', where {finite}' * bool(finite)}: {GENERIC[id].hint}"
        )
    return Notice("+".join(by_form), " ".join(hints))


def _who(paths: Sequence[Path], labels: Mapping[Path, str], function: str) -> str:
    """`dW_ih` and `dW_hh` of `rnn_backward`; the function alone where its result has no name."""
    names = [f"`{labels[path]}`" for path in paths if labels[path]]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
    return f"{listed} of `{function}`" if listed else f"`{function}`"


def _outputs(
    replayer: Replayer, right: Version, ours: Callable[..., Any], layout: Layout, calls: Sequence[Call]
) -> dict[Path, list[Pair]]:
    """Every numeric output that came in all calls, with what is right, call by call."""
    found: dict[Path, list[Pair]] = {}
    broken: set[Path] = set()
    for call in calls:
        expected = replayer.reply(right, call)
        if not isinstance(call.reply, Returned) or not isinstance(expected, Returned):
            continue
        got, sizes = without_style(call.reply.value), layout.sizes(_arguments(ours, call))
        for path, array in parts(expected.value).items():
            came = part(got, path)
            if came is None:
                broken.add(path)
                continue
            axes = layout.axes(path, array.ndim)
            found.setdefault(path, []).append(Pair(came, array, axes, sizes))
    return {path: pairs for path, pairs in found.items() if path not in broken}


def _is_other_form(
    replayer: Replayer, right: Version, ours: Callable[..., Any], calls: Sequence[Call]
) -> bool:
    """Whether every call was answered in the form not asked for, or all of them in one and the same form."""

    def answered(form: Callable[[bool], bool], call: Call) -> bool:
        arguments = _in_form(form, _arguments(ours, call))
        if not arguments or isinstance(call.reply, Raised):
            return False
        asked = Call(call.function, (), arguments, call.reply)
        return same_reply(call.reply, replayer.reply(right, asked), NAMED)

    forms: tuple[Callable[[bool], bool], ...] = (lambda _: False, lambda _: True, lambda form: not form)
    return bool(calls) and any(all(answered(form, call) for call in calls) for form in forms)


def _in_form(form: Callable[[bool], bool], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that ask for a form, by themselves or in a cache; nothing where neither chooses one."""
    if OTHER_FORM in arguments:
        return {**arguments, OTHER_FORM: form(bool(arguments[OTHER_FORM]))}
    for name, value in arguments.items():
        if isinstance(value, dict) and OTHER_FORM in value:
            return {**arguments, name: {**value, OTHER_FORM: form(bool(value[OTHER_FORM]))}}
    return {}


def _arguments(function: Callable[..., Any], call: Call) -> dict[str, Any]:
    """The call's arguments by name, defaults included; nothing where they do not fit the function."""
    try:
        bound = inspect.signature(function).bind(*call.args, **call.kwargs)
    except TypeError:
        return {}
    bound.apply_defaults()
    return dict(bound.arguments)
