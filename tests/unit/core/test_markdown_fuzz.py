"""Markdown lets through few tags and attributes, whatever is written, and is never slow (quality.md R22)."""

from __future__ import annotations

import random
import re
import time
from html.parser import HTMLParser
from math import isqrt

import nh3
import pytest

from teamhub.core.markdown import mentioned, render

STRINGS, MOST_PARTS = 10_000, 6
LONGEST, LIMIT_S = 64 * 1024, 0.050
SIZES = (1_000, 2_000, 2_500, 10_000, LONGEST)
"""A text at each of these, for a limit on length alone would leave those just below it."""

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "code", "pre", "blockquote", "hr"}
ATTRIBUTES = {("a", "href"), ("a", "rel"), ("a", "title"), ("strong", "class")}
SCHEMES = {"http", "https", "mailto", None}

MARKDOWN = [
    *("*", "**", "_", "__", "`", "``", "```\n", "~~~ js\n", "> ", "- ", "1. ", "7) ", "    ", "\t", "# "),
    *("\n", "\n\n", "\r\n", "  \n", "\\", "---\n", "===\n", "| a | b |\n", "|-|-|\n", "[", "](", ")", "!["),
    *("[a](", "[b]: ", "[b]", "<", ">", "&", "&amp;", "&lt;", "&#106;", "&#x3c;", "&colon;", "&Tab;", "&#0;"),
    *("http://a.no", "https://a.no/?a=1&b=2", "//a.no", "/challenges/1", "mailto:a@b.no", "<a@b.no>"),
    *("@Kari Nordmann", "@kari@b.no", "@", "ord", "æøå", " ", '"', "'", " 'a')", "\x00", "\u202e", "\ufeff"),
]
HTML = [
    *("<script>alert(1)</script>", "<script", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=a>"),
    *("<math><mtext></form><form><mglyph><style>", "<iframe src=//a.no>", "<form id=f action=/x>", "<p"),
    *("<style>*{color:red}</style>", "<p style=color:red>", "<b id=x>", "<a href=x onclick=y>", "</a>"),
    *("<div hx-get=/x hx-on:click=y data-z>", "<noscript><p title='", "<textarea>", "<!--", "-->", "--!>"),
    *("<![CDATA[", "]]>", "<?php", "<!doctype html>", '" onmouseover="a()', "' style='", "<input id=x>"),
]
TO = [
    *("javascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "java&#10;script:alert(1)", "&#1;javascript:a"),
    *("data:text/html,<b>", "vbscript:a", "http://a.no", "https://a.no/?b='&c", "mailto:a@b.no", "/b"),
    *("//a.no", r"\\a.no", "?a=b", "#c", "file:///etc", "ftp://a.no", "HTTP://a.no", "x 'a'", 'x "b" c="d"'),
]


@pytest.fixture(scope="module")
def written():
    chance = random.Random(22)  # noqa: S311 - the same each time
    parts = MARKDOWN + HTML + [f"[a]({to})" for to in TO] + [f"<{to}>" for to in TO]
    return ["".join(chance.choices(parts, k=chance.randint(1, MOST_PARTS))) for _ in range(STRINGS)]


@pytest.fixture(scope="module")
def rendered(written):
    return [str(render(text, mentions=bool(number % 2))) for number, text in enumerate(written)]


@pytest.fixture
def sanitised(monkeypatch):
    """Clean again, as what renders last did."""
    settings, clean = {}, nh3.clean

    def watched(html, **said):
        settings.update(said)
        return clean(html, **said)

    monkeypatch.setattr(nh3, "clean", watched)
    render("[a](/b)", mentions=True)
    monkeypatch.undo()
    return lambda html: clean(html, **settings)


class Elements(HTMLParser):
    """Gather what is in some HTML that should not be, as (text, tag, attribute, value)."""

    def __init__(self):
        super().__init__()
        self.alien = []

    def look_at(self, text, html):
        self.reset()
        self.found, self.depth = [], 0
        self.feed(html)
        self.close()
        self.alien += [(text, *one) for one in self.found]

    def handle_starttag(self, tag, attributes):
        self.depth += tag not in {"br", "hr"}
        if tag not in TAGS:
            self.found.append((tag,))
        if tag == "a" and dict(attributes).get("rel") != "noopener nofollow":
            self.found.append((tag, "without rel"))
        self.found += [(tag, *one) for one in attributes if not is_allowed(tag, *one)]

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        if data.strip() and not self.depth:
            self.found.append(("bare", data))

    def handle_comment(self, data):
        self.found.append(("comment", data))

    def handle_decl(self, decl):
        self.found.append(("declaration", decl))

    handle_pi = unknown_decl = handle_decl


def is_allowed(tag, name, value):
    if (tag, name) not in ATTRIBUTES:
        return False
    if name == "href":
        return scheme_of(value) in SCHEMES
    return name == "title" or value in {"noopener nofollow", "mention"}


def scheme_of(address):
    """Return what a browser takes for the scheme: it passes control characters and blanks over."""
    found = re.match(
        r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]", "", address.lower())
    )
    return found and found[1]


def test_whatever_is_written_becomes_few_tags_and_attributes(written, rendered):
    elements = Elements()
    for text, html in zip(written, rendered, strict=True):
        elements.look_at(text, html)

    assert elements.alien == []


def test_what_is_rendered_is_as_clean_as_it_gets(rendered, sanitised):
    assert [html for html in rendered if sanitised(html) != html] == []


def test_whatever_is_written_somebody_may_be_mentioned_in_it(written):
    assert all(isinstance(mentioned(text), list) for text in written[1::2])


def test_the_strings_try_what_markdown_can_do(rendered):
    """The control: each tag comes, and links with each scheme, so that the rest is not about nothing."""
    everything = "".join(rendered)

    assert {tag for tag in TAGS if f"<{tag}" in everything} == TAGS
    assert all(f'href="{start}' in everything for start in ("http:", "https:", "mailto:", "/b"))
    assert 'class="mention"' in everything


@pytest.mark.parametrize(
    "html",
    [
        *("<svg>", "<p style='a'>", "<p onclick=a>", "<p hx-get=a>", "<p data-a>", "<p id=a>", "<form>"),
        *("<a href=javascript:a rel='noopener nofollow'>", "<a href='\x01java\nscript:a'>", "<a href=/b>"),
        *("<!-- a -->", "<!doctype html>", "<?php a>", "<strong class='mention notice'>", "<a href=data:a>"),
        *("<p>a</p>\nb", "<hr>a<br>"),
    ],
)
def test_what_should_not_be_there_would_be_seen(html):
    elements = Elements()
    elements.look_at("", html)

    assert elements.alien


# -- how long it takes -------------------------------------------------------------------------------

ROUND_AND_ROUND = [
    *("[", "]", "[a](", "[](", "](", "[a]: ", "[a][b]", "[a]", "![", "![a](b)", "[a\\]", "(", "[*a](b)*"),
    *("> ", ">", "> a\n>> b\n>>> c\n", "> - ", "- > ", "- a\n", "- ", "1. a\n", "1. ", "a\n", "a\n\n", "\n"),
    *("`", "`a``b", "*", "*a ", "*a", "a*", "*_", "*a_", "_a", "**a *b ", "*a _b", "***a__", "*[a*", "**"),
    *("| a | b | c |\n", "|x|y|\n", "[a](http://a.no) ", '[a](b "c', "<http://a.no>", "[a](<b", "[a]: b\n"),
    *("<", "<a ", "<b>", "<!--", "<?", "<![CDATA[", "</a", "<div>\n", "&", "&amp;", "&#x41;", "\\", "\\*"),
    *("a\n=\n", "---\n", "```\n", "~~~ a\n", "    a\n", " ", "\t", "\r", "\x00", "ord ", "a", "æøå😀 "),
    *("#", "$", "+", "-", ":", "=", "{", "}", "~", "^", "%"),
    *("@", "@a ", "@Kari Nordmann ", "a@b.c", "@a.", "a@", "@a-", "@A ", '<a a="b" '),
]
BEGUN = {
    "a nested quote that goes on": ("> " * 20 + "a\n", "b\n"),
    "a nested quote with a list": ("> " * 18 + "a\n", "- b\n"),
    "a nested list that goes on": ("- " * 20 + "a\n", "b\n"),
    "a table": ("|a|b|\n|-|-|\n", "|x|y|\n"),
    "a link used again and again": ("[a]: /b\n\n", "[a]"),
    "a link with many brackets": ("[a](", "()"),
    "a tag with many attributes": ("<a ", 'a="b" '),
    "a mention without end": ("@", "a@"),
}
GROWING = {
    "quotes in quotes": lambda n: ">" * n + " a\n",
    "longer and longer code": lambda n: "`" * n + " ",
    "lists in lists": lambda n: "  " * n + "- a\n",
    "many names for links": lambda n: "".join(f"[a{n}.{m}]: b\n" for m in range(8)),
}
THERE_AND_BACK = [
    ("[", "]"),
    ("[a ", "](b)"),
    ("*a ", " a*"),
    ("**a ", " a**"),
    ("`a ", " a`"),
    ("![", "]()"),
]


def pathological(size):
    """Return texts of ``size`` letters that are hard to read, by what they are called."""
    texts = {repr(part): part * (size // len(part) + 1) for part in ROUND_AND_ROUND}
    texts |= {name: start + part * (size // len(part) + 1) for name, (start, part) in BEGUN.items()}
    texts |= {name: "".join(map(step, range(isqrt(2 * size) + 1))) for name, step in GROWING.items()}
    for ahead, back in THERE_AND_BACK:
        times = size // len(ahead + back)
        texts[f"{ahead!r} and {back!r}"] = ahead * times + back * times
    return {f"{name}, {size}": text[:size] for name, text in texts.items()}


def seconds(read, text):
    """Return processor time, the best of three; of one, when no doubt remains.

    A single long one says little: collecting the garbage of a long test run takes half a second.
    """
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
        if best < LIMIT_S / 2:
            break
    return best


@pytest.mark.parametrize(
    "read", [lambda text: render(text, mentions=True), mentioned], ids=["shown", "mentions"]
)
@pytest.mark.parametrize("size", SIZES)
def test_no_text_takes_long_to_read(read, size):
    taken = {name: round(1000 * seconds(read, text)) for name, text in pathological(size).items()}

    assert {name: ms for name, ms in taken.items() if ms > 1000 * LIMIT_S} == {}
