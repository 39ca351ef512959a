"""Hits are marked by the stems the search goes by, and nothing somebody wrote becomes markup."""

import pytest

from teamhub.core.highlight import excerpt, hits


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("For få barnehageplasser", "barnehageplass", "For få <mark>barnehageplasser</mark>"),
        ("En får går løs", "far", "En får går løs"),
        ("Ventetiden er lang", "vente", "<mark>Ventetiden</mark> er lang"),
        ("Tenesta er sein", "tjeneste", "<mark>Tenesta</mark> er sein"),
        ("Lang kø, alltid kø.", "kø", "Lang <mark>kø</mark>, alltid <mark>kø</mark>."),
        ("<b>kø</b> & mer", "kø", "&lt;b&gt;<mark>kø</mark>&lt;/b&gt; &amp; mer"),
        ("Helt stille", "", "Helt stille"),
        ("Helt stille", "*\"'", "Helt stille"),
    ],
)
def test_what_the_search_finds_is_marked(text, query, shown):
    assert hits(text, query) == shown


def test_a_hit_far_into_a_text_is_shown_with_the_words_before_it():
    text = "Noe helt annet står her. " * 20 + "Så ringer de om medisinlista hver kveld."

    shown = excerpt(text, "medisinliste", 120)

    assert shown.startswith("… ")
    assert "ringer de om <mark>medisinlista</mark> hver kveld." in shown


def test_a_text_without_a_hit_is_shown_from_its_beginning():
    assert excerpt("Først dette. " * 30, "medisin", 40).startswith("Først dette.")
