"""One's own settings: language, colours, password, and where one is signed in."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import PASSWORD

NEW = "en helt annen setning"


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann", email="kari@test.example")


def whole(page):
    return BeautifulSoup(page.text, "html5lib")


def test_language_and_colours_are_kept_with_the_person(sign_in, kari):
    answer = sign_in(kari).post("/settings", data={"locale": "nn", "color_scheme": "dark"})

    assert answer.status_code == 303
    elsewhere = whole(sign_in(kari).get("/settings"))
    assert elsewhere.html["lang"] == "nn"
    assert elsewhere.html["data-color-scheme"] == "dark"
    assert elsewhere.select_one("input[name=locale][checked]")["value"] == "nn"
    assert elsewhere.select_one("input[name=color_scheme][checked]")["value"] == "dark"


def test_a_person_can_follow_the_browser_again(sign_in, kari):
    browser = sign_in(kari)

    browser.post("/settings", data={"locale": "", "color_scheme": "auto"})

    assert whole(browser.get("/settings", headers={"Accept-Language": "en"})).html["lang"] == "en"


@pytest.mark.parametrize(
    "form", [{"locale": "xx", "color_scheme": "dark"}, {"locale": "nn", "color_scheme": "rosa"}]
)
def test_a_choice_that_does_not_exist_is_refused_and_nothing_is_kept(db, sign_in, kari, form):
    answer = sign_in(kari).post("/settings", data=form)

    db.session.refresh(kari)
    assert answer.status_code == 422
    assert whole(answer).select_one("[role=alert]")
    assert (kari.locale, kari.color_scheme) == ("nb", "auto")


@pytest.mark.parametrize("code", ["nb", "nn", "en"])
def test_the_footer_switches_language_for_a_visitor_and_stays_on_the_page(app, db, code):
    browser = app.test_client()

    answer = browser.post("/language", data={"locale": code, "next": "/privacy"})

    assert answer.status_code == 303
    assert answer.location == "/privacy"
    assert whole(browser.get("/privacy")).html["lang"] == code


def test_the_footer_offers_the_other_two_languages(sign_in, kari):
    offered = whole(sign_in(kari).get("/settings")).select(".footer__language")

    assert [(button["value"], button["lang"], button.text) for button in offered] == [
        ("nn", "nn", "Nynorsk"),
        ("en", "en", "English"),
    ]


def test_the_footer_keeps_the_choice_with_a_person_and_touches_no_colours(sign_in, db, kari):
    kari.color_scheme = "dark"
    db.session.commit()

    sign_in(kari).post("/language", data={"locale": "en", "next": "/settings?x=1"})

    page = whole(sign_in(kari).get("/settings"))
    assert (page.html["lang"], page.html["data-color-scheme"]) == ("en", "dark")


@pytest.mark.parametrize(
    ("form", "status", "location"),
    [
        ({"locale": "xx"}, 400, None),
        ({}, 400, None),
        ({"locale": "nn", "next": "https://ond.example/"}, 303, "/"),
        ({"locale": "nn", "next": "//ond.example"}, 303, "/"),
    ],
)
def test_the_footer_takes_no_other_language_and_leads_to_no_other_place(app, db, form, status, location):
    answer = app.test_client().post("/language", data=form)

    assert (answer.status_code, answer.location) == (status, location)


def test_a_new_password_works_at_once_and_the_old_one_no_more(app, sign_in, kari):
    browser = sign_in(kari)

    answer = browser.post("/settings/password", data={"current": PASSWORD, "new": NEW})

    assert answer.status_code == 303
    assert "Passordet er byttet." in browser.get("/settings").text
    for password, status in ((PASSWORD, 422), (NEW, 303)):
        form = {"email": kari.email, "password": password}
        assert app.test_client().post("/login", data=form).status_code == status


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"current": "feil passord", "new": NEW}, "current"),
        ({"current": PASSWORD, "new": "kort"}, "new"),
        ({"current": "", "new": NEW}, "current"),
        ({"current": PASSWORD, "new": ""}, "new"),
    ],
)
def test_a_password_that_is_refused_is_told_beside_its_field_and_never_shown(app, sign_in, kari, form, field):
    answer = sign_in(kari).post("/settings/password", data=form)

    page = whole(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#{field}[aria-invalid=true]")
    assert page.select_one(f"[role=alert] a[href='#{field}']")
    assert not any(word in answer.text for word in (PASSWORD, NEW, "feil passord"))
    assert page.select_one("input[name=locale][checked]")["value"] == "nb"
    assert (
        app.test_client().post("/login", data={"email": kari.email, "password": PASSWORD}).status_code == 303
    )


def test_settings_list_where_one_is_signed_in_and_end_the_others(sign_in, kari):
    phone, here = sign_in(kari), sign_in(kari)

    page = whole(here.get("/settings"))
    rows = page.select("section[aria-labelledby=devices] .row")
    assert ["Denne enheten" in row.text for row in rows] == [True, False]

    here.post(rows[1].form["action"])

    assert phone.get("/settings").status_code == 302
    assert len(whole(here.get("/settings")).select("section[aria-labelledby=devices] .row")) == 1


def test_nobody_sees_or_ends_anothers_sessions(make, sign_in, kari):
    sign_in(kari)
    browser = sign_in(kari)
    action = whole(browser.get("/settings")).select_one("section[aria-labelledby=devices] form")["action"]
    stranger = sign_in(make.person("Ola"))

    assert len(whole(stranger.get("/settings")).select("section[aria-labelledby=devices] .row")) == 1
    stranger.post(action)

    assert len(whole(browser.get("/settings")).select("section[aria-labelledby=devices] .row")) == 2
