"""Rules every page and fragment must keep. Applied to every response of every test."""

from __future__ import annotations

from bs4 import BeautifulSoup


def check_page(html: str, *, whole: bool) -> None:
    """Fail when ``html`` breaks a rule of the house."""
    page = BeautifulSoup(html, "html5lib")
    ids = [e["id"] for e in page.select("[id]")]
    twice = {i for i in ids if ids.count(i) > 1}
    assert not twice, f"duplicate ids: {twice}"
    for field in page.select("input:not([type=hidden]), select, textarea"):
        label = page.select_one(f'label[for="{field.get("id")}"]')
        assert label or field.get("aria-label") or field.get("aria-labelledby"), f"no label: {field}"
    for element in page.select("[aria-describedby], [aria-labelledby]"):
        for name in (element.get("aria-describedby", "") + " " + element.get("aria-labelledby", "")).split():
            assert not whole or name in ids, f"{name} is referred to but not there"
    for element in page.select("[hx-post]"):
        assert element.name == "form", f"hx-post belongs on a form: {element}"
        assert element.get("method") == "post", f"no fallback: {element}"
        assert element.get("action") == element["hx-post"], f"no fallback: {element}"
    for element in page.select("[hx-get]"):
        own = element.get("href", element.get("action", element.get("data-fallback")))
        assert own is not None, f"no fallback: {element}"
    for form in page.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]"), f"no csrf_token: {form}"
    assert not page.select("[style], script:not([src]), [onclick], [onchange], [onsubmit]"), "inline code"
    if whole:
        assert page.html["lang"] in {"nb", "nn", "en"}
        assert page.title.text.strip()
        assert len(page.select("h1")) == 1, "one h1 to a page"
        assert len(page.select("main")) == 1, "one main to a page"
