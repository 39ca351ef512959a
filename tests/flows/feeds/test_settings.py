"""The page where a person makes, renews and closes the addresses of their own feeds."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from teamhub.core import clock
from teamhub.feeds import queries
from teamhub.feeds.models import FeedToken
from teamhub.feeds.states import Feed
from tests.flows.feeds.conftest import FILES

PAGE = "/settings/feeds"


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def browser(sign_in, kari):
    return sign_in(kari)


def press(browser, feed, page=None):
    """Press the button on ``page`` (the page as it is now) that makes an address."""
    html = BeautifulSoup(page or browser.get(PAGE).text, "html5lib")
    form = html.select_one(f'form[action="{PAGE}/{feed.value}"]')
    return browser.post(form["action"], data={f["name"]: f["value"] for f in form.select("input")})


def shown(page):
    field = BeautifulSoup(page.text, "html5lib").select_one("input#address")
    return field["value"] if field else None


@pytest.mark.parametrize("feed", list(Feed))
def test_an_address_is_shown_once_and_works_at_once(browser, app, feed):
    made = press(browser, feed)
    address = shown(made)

    assert made.status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    assert address.startswith("http://localhost/feeds/thf_")
    assert address.endswith(FILES[feed])
    assert app.test_client().get(address.removeprefix("http://localhost")).status_code == 200
    assert ("webcal://localhost/feeds/thf_" in made.text) == (feed == Feed.CALENDAR)
    assert "thf_" not in browser.get(PAGE).text
    assert "thf_" not in str(browser.get("/settings").data)


def test_the_settings_lead_there(browser):
    assert PAGE in browser.get("/settings").text


def test_a_new_address_takes_the_old_ones_place(browser, app):
    old = shown(press(browser, Feed.CALENDAR)).removeprefix("http://localhost")
    new = shown(press(browser, Feed.CALENDAR)).removeprefix("http://localhost")

    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(new).status_code == 200


def test_a_page_sent_twice_does_not_kill_the_address_it_made(browser, app):
    page = browser.get(PAGE).text
    address = shown(press(browser, Feed.CALENDAR, page)).removeprefix("http://localhost")

    again = press(browser, Feed.CALENDAR, page)

    assert again.status_code == 303
    assert "laget på nytt" in browser.get(PAGE).text
    assert app.test_client().get(address).status_code == 200


def test_an_address_is_closed_and_its_page_says_so(browser, app):
    address = shown(press(browser, Feed.CALENDAR)).removeprefix("http://localhost")

    assert browser.post(f"{PAGE}/calendar/close").status_code == 303
    page = browser.get(PAGE).text

    assert "Adressen er slått av" in page
    assert "Slå av" not in page
    assert app.test_client().get(address).status_code == 404


def test_the_owner_sees_the_day_it_was_used_and_nobody_else_does(browser, app, make, kari, sign_in):
    address = shown(press(browser, Feed.CALENDAR)).removeprefix("http://localhost")
    assert "Den er ikke brukt ennå" in browser.get(PAGE).text

    app.test_client().get(address)

    assert "Sist brukt" in browser.get(PAGE).text
    other = sign_in(make.person())
    assert "Sist brukt" not in other.get(PAGE).text + other.get(f"/people/{kari.id}").text


def test_an_address_that_has_run_out_says_so(browser, db, make, kari):
    press(browser, Feed.CALENDAR)
    db.session.execute(update(FeedToken).values(expires_on=date(2020, 1, 1)))
    db.session.commit()

    assert "virker ikke lenger" in browser.get(PAGE).text
    assert queries.addresses(make.actor(kari))[Feed.CALENDAR].has_expired
    assert shown(press(browser, Feed.CALENDAR))
    assert queries.addresses(make.actor(kari))[Feed.CALENDAR].expires_on > clock.today()


@pytest.mark.parametrize("address", [f"{PAGE}/salaries", f"{PAGE}/salaries/close"])
def test_there_are_three_feeds_and_no_more(browser, address):
    assert browser.post(address).status_code == 404


def test_nobody_changes_the_addresses_of_another(browser, make, kari, sign_in):
    press(browser, Feed.CALENDAR)
    mark = queries.addresses(make.actor(kari))[Feed.CALENDAR].mark
    other = make.person()

    assert sign_in(other).post(f"{PAGE}/calendar", data={"replaces": mark}).status_code == 303
    sign_in(other).post(f"{PAGE}/calendar/close")

    assert queries.addresses(make.actor(kari))[Feed.CALENDAR].mark == mark
    assert queries.addresses(make.actor(other)) == {}
