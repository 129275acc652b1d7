"""The style sheet: text is legible on every ground, by day, by night and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import coursekit.pages

STYLE = (Path(coursekit.pages.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")

TEXTS = ("text", "quiet", "blue", "good", "bad", "wait")
GROUNDS = ("page", "raised")
SHAPES = ("fill", "stripe", "wait")


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def block(start, text=STYLE):
    """What stands between the braces that open after `start`."""
    depth, begin = 0, text.index("{", text.index(start))
    for i in range(begin, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if not depth:
            return text[begin + 1 : i]
    raise AssertionError(f"{start} is not closed")


def colours(text):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text))


DARK = "@media screen and (prefers-color-scheme: dark)"
LIGHT_COLOURS = colours(block(":root"))
THEMES = {
    "light": LIGHT_COLOURS,
    "dark": LIGHT_COLOURS | colours(block(DARK)),
    "print": LIGHT_COLOURS | colours(block("@media print")),
}


def test_contrast_is_measured_right():
    """Black on white is 21, the grey #767676 famously just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_legible(theme, ground, text):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_stand_out(theme, shape):
    assert contrast(THEMES[theme][shape], THEMES[theme]["raised"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_heat_map_is_legible_and_rises_in_one_direction(theme):
    """Eleven steps of one hue, each with a number on it."""
    rest = STYLE[STYLE.index("/* one hue") :]
    source = block(DARK, rest) if theme == "dark" else rest[: rest.index("@media")]
    steps = re.findall(r"\.h(\d+) { background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6}); }", source)
    lights = [luminance(ground) for _, ground, _ in steps]

    assert [int(n) for n, _, _ in steps] == list(range(11))
    assert min(contrast(ground, text) for _, ground, text in steps) >= 4.5
    assert lights == sorted(lights, reverse=theme == "light")


def test_nothing_is_loaded():
    """`url()` only points into the page."""
    assert set(re.findall(r"url\((.)", STYLE)) == {"#"}
    assert "@import" not in STYLE
    assert "@font-face" not in STYLE


def test_focus_is_visible():
    assert "outline: 3px solid var(--blue)" in block(":focus-visible")
    assert "outline: none" not in STYLE


def test_every_colour_has_a_name():
    """Outside the definitions and the heat map a colour is a variable, so that no theme forgets it."""
    rest = STYLE.replace(block(":root"), "").replace(block(DARK), "").replace(block("@media print"), "")

    assert re.findall(r"#[0-9a-f]{3,6}\b(?!\))", rest[: rest.index("/* one hue")]) == []


def test_what_the_templates_use_is_defined():
    """A class without a rule is a slip of the pen."""
    folder = Path(coursekit.pages.__file__).parent
    sources = [*folder.glob("templates/*.html"), *folder.glob("*.py")]
    used = set()
    for source in sources:
        for names in re.findall(r'class_?="([a-z ]+)"', source.read_text(encoding="utf-8")):
            used |= set(names.split())

    assert {name for name in used if f".{name}" not in STYLE} <= {"tick", "note", "title", "plain", "student"}
