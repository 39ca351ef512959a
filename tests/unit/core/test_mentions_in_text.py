"""Mentions in a conversation: what counts as one, and how it is shown without opening for anything else."""

import pytest

from teamhub.core.markdown import mentioned, render


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Kari Nordmann", ["Kari Nordmann"]),
        ("Takk, @Kari Nordmann, og (@Ola)", ["Kari Nordmann", "Ola"]),
        ("spør «@Åse-Britt O'Brien A. Ødegård den yngre»", ["Åse-Britt O'Brien A. Ødegård"]),
        ("@kari.nordmann og @kari@kommunen.no.", ["kari.nordmann og", "kari@kommunen.no"]),
        ("**@Kari**\n@Ola", ["Kari", "Ola"]),
        ("skriv til a@b.no eller <kari@b.no>", []),
        ("`@Kari` er kode\n\n    @Ola\n\n```\n@Liv\n```", []),
        ("[@Kari](https://b.no) og https://b.no/@ola", []),
        ("@ @1 @! bare@ @@", []),
    ],
)
def test_what_stands_after_an_at_sign_is_found(text, who):
    assert mentioned(text) == who


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hei @Kari Nordmann kan du?", '<p>Hei <strong class="mention">@Kari Nordmann</strong> kan du?</p>'),
        (
            "@Kari Nordmann. Ola kommer",
            '<p><strong class="mention">@Kari Nordmann</strong>. Ola kommer</p>',
        ),
        ("@kari@b.no, hei", '<p><strong class="mention">@kari@b.no</strong>, hei</p>'),
        ("a@b.no `@Kari`", "<p>a@b.no <code>@Kari</code></p>"),
    ],
)
def test_a_mention_stands_out(text, html):
    assert render(text, mentions=True).strip() == html


def test_a_text_that_is_no_conversation_mentions_nobody():
    assert "mention" not in render("Hei @Kari Nordmann")


@pytest.mark.parametrize(
    "text",
    [
        "@<script>alert(1)</script>",
        '@Kari"onmouseover="x',
        '<strong class="mention" onclick="x">@Kari</strong>',
        "[@Kari](javascript:alert(1))",
        "@Kari<img src=x onerror=alert(1)>",
    ],
)
def test_a_mention_opens_for_no_code(text):
    html = str(render(text, mentions=True))

    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html
    assert html.count("<") - html.count("</") == html.count("</")


def test_a_class_of_ones_own_is_not_let_in():
    assert "<strong" not in render('<strong class="tag">x</strong>', mentions=True)


def test_a_very_long_text_is_read_in_no_time():
    text = "@Kari Nordmann og " * 20_000

    assert len(mentioned(text)) == 20_000
