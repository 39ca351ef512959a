"""What people write about challenges never runs in a reader's browser (quality.md R21)."""

from __future__ import annotations

from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from teamhub.calls.models import Call
from teamhub.jobs.work import Ticket
from teamhub.mail.letters import compose
from teamhub.mail.sending import DIGEST, written
from teamhub.notifications.handlers import MAIL_NOW
from teamhub.notifications.models import Notification
from teamhub.people.sign_in import load_actor
from tests.browser.conftest import served
from tests.browser.scripts import ELEMENTS, LINKS, SCRIPTS
from tests.cast import assemble
from tests.factories import PASSWORD
from tests.planted import READERS, fields, pages_for, plant

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LOOK = """() => {
  const words = ['value', 'title', 'alt', 'aria-label', 'placeholder', 'content', 'href',
    'data-body', 'data-confirm', 'hx-confirm'];
  const strange = `main :is(script, style, iframe, object, embed, base, link, meta, math, noscript, video,
    audio, xmp, template, marquee, animate, title), main form:not([method])[action='/planted'], #planted`;
  const found = [...document.querySelectorAll(strange)].map((e) => e.outerHTML);
  for (const e of document.querySelectorAll('*')) {
    for (const { name, value } of e.attributes) {
      const address = value.replace(/[\\s\\x00-\\x20]/g, '').toLowerCase();
      const runs = /href$|^action$|^formaction$|^src$|^data$/.test(name) && /^(java|vb)script:/.test(address);
      const opens = name === 'href' && address.startsWith('data:');
      const strays = name.includes('planted')
        || (value.split('?')[0].includes('planted') && !words.includes(name));
      if (/^on|hx-on/.test(name) || runs || opens || strays) found.push(`${name}=${value}`);
    }
  }
  return found;
}"""
"""What no page of ours has: elements that run or fetch something, handlers, addresses that are code."""


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    with served(tmp_path_factory.mktemp("planted")) as running:
        yield running


@pytest.fixture(scope="module")
def cast(live):
    with live.data() as make:
        cast = assemble(make)
        challenges = plant(make, cast, SCRIPTS)
        reported = make.session.scalar(select(Call).where(Call.reported_at.is_not(None)))
    cast.calls["reported"] = reported
    cast.challenges["planted"] = challenges[0]
    return cast


@pytest.fixture
def reader(new_page, sign_in):
    """Sign somebody in, and return their page with a list of what harm is done there."""

    def open_page(role, **options):
        page = new_page(**options)
        harm = watched(page)
        return sign_in(page, f"{role}@demo.example", PASSWORD), harm

    return open_page


def watched(page):
    """Return a list of where something written was run, or fetched anything."""
    harm = []
    page.context.expose_binding("alert", lambda source, *_: harm.append(f"ran: {source['page'].url}"))
    page.on("dialog", lambda dialog: harm.append(f"asked: {dialog.message}") or dialog.dismiss())
    page.on("request", lambda it: harm.append(it.url) if "planted" in it.url.partition("?")[0] else None)
    return harm


def more_for(cast, role):
    """Pages with more on them than the usual ones: what is found, what is asked for, and others' matters."""
    planted, call = cast.challenges["planted"].id, cast.calls["reported"].id
    said = {"q": " ".join(SCRIPTS)[:200], "title": " ".join(SCRIPTS)[:1000], "text": " ".join(LINKS)[:500]}
    found, new, alike = (urlencode({name: text}) for name, text in said.items())
    return {
        "employee": [
            *(f"/challenges?{found}", f"/challenges/new?{new}", f"/challenges/similar?{alike}"),
            *("/challenges?density=roomy&q=alert", f"/challenges/{planted}", f"/calls/{call}"),
        ],
        "office": [
            *(f"/challenges/{planted}/desk/similar", f"/challenges?desk=1&chosen={planted}"),
            f"/challenges/{cast.challenges['submitted'].id}",
            f"/challenges/{cast.challenges['judged'].id}/assessments",
        ],
        "proposer": [f"/challenges/{cast.challenges[name].id}" for name in ("twin", "joined")],
    }.get(role, [])


TO_THE_END = {
    "employee": ["/challenges?sort=new&density=roomy", "/inbox?tab=followed"],
    "office": ["/challenges?desk=1", "/challenges/duplicates"],
}
"""Lists that together show each text there is; they are read to their last page."""


NEXT = """() => [...document.querySelectorAll('main nav a')]
  .filter((a) => a.rel === 'next' || a.textContent === 'Neste').map((a) => a.pathname + a.search)[0]"""


def read_through(page, paths, to_the_end=()):
    """Open each page, and of some all that follow; yield each address with what is strange there."""
    for start in dict.fromkeys([*paths, *to_the_end]):
        path = start
        while path:
            answer = page.goto(path)
            assert answer.status == 200, path
            yield path, page.evaluate(LOOK)
            path = page.evaluate(NEXT) if start in to_the_end else None


