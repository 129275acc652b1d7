"""Answers that are one number, one choice, or a letter for each of several statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .cast import needs_value
from .compare import holds, is_array, same
from .mismatch import Mismatch
from .words import clean, kind

# Answers are typed from a print-out of four or five digits.
TYPED = 1e-3


def is_number(got: Any, name: str) -> float:
    """`got` is one finite real number. Returns it.

    A text, a list of one, a complex number and a lone truth value are refused.
    Raises Mismatch (rungs missing, type, shape, finite).
    """
    _not_text(got, name)
    return float(is_array(got, (), name))


def close_number(got: Any, expected: float, name: str, rtol: float = TYPED) -> None:
    """`got` is a number within `rtol * |expected|` of `expected` (1e-12 around zero).

    For hidden cases, or with an `expected` that the case computes: the public message shows it.
    Raises Mismatch (rungs missing, type, shape, finite, value).
    """
    _not_text(got, name)
    same(got, float(expected), name, rtol=rtol)


def is_choice(got: Any, name: str, options: str | Sequence[str]) -> str:
    """`got` is one of the options, as a text; case and blanks around it do not matter.

    options   "abcd" for four letters, or a sequence of words. Returns the option as it is written there.
    Raises Mismatch: "missing" for `...` and None, "type" for another kind, "form" for another text.
    """
    needs_value(got, name)
    allowed = ", ".join(f'"{option}"' for option in options)
    if type(got) is not str:
        text = f"`{name}` is {kind(got)}; expected a text, one of {allowed}. Try: put it in quotes."
        raise Mismatch(name, "type", text, text)
    for option in options:
        if got.strip().lower() == option.lower():
            return option
    blind = f"`{name}` is none of the options; expected one of {allowed}."
    raise Mismatch(name, "form", f'`{name}` is "{clean(got, 30)}"; expected one of {allowed}.', blind)


def letters(got: Any, name: str, options: str, count: int = 0) -> list[str]:
    """The letters of a text such as "VEEB", as they are written in `options`; blanks and commas are left out.

    count   how many there must be; at least one when left out
    Raises Mismatch as `is_choice` does, and "property" for another number of letters.
    """
    needs_value(got, name)
    if type(got) is not str:
        text = f"`{name}` is {kind(got)}; expected a text of letters. Try: put them in quotes."
        raise Mismatch(name, "type", text, text)
    kept = [letter for letter in got if letter not in " ,\t\n"]
    claim = f"there are {count} letters" if count else "there is at least one letter"
    holds(len(kept) == count if count else bool(kept), name, claim, len(kept))
    return [is_choice(one, f"{name}, letter {number}", options) for number, one in enumerate(kept, 1)]


def right_choice(
    got: Any, answer: str, name: str, options: str | Sequence[str], why: Mapping[str, str] | None = None
) -> None:
    """`got` is the right option: for hidden cases, with the answer kept in a constant or in the Reference.

    why   what to think about for a wrong option; leads, and names no other option
    A case's source line is shown to students, so the answer itself never stands on it.
    Raises Mismatch: as `is_choice`, then "value"; the message does not name the answer. An answer that is
    no option, or a `why` of the answer or of no option, raises ValueError: that is a fault of the case.
    """
    reasons = why or {}
    if answer not in [*options] or answer in reasons or not {*reasons} <= {*options}:
        raise ValueError(f"the reasons or the answer for {name!r} do not fit its options")
    option = is_choice(got, name, options)
    if option == answer:
        return
    text = f"`{name}` is one of the options, but not the right one. Try: measure it before you choose."
    if option in reasons:
        text = f"`{name}` is {option}: {reasons[option]}"
    raise Mismatch(name, "value", text, text)


def _not_text(got: Any, name: str) -> None:
    if type(got) is str:
        text = f"`{name}` is a text; expected a number. Try: leave out the quotes."
        raise Mismatch(name, "type", text, text)
