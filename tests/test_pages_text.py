"""Hostile text: what is hidden becomes visible, what is long is cut, and no name becomes a path."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from fake_cohort import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from coursekit.pages.text import MARKS, NAME_LENGTH, page_name, shown, shown_lines, with_code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Zoë 李小龍 Łukasz", "Zoë 李小龍 Łukasz"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("a\x00b\x1b[31m", "a⟨U+0000⟩b⟨U+001B⟩[31m"),
        ("one\r\ntwo", "one⟨U+000D⟩⟨U+000A⟩two"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("a\u2066b\u2069\u200e", "a⟨U+2066⟩b⟨U+2069⟩⟨U+200E⟩"),
        ("zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("undecodable\udcff", "undecodable⟨U+DCFF⟩"),
        ("line\u2028end", "line⟨U+2028⟩end"),
        ("x" * 300, "x" * NAME_LENGTH + "… (300 characters)"),
        ("", ""),
    ],
)
def test_one_line(raw, expected):
    assert shown(raw) == expected


def test_marks_do_not_pile_up():
    """A letter keeps the few marks that a language puts on it, not a tower over the lines above."""
    assert shown("ê\u0323o" + "\u0300" * 90) == "ê\u0323o" + "\u0300" * MARKS


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)  # lone surrogates too


@given(ANY_TEXT)
def test_whatever_a_text_holds_it_can_be_seen_and_written(raw):
    """No control, format or surrogate is left, and UTF-8 can hold it."""
    text = shown(raw)

    assert not {unicodedata.category(char) for char in text} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert {char for char in text if unicodedata.category(char) == "Cf"} <= set("\u200c\u200d")
    assert text.encode("utf-8").decode("utf-8") == text
    assert len(text) <= NAME_LENGTH + len("… (99999 characters)")


@given(ANY_TEXT)
def test_whatever_a_message_holds_only_code_is_marked_up(raw):
    """And what is read is what was shown, backticks aside."""
    tags, texts = [], []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, attributes))
    parser.handle_data = texts.append
    parser.feed(str(with_code(raw)))
    parser.close()

    assert all(tag == ("code", []) for tag in tags)
    assert "".join(texts).replace("`", "") == shown_lines(raw).replace("`", "")


def test_lines_stay_lines():
    assert shown_lines("one\r\n  two\x00\n\n") == "one\n  two⟨U+0000⟩"


def test_long_lines_are_cut_and_say_so():
    assert shown_lines("x" * 5000, 10) == "xxxxxxxxxx… (5000 characters)"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("`dW_hh` has shape (5, 4)", "<code>dW_hh</code> has shape (5, 4)"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("<b>`</b>", "&lt;b&gt;`&lt;/b&gt;"),
        ("`a\nb`", "`a\nb`"),
        ("a & b", "a &amp; b"),
    ],
)
def test_code_in_messages(raw, expected):
    """Escaped first, marked up afterwards."""
    assert str(with_code(raw)) == expected


@pytest.mark.parametrize("name", [*HOSTILE, "", ".", "..", "CON", "a/b", "ADA"])
def test_a_page_name_is_a_plain_file_name(name):
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}-[0-9a-f]{10}\.html", page_name(name))


def test_page_names_tell_everybody_apart():
    """Also those whose letters fall together: case, accents, cut-off ends."""
    names = [*HOSTILE, "Ada", "ada", "Adá", "A da", "A" * 299, "李", "龍", ""]

    assert len({page_name(name) for name in names}) == len(names)
    assert page_name("Zoë Ångström").startswith("zoe-angstrom-")
