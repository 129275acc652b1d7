"""Errors know their exit codes, and text from outside cannot steer a terminal."""

from coursekit.errors import BadInput, OurFault, Refused, nearest, printable


def test_exit_codes_are_those_of_the_design():
    assert (1, 2, 3) == (Refused.exit_code, BadInput.exit_code, OurFault.exit_code)


def test_the_nearest_known_name_is_offered():
    assert "; did you mean 'hw2_bptt'?" == nearest("hw2_btpt", ["hw1_jacobians", "hw2_bptt"])


def test_without_a_near_name_the_known_ones_are_listed():
    assert "; known are a, b" == nearest("zzz", ["b", "a"])


def test_nothing_known_offers_nothing():
    assert "" == nearest("x", [])


def test_control_characters_are_shown_not_obeyed():
    assert "\\x1b[31mred\\nline" == printable("\x1b[31mred\nline")


def test_bidirectional_overrides_are_shown():
    assert "a\\u202eb" == printable("a\u202eb")


def test_a_lone_surrogate_is_shown():
    assert "\\udc80" == printable("\udc80")


def test_long_text_is_cut():
    assert "aaaa…" == printable("a" * 50, length=5)
