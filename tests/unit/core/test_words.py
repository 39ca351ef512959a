"""Stems, likeness to a personal number, and short texts."""

import pytest

from teamhub.core.text import has_national_id, initials, shorten, stems


def test_inflections_share_a_stem_and_accents_do_not():
    assert stems("barnehageplass") == stems("barnehageplasser")
    assert stems("får", keep_stop_words=True) != stems("far", keep_stop_words=True)


@pytest.mark.parametrize("text", ["01010750160", "født 010107 50160.", "010107-50160"])
def test_a_number_whose_check_digits_fit_is_a_personal_number(text):
    assert has_national_id(text)


@pytest.mark.parametrize("text", ["", "12345678901", "01010750161", "Sak 20261100123456", "974 760 673"])
def test_other_numbers_are_not(text):
    assert not has_national_id(text)


@pytest.mark.parametrize(
    ("name", "letters"), [("Håkon Åsheim", "HÅ"), ("Áile", "Á"), ("Ann-Kristin Bye Hansen", "AH"), ("", "?")]
)
def test_a_face_has_the_first_and_the_last_letter(name, letters):
    assert initials(name) == letters


def test_a_text_is_cut_at_a_word():
    assert shorten("Pasienter kommer hjem fredag", 20) == "Pasienter kommer …"
    assert shorten("Kort\n\ntekst", 20) == "Kort tekst"
