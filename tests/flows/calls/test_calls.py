"""A question put for a period: told to those it is put to, answered with challenges, and answered for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.calls import queries
from teamhub.calls.models import Call
from teamhub.challenges.models import Support
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.notifications import reminding
from teamhub.notifications.models import Notification

QUESTION = "Hva stjeler tid i hjemmetjenesten?"


@pytest.fixture
def town(make):
    top = make.unit("Kommunen", code="K", level=0)
    care, school = (make.unit(name, code=name[:2].upper(), parent=top) for name in ("Omsorg", "Skole"))
    home = make.unit("Hjemmetjenesten", parent=care)
    return {
        "care": care,
        "nurse": make.person("Nina", unit=home),
        "teacher": make.person("Tone", unit=school),
        "office": make.person("Ola", Role.PORTFOLIO_OFFICE, unit=top),
    }


def day(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def form(**changes):
    asked = {"question": QUESTION, "background": "Vi skal velge.", "whom": "all"}
    return asked | {"starts_on": day(0), "ends_on": day(20)} | changes


def put(sign_in, town, **changes):
    return sign_in(town["office"]).post("/calls/new", data=form(**changes))


def the_call(db):
    db.session.expire_all()
    return db.session.scalar(select(Call))


def told(db, person):
    db.session.expire_all()
    return [
        n.told for n in db.session.scalars(select(Notification).where(Notification.person_id == person.id))
    ]


def test_it_is_told_at_once_and_stands_on_today_with_a_way_to_answer(town, sign_in, db):
    assert put(sign_in, town).status_code == 303
    call = the_call(db)

    page = sign_in(town["nurse"]).get("/").text

    assert QUESTION in page
    assert f"/challenges/new?call={call.id}" in page
    assert f"Porteføljekontoret spør: «{QUESTION}»" in sign_in(town["nurse"]).get("/inbox").text
    assert told(db, town["teacher"]) == ["call_made"]


def test_one_put_to_some_units_reaches_those_below_them_and_nobody_else(town, sign_in, db):
    put(sign_in, town, whom="some", unit_ids=[town["care"].id])

    assert told(db, town["nurse"]) == ["call_made"]
    assert told(db, town["teacher"]) == []
    assert QUESTION in sign_in(town["nurse"]).get("/").text
    assert QUESTION not in sign_in(town["teacher"]).get("/").text
    assert "Til Omsorg" in sign_in(town["teacher"]).get("/calls").text


def test_one_that_opens_later_is_the_offices_own_until_then(town, make, sign_in, db, monkeypatch):
    put(sign_in, town, starts_on=day(3))
    call = the_call(db)

    assert sign_in(town["nurse"]).get(f"/calls/{call.id}").status_code == 404
    assert QUESTION not in sign_in(town["nurse"]).get("/calls").text
    assert QUESTION in sign_in(town["office"]).get("/calls").text
    assert told(db, town["nurse"]) == []

    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    reminding.remind()
    reminding.remind()

    assert told(db, town["nurse"]) == ["call_opens"]
    assert queries.get(make.actor(town["nurse"]), call.id) is not None


def test_those_who_have_not_answered_are_reminded_before_it_ends(town, make, sign_in, db, monkeypatch):
    put(sign_in, town)
    make.challenge(town["nurse"], call_id=the_call(db).id)
    later = clock.now() + timedelta(days=17)
    monkeypatch.setattr(clock, "now", lambda: later)

    reminding.remind()

    assert "call_ends_soon" in told(db, town["teacher"])
    assert "call_ends_soon" not in told(db, town["nurse"])


def test_its_answers_are_gathered_but_no_drafts(town, make, sign_in, db):
    put(sign_in, town)
    call = the_call(db)
    make.challenge(town["nurse"], title="Vi kjører på kryss og tvers", call_id=call.id)
    make.challenge(town["nurse"], title="Halvferdig tanke", state=State.DRAFT, call_id=call.id)

    text = sign_in(town["teacher"]).get(f"/calls/{call.id}").text

    assert "Vi kjører på kryss og tvers" in text
    assert "Halvferdig tanke" not in text
    assert "én utfordring" in sign_in(town["teacher"]).get("/calls").text


def test_everyone_who_took_part_hears_what_came_of_it_once(town, make, sign_in, db):
    put(sign_in, town)
    call = the_call(db)
    challenge = make.challenge(town["nurse"], call_id=call.id)
    db.session.add(
        Support(challenge_id=challenge.id, person_id=town["teacher"].id, unit_id=town["teacher"].unit_id)
    )
    db.session.commit()
    bystander = make.person("Bjørn", unit=town["care"])
    office = sign_in(town["office"])

    early = office.post(f"/calls/{call.id}/report", data={"report": "Takk."})
    office.post(f"/calls/{call.id}/close")
    done = office.post(f"/calls/{call.id}/report", data={"report": "Vi hørte om ruter. Vi endrer dem."})
    again = office.post(f"/calls/{call.id}/report", data={"report": "En gang til."})

    assert (early.status_code, done.status_code, again.status_code) == (422, 303, 422)
    assert "call_reported" in told(db, town["nurse"])
    assert "call_reported" in told(db, town["teacher"])
    assert told(db, bystander) == []
    page = sign_in(bystander).get(f"/calls/{call.id}").text
    assert "Vi hørte om ruter. Vi endrer dem." in page
    assert "/challenges/new?call=" not in page


def test_a_closed_one_is_no_longer_on_today_and_can_be_prolonged(town, sign_in, db):
    put(sign_in, town)
    call = the_call(db)
    office = sign_in(town["office"])
    office.post(f"/calls/{call.id}/close")
    assert QUESTION not in sign_in(town["nurse"]).get("/").text

    version = BeautifulSoup(office.get(f"/calls/{call.id}/edit").text, "html5lib").select_one(
        "[name=version]"
    )
    answer = office.post(f"/calls/{call.id}/edit", data=form(ends_on=day(40), version=version["value"]))

    assert answer.status_code == 303
    assert QUESTION in sign_in(town["nurse"]).get("/").text
    assert told(db, town["nurse"]) == ["call_made"]  # and not again


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": ""}, "Skriv spørsmålet."),
        ({"starts_on": day(-1)}, "Velg i dag eller en dag fram i tid."),
        ({"ends_on": day(-1)}, "Siste dag må være"),
        ({"whom": "some"}, "Velg minst én enhet"),
        ({"whom": "some", "unit_ids": [999999]}, "Velg enheter fra lista."),
        ({"whom": "nobody"}, "Velg en av mulighetene"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(town, sign_in, db, changes, said):
    answer = put(sign_in, town, **changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert the_call(db) is None


def test_only_the_office_puts_questions(town, sign_in, db):
    put(sign_in, town)
    call, nurse = the_call(db), sign_in(town["nurse"])

    assert nurse.post("/calls/new", data=form()).status_code == 403
    assert nurse.post(f"/calls/{call.id}/close").status_code == 403
    assert nurse.post(f"/calls/{call.id}/report", data={"report": "X"}).status_code == 403
    assert nurse.get(f"/calls/{call.id}/edit").status_code == 403
    assert "Still et spørsmål" not in nurse.get("/calls").text
