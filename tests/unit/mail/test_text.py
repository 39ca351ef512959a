"""The plain text of a mail says what its HTML says, in the same order."""

from __future__ import annotations

import pytest

from teamhub.mail.text import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hei,\n   Kari</p>", "Hei, Kari"),
        ("<h1>Ett</h1><p>To</p><p>Tre</p>", "Ett\n\nTo\n\nTre"),
        ("<ul><li>Ett</li><li>To</li></ul><p>Tre</p>", "* Ett\n* To\n\nTre"),
        ("<ul>\n  <li><b>Innen fredag:</b>\n <a href='/x'>svar</a></li>\n</ul>", "* Innen fredag: svar: /x"),
        ("<li>Ett<br>og mer</li><li>To</li>", "* Ett\n  og mer\n* To"),
        ("<p>Les <a href='/a?b=1&amp;c=2'>mer</a> om det.</p>", "Les mer: /a?b=1&c=2 om det."),
        ("<p><a href='https://t.no'>https://t.no</a></p>", "https://t.no"),
        ("<p>&lt;b&gt; &amp; «æøå» 1&nbsp;000</p>", "<b> & «æøå» 1 000"),
        ("<p>Ett<br>To</p>", "Ett\nTo"),
        ("<div><div><p>Ett</p></div></div><div><p>To</p></div>", "Ett\n\nTo"),
        ("<p></p><p> </p><p>Alene</p>", "Alene"),
    ],
)  # fmt: skip
def test_each_element_becomes_text(html, text):
    assert plain(html) == text + "\n"


def test_what_is_not_for_reading_is_left_out():
    html = "<html><head><title>T</title><style>p { color: red; }</style></head><body><p>Hei</p></body></html>"

    assert plain(html) == "Hei\n"
