"""What holds for every page in a real browser: our host only, no errors, no axe violations."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

BROWSERS = [
    pytest.param({"width": width, "color_scheme": scheme}, id=f"{width}-{scheme}")
    for width in (390, 1440)
    for scheme in ("light", "dark")
]


def links_on(page):
    """The addresses of our own pages a page leads to, one for each kind of page. A download is no page."""
    found = page.eval_on_selector_all(
        "main a[href^='/']:not([download]), nav a[href^='/']", "all => all.map(a => a.pathname)"
    )
    kinds = {}
    for path in found:
        kind = "/".join("N" if part.isdigit() else part for part in path.split("/"))
        kinds.setdefault(kind, path)
    return kinds


def crawl(page, starts, most=60):
    """Visit one page of each kind that can be reached from ``starts``; yield each path when it is shown."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        kind = "/".join("N" if part.isdigit() else part for part in path.split("/"))
        if kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(path)
        assert answer.status < 400, path
        yield path
        waiting += links_on(page).values()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("browser_kind", BROWSERS)
@pytest.mark.parametrize("email", ["lead@demo.example", "office@demo.example"])
def test_axe_finds_nothing_on_any_page(new_page, sign_in, axe, browser_kind, email):
    page = sign_in(new_page(**browser_kind), email)

    found = {path: axe(page) for path in crawl(page, ["/"])}

    assert len(found) > 8
    assert {path: broken for path, broken in found.items() if broken} == {}


@pytest.mark.parametrize("browser_kind", BROWSERS)
def test_axe_finds_nothing_on_the_sign_in_page(new_page, axe, browser_kind):
    page = new_page(**browser_kind)
    page.goto("/login")
    assert axe(page) == []

    page.locator("input[name=email]").press("Enter")
    page.get_by_role("alert").wait_for()
    assert axe(page) == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_window(new_page, sign_in, width):
    page = sign_in(new_page(width=width), "lead@demo.example")

    too_wide = [
        path
        for path in crawl(page, ["/"])
        if page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
    ]

    assert too_wide == []


# -- the watch itself --------------------------------------------------------------------------------


def test_axe_finds_what_is_wrong(page, axe):
    page.goto("/login")
    page.evaluate("() => { document.querySelector('main').innerHTML += '<input><img src=\"/favicon.ico\">' }")

    assert {line.split(" ")[0] for line in axe(page)} >= {"label", "image-alt"}


def test_the_policy_stops_inline_code_and_it_is_noticed(live, chrome):
    noticed = []
    with chrome.new_context(base_url=live.url) as context:
        page = context.new_page()
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error(e.effectiveDirective))"
        )
        page.on("console", lambda message: noticed.append(message.text))
        page.goto("/login")
        page.evaluate("""() => {
            const script = document.createElement('script');
            script.textContent = 'window.broken = true';
            document.body.append(script);
            document.body.setAttribute('onclick', 'window.broken = true');
            document.body.click();
        }""")
        page.wait_for_timeout(200)

        assert page.evaluate("() => window.broken") is None
        assert {"script-src-elem", "script-src-attr"} <= set(noticed)