def test_there_is_no_field_without_something_planted(live, cast):
    with live.data() as make:
        bare = [
            (model.__tablename__, name)
            for model, name in fields()
            if not any(
                "alert(1)" in (text or "") for text in make.session.scalars(select(getattr(model, name)))
            )
        ]

    assert bare == []


@pytest.mark.parametrize("role", READERS)
def test_nothing_runs_on_any_page_though_the_policy_is_off(live, cast, reader, role):
    page, harm = reader(role, bypass_csp=True)
    with live.app.app_context():
        paths = [*pages_for(live.app, cast, role), *more_for(cast, role)]

    strange = {path: found for path, found in read_through(page, paths, TO_THE_END.get(role, ())) if found}

    assert paths
    assert strange == {}
    assert harm == []


def test_nothing_runs_in_what_is_fetched_into_a_page(cast, reader):
    page, harm = reader("office", bypass_csp=True)
    page.goto("/challenges?desk=1")
    page.locator(".queue a").nth(3).click()
    page.locator("#beside[data-challenge] h2").wait_for()
    page.locator("#alike:not([hx-trigger])").wait_for()
    strange = page.evaluate(LOOK)
    page.goto("/challenges")
    page.locator("#q").press_sequentially("alert")
    page.locator("#found mark").first.wait_for()
    strange += page.evaluate(LOOK)
    page.goto("/challenges/new")
    page.locator("#title").press_sequentially("script alert script onerror")
    page.locator(".hits__list a").first.wait_for()

    assert strange + page.evaluate(LOOK) == []
    assert harm == []


def test_nothing_runs_and_nothing_is_stopped_with_the_policy_on(cast, reader):
    """The console tells of each violation, and ``new_page`` listens to it."""
    page, harm = reader("office")
    challenge = cast.challenges["submitted"].id
    paths = [
        f"/challenges/{challenge}",
        "/challenges?density=roomy",
        f"/challenges/{challenge}/desk",
        "/calls",
    ]

    assert [found for _path, found in read_through(page, paths) if found] == []
    assert harm == []


def letters(live, cast):
    """The HTML of mails with all the employee is told: a few things in each digest, and each by itself."""
    with live.app.app_context(), force_locale("nb"):
        employee = cast.people["employee"]
        actor = load_actor(employee.id)
        with live.data() as make:
            ids = list(
                make.session.scalars(select(Notification.id).where(Notification.person_id == employee.id))
            )
        for job, size in ((DIGEST, 5), (MAIL_NOW, len(ids))):
            for start in range(0, len(ids), size):
                letter = compose(actor, ids[start : start + size], owed=True)
                ticket = Ticket(1, "0" * 32, job, {}, 1, "")
                yield str(written(ticket, actor, employee.email, letter).alternatives[0][0])


def test_nothing_runs_in_a_mail(live, cast, chrome):
    with chrome.new_context(bypass_csp=True, offline=True) as context:
        page = context.new_page()
        harm, strange, read = watched(page), [], ""
        for html in letters(live, cast):
            page.set_content(html.replace('role="main"', "").replace("<body>", "<body><main>"))
            strange += page.evaluate(LOOK)
            read += page.inner_text("body")

    assert strange == []
    assert harm == []
    assert "<script>alert(1)</script>" in read


def test_feeds_hold_only_their_own_elements(live, cast):
    client = live.app.test_client()
    for feed in ("challenges", "missions"):
        answer = client.get(f"/feeds/{cast.feed_keys[feed]}/{feed}.atom")
        tree = ET.fromstring(answer.data)  # noqa: S314 - we wrote it ourselves

        assert answer.mimetype == "application/atom+xml"
        assert {element.tag.partition("}")[0] for element in tree.iter()} == {"{http://www.w3.org/2005/Atom"}
        assert {name for element in tree.iter() for name in element.attrib} == {"rel", "type", "href", LANG}


def test_what_is_saved_is_never_shown_as_a_page(live, cast, reader):
    page, _harm = reader("employee")
    challenge, file = cast.challenges["submitted"].id, cast.files["submitted"].id
    for path in ("/challenges/export", "/challenges/export?as=xlsx", f"/challenges/{challenge}/files/{file}"):
        answer = page.context.request.get(path)

        assert answer.status == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]


def test_what_is_let_into_a_page_would_be_noticed(chrome):
    """The control: each by itself, on a page as it stands."""
    passed = []
    with chrome.new_context(bypass_csp=True, offline=True) as context:
        page = context.new_page()
        for script in ELEMENTS:
            page.set_content(f"<main>{script}</main>", wait_until="commit")
            passed += [] if page.evaluate(LOOK) else [script]

    assert passed == []


def test_what_is_run_would_be_noticed(chrome):
    with chrome.new_context(bypass_csp=True, offline=True) as context:
        page = context.new_page()
        harm = watched(page)
        page.set_content("<main><img src=x onerror=alert(1)></main>")
        page.wait_for_timeout(200)

    assert harm == ["ran: about:blank"]
