"""Leads and owners set up their mission's webhooks; admins those of all, and stop any of them."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.access.policy import Action, can
from teamhub.audit.models import Entry, SecurityEntry
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.shapes import Shape
from teamhub.webhooks.signing import secret_of

TEAMS = "https://prod-01.westeurope.logic.azure.com:443/workflows/a1/paths/invoke?sig=hemmelig"
FILLED = {"name": "Teamkanalen", "url": TEAMS, "shape": "teams", "with_tasks": "y"}


@pytest.fixture
def browser(sign_in, mission, lead):
    return sign_in(lead)


@pytest.fixture
def admin(make, sign_in):
    return sign_in(make.person("Ada", Role.ADMIN))


def parsed(response):
    return BeautifulSoup(response.text, "html5lib")


def words(response):
    return " ".join(parsed(response).main.text.split())


def the_one(db):
    db.session.expire_all()
    return db.session.scalars(select(Webhook)).one()


def test_a_lead_adds_one_from_the_missions_page_and_sees_its_secret(browser, mission, db):
    way = parsed(browser.get(f"/missions/{mission.id}")).select_one(
        f"a[href='/missions/{mission.id}/webhooks']"
    )
    assert "Ingen får beskjed ennå" in words(browser.get(way["href"]))

    done = browser.post(f"/missions/{mission.id}/webhooks/new", data=FILLED)
    page = browser.get(done.location)

    webhook = the_one(db)
    assert (webhook.mission_id, webhook.url, webhook.shape, webhook.with_tasks) == (
        mission.id,
        TEAMS,
        Shape.TEAMS,
        True,
    )
    assert secret_of(webhook) in words(page)
    assert "Ingenting er sendt ennå" in words(page)
    assert "prod-01.westeurope.logic.azure.com" in words(page)
    listed = browser.get(f"/missions/{mission.id}/webhooks")
    assert "Teamkanalen" in words(listed)
    assert "sig=hemmelig" not in page.text + listed.text


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://hooks.example.com/x", "Bare https"),
        ("https://localhost/x", "internt nett"),
        ("https://10.0.0.1/x", "internt nett"),
        ("https://0x7f.1/x", "ikke et gyldig vertsnavn"),
        ("https://a@example.com/x", "hel adresse"),
        ("hooks.example.com/x", "hel adresse"),
    ],
)
def test_an_address_that_may_not_be_used_is_told_at_its_field(browser, mission, db, url, why):
    answer = browser.post(f"/missions/{mission.id}/webhooks/new", data=FILLED | {"url": url})

    assert answer.status_code == 422
    page = parsed(answer)
    assert why in page.select_one("#url-error").text
    assert page.select_one("#url")["value"] == url
    assert page.select_one("#name")["value"] == "Teamkanalen"
    assert db.session.scalars(select(Webhook)).all() == []


def test_no_name_server_is_asked_while_somebody_waits_for_the_page(browser, mission, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", pytest.fail)

    assert browser.post(f"/missions/{mission.id}/webhooks/new", data=FILLED).status_code == 303


def test_a_trial_is_sent_and_its_answer_shown(browser, make, mission, chat, send):
    webhook = make.webhook(mission, url=chat.url)
    browser.post(f"/webhooks/{webhook.id}/test")
    send()

    assert "Dette er en prøve fra Teamhub" in chat.got[0].body.decode()
    assert "Mottatt" in words(browser.get(f"/webhooks/{webhook.id}"))
    chat.answers = [403]
    browser.post(f"/webhooks/{webhook.id}/test")
    send()
    assert "kjente ikke adressen igjen (403)" in words(browser.get(f"/webhooks/{webhook.id}"))


def test_pausing_and_setting_going_again(browser, make, db, mission, chat, send):
    webhook = make.webhook(mission, url=chat.url)
    at = f"/webhooks/{webhook.id}"

    browser.post(f"{at}/pause")
    assert "På pause" in words(browser.get(at))
    assert "satt på pause" in words(browser.get(browser.post(f"{at}/test").location))
    send()
    assert chat.got == []
    browser.post(f"{at}/resume")
    browser.post(f"{at}/test")
    send()
    assert len(chat.got) == 1


def test_a_new_secret_is_another_and_the_old_page_shows_it_no_more(browser, make, mission, db):
    webhook = make.webhook(mission)
    old = secret_of(webhook)
    browser.post(f"/webhooks/{webhook.id}/secret")

    page = browser.get(f"/webhooks/{webhook.id}").text
    assert old not in page
    assert secret_of(the_one(db)) in page


def test_no_copy_of_the_database_holds_a_secret_and_two_installations_differ(app, make, mission, monkeypatch):
    webhook = make.webhook(mission)
    here = secret_of(webhook)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another installation's key, long enough")

    assert secret_of(webhook) != here
    assert here not in [str(value) for value in vars(webhook).values()]


def test_removing_asks_first_and_takes_it_away(browser, make, mission, db):
    at = f"/webhooks/{make.webhook(mission).id}"
    (form,) = parsed(browser.get(at)).select("details form[action$='/remove']")

    done = browser.post(form["action"])

    assert done.location == f"/missions/{mission.id}/webhooks"
    assert db.session.scalars(select(Webhook)).all() == []
    assert browser.get(at).status_code == 404


def test_who_saves_second_sees_both(browser, make, mission, db):
    webhook = make.webhook(mission, name="Før")
    sent = FILLED | {"version": 1, "name": "Mitt navn"}
    browser.post(f"/webhooks/{webhook.id}/edit", data=FILLED | {"version": 1, "with_tasks": ""})

    second = browser.post(f"/webhooks/{webhook.id}/edit", data=sent)

    assert second.status_code == 409
    page = parsed(second)
    assert page.select_one("#name-theirs .theirs__text").text == "Teamkanalen"
    assert page.select_one("#with_tasks-theirs .theirs__text").text == "Nei"
    assert page.select_one("#name")["value"] == "Mitt navn"
    again = browser.post(
        f"/webhooks/{webhook.id}/edit", data=sent | {"version": page.select_one("#version")["value"]}
    )
    assert again.status_code == 303
    assert the_one(db).name == "Mitt navn"


def test_there_is_an_end_to_how_many(browser, make, mission, db):
    for number in range(10):
        make.webhook(mission, name=f"Kanal {number}")

    answer = browser.post(f"/missions/{mission.id}/webhooks/new", data=FILLED)

    assert answer.status_code == 422
    assert "høyst 10 webhooker" in words(answer)


# -- who may -----------------------------------------------------------------------------------------


def test_an_admin_sees_every_one_but_may_only_stop_those_of_missions(admin, make, mission, db):
    webhook = make.webhook(mission, with_tasks=True)
    make.webhook(name="For alle")
    at = f"/webhooks/{webhook.id}"

    listed, page = admin.get("/admin/webhooks"), admin.get(at)

    assert [a.text for a in parsed(listed).select(".row__title a")] == ["For alle", "Kanalen vår"]
    assert secret_of(webhook) not in page.text
    assert [f["action"] for f in parsed(page).main.select("form")] == [f"{at}/pause", f"{at}/remove"]
    refused = [admin.post(f"{at}/{step}").status_code for step in ("edit", "test", "secret", "resume")]
    assert refused == [403] * 4
    assert admin.get(f"{at}/edit").status_code == 403
    admin.post(f"{at}/pause")
    db.session.refresh(webhook)
    assert not webhook.is_active
    assert admin.post(f"{at}/remove").location == "/admin/webhooks"


def test_an_admin_adds_one_for_all_which_is_never_asked_about_tasks(admin, db):
    assert "with_tasks" not in admin.get("/admin/webhooks/new").text
    admin.post("/admin/webhooks/new", data=FILLED)

    webhook = the_one(db)
    assert (webhook.mission_id, webhook.with_tasks) == (None, False)
    assert secret_of(webhook) in admin.get(f"/webhooks/{webhook.id}").text
    sent = {**FILLED, "name": "Intranettet", "version": 1}
    assert admin.post(f"/webhooks/{webhook.id}/edit", data=sent).status_code == 303


def test_one_for_all_is_not_mistaken_for_the_mission_of_the_same_number(make, sign_in, lead, mission, db):
    """Leading mission 7 gives nothing over webhook 7."""
    webhook = make.webhook(id=mission.id)
    browser = sign_in(lead)

    assert not can(make.actor(lead), Action.WEBHOOK_MANAGE, webhook)
    assert browser.get(f"/webhooks/{webhook.id}").status_code == 404
    assert browser.post(f"/webhooks/{webhook.id}/remove").status_code == 404
    assert the_one(db).id == webhook.id


def test_others_do_not_see_them(make, sign_in, mission):
    webhook, other = make.webhook(mission), make.person("Ola")
    make.seat(mission, other)
    browser = sign_in(other)

    assert browser.get(f"/webhooks/{webhook.id}").status_code == 404
    assert browser.get(f"/missions/{mission.id}/webhooks").status_code == 403
    assert browser.get("/admin/webhooks").status_code == 403
    assert "/webhooks" not in browser.get(f"/missions/{mission.id}").text


# -- what is kept of it ------------------------------------------------------------------------------


def test_each_change_is_in_the_security_log_and_none_tells_the_address(browser, make, mission, db):
    at = browser.post(f"/missions/{mission.id}/webhooks/new", data=FILLED).location
    browser.post(f"{at}/edit", data=FILLED | {"version": 1, "url": f"{TEAMS}&ny"})
    browser.post(f"{at}/pause")
    browser.post(f"{at}/secret")
    browser.post(f"{at}/remove")

    about = select(SecurityEntry).where(SecurityEntry.kind.like("webhook%")).order_by(SecurityEntry.id)
    lines = db.session.scalars(about).all()
    assert [line.kind for line in lines] == [
        "webhook_added",
        "webhook_changed",
        "webhook_changed",
        "webhook_secret_reset",
        "webhook_removed",
    ]
    kept = [*lines, *db.session.scalars(select(Entry).where(Entry.object_type == "webhook"))]
    assert len(kept) == 10
    assert not any("logic.azure" in str(each.data) for each in kept)
    assert all(each.data["mission_id"] == mission.id for each in kept)


def test_the_example_for_receivers_verifies_what_is_sent(make, mission, browser, chat, send):
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "receive-a-webhook.md").read_text(
        encoding="utf-8"
    )
    example: dict = {}
    exec(page.partition("```python\n")[2].partition("```")[0], example)  # noqa: S102 - our own page
    verify = example["is_from_teamhub"]
    webhook = make.webhook(mission, url=chat.url)
    browser.post(f"/webhooks/{webhook.id}/test")
    send()

    (got,) = chat.got
    late = got.headers | {"X-Teamhub-Timestamp": str(int(got.headers["X-Teamhub-Timestamp"]) - 301)}
    assert verify(secret_of(webhook), got.headers, got.body)
    assert not verify(secret_of(webhook), got.headers, got.body + b" ")
    assert not verify("another secret", got.headers, got.body)
    assert not verify(secret_of(webhook), late, got.body)
