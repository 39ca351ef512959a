"""Rules every page and fragment must keep: asked of every response of every test, so in one pass."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FIELDS = {"input", "select", "textarea"}
INLINE = {"style", "onclick", "onchange", "onsubmit"}

# What our templates write: no bare < in a text, and neither < nor > in an attribute but between quotes.
# An HTML parser that knows all else takes three times as long, and it reads every response of the suite.
_TAG = re.compile(
    r"""<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][^\s/>]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


@dataclass(slots=True)
class Element:
    """An element with its attributes, the form it stands in, and the words right inside it."""

    name: str
    attributes: dict[str, str]
    form: Element | None = None
    words: str = ""
    fields: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def __str__(self) -> str:
        said = " ".join(f"{name}={value!r}" for name, value in self.attributes.items())
        return f"<{self.name} {said}>"


class Page:
    """All elements of a page, in order. Fails on a form within a form, which browsers take apart."""

    def __init__(self, html: str) -> None:
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self._form: Element | None = None
        read = 0
        for found in _TAG.finditer(html):
            self._words(html[read : found.start()])
            read = found.end()
            ends, tag, attributes = found.groups()
            if ends:
                self._end(tag.lower())
            elif tag:
                self._start(tag.lower(), attributes)
        self._words(html[read:])

    def _start(self, tag: str, said: str) -> None:
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(said):
            attributes.setdefault(name.lower(), unescape("".join(values)))
        element = Element(tag, attributes, self._form)
        self.elements.append(element)
        if tag == "form":
            assert self._form is None, f"a form within a form: {element}"
            self._form = element
        if self._form and tag == "input":
            self._form.fields.append(element.get("name") or "")
        if tag not in VOID and not said.endswith("/"):
            self._open.append(element)

    def _end(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        while self._open and self._open.pop().name != tag:
            pass

    def _words(self, said: str) -> None:
        assert "<" not in said, f"a tag that is none: {said[said.index('<') :][:100]}"
        if self._open:
            self._open[-1].words += unescape(said)

    def named(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def having(self, attribute: str) -> list[Element]:
        return [element for element in self.elements if attribute in element.attributes]


def check_page(html: str, *, whole: bool) -> None:
    """Fail when ``html`` breaks a rule of the house."""
    page = Page(html)
    ids = Counter(element.attributes["id"] for element in page.having("id"))
    twice = [name for name, count in ids.items() if count > 1]
    assert not twice, f"duplicate ids: {twice}"
    _fields_are_named(page, ids, whole=whole)
    _works_without_javascript(page)
    for form in page.named("form"):
        if form.get("method") == "post":
            assert "csrf_token" in form.fields, f"no csrf_token: {form}"
    inline = [element for element in page.elements if INLINE & set(element.attributes)]
    inline += [script for script in page.named("script") if not script.get("src")]
    assert not inline, f"inline code: {inline[0]}"
    if whole:
        assert page.named("html")[0].get("lang") in {"nb", "nn", "en"}
        assert page.named("title")[0].words.strip()
        assert len(page.named("h1")) == 1, "one h1 to a page"
        assert len(page.named("main")) == 1, "one main to a page"


def _fields_are_named(page: Page, ids: Counter[str], *, whole: bool) -> None:
    labels = {label.get("for") for label in page.named("label")}
    for control in page.named(*FIELDS):
        if control.get("type") != "hidden":
            named = control.get("aria-label") or control.get("aria-labelledby")
            assert named or control.get("id") in labels, f"no label: {control}"
    for attribute in ("aria-describedby", "aria-labelledby"):
        for element in page.having(attribute):
            for name in element.attributes[attribute].split():
                assert not whole or name in ids, f"{name} is referred to but not there"


def _works_without_javascript(page: Page) -> None:
    presses = {button.get("formaction") for button in page.named("button")}
    for element in page.having("hx-post"):
        address = element.attributes["hx-post"]
        if element.name in {"button", "input"}:
            assert address in presses, f"no button of the form does the same: {element}"
            continue
        assert element.name == "form", f"hx-post belongs on a form: {element}"
        assert element.get("method") == "post", f"no fallback: {element}"
        assert element.get("action") == address, f"no fallback: {element}"
    for element in page.having("hx-get"):
        own = [a for a in ("href", "action", "data-fallback") if element.get(a) is not None]
        assert own, f"no fallback: {element}"
