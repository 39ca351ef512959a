"""Union and safety representatives follow a mission for those who work there, without a seat."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.core import clock
from teamhub.missions import commands, staffing
from teamhub.missions.accord import MissionPartner
from teamhub.missions.commands import Charter
from teamhub.missions.states import AXES, Light, Phase, Status
from teamhub.people.models import Office
from teamhub.people.sign_in import load_actor

UNION, SAFETY = Role.UNION_REPRESENTATIVE, Role.SAFETY_REPRESENTATIVE


@pytest.fixture
def hospital(make):
    return make.unit("Helsehuset", code="HH")


@pytest.fixture
def zeynep(make, hospital):
    return make.person("Zeynep Demir", UNION, unit=hospital)


@pytest.fixture
def partners(mission):
    return f"/missions/{mission.id}/partners"


@pytest.fixture
def attached(sign_in, lead, partners, zeynep):
    attach(sign_in(lead), partners, zeynep)
    return zeynep


def attach(browser, address, person, kind=UNION):
    return browser.post(address, data={"person_id": person.id, "kind": kind.value})


def named_under_involvement(response):
    section = BeautifulSoup(response.text, "html5lib").select_one("[aria-labelledby=involvement]")
    parts = (".who__name", ".who__unit")
    return [tuple(who.select_one(part).text for part in parts) for who in section.select(".who")]


@pytest.mark.parametrize("who", ["lead", "owner"])
def test_lead_and_owner_take_a_representative_along(request, who, sign_in, partners, mission, zeynep, told):
    browser = sign_in(request.getfixturevalue(who))
    assert "Zeynep Demir" in browser.get(f"{partners}?q=helsehuset").text

    assert attach(browser, partners, zeynep).status_code == 303

    team = browser.get(f"/missions/{mission.id}/team")
    assert named_under_involvement(team) == [("Zeynep Demir", "Tillitsvalgt · Helsehuset")]
    assert told(zeynep) == ["partner_attached"]


def test_only_who_holds_such_an_office_today_can_be_taken_along(sign_in, lead, partners, make, zeynep, db):
    browser = sign_in(lead)
    agent = make.person("Áile Hætta", Role.DIGITAL_AGENT)
    former = make.person("Per Lie", UNION)
    db.session.query(Office).filter_by(person_id=former.id).one().valid_to = date(2021, 1, 1)
    db.session.commit()

    answers = [
        attach(browser, partners, agent),
        attach(browser, partners, former),
        attach(browser, partners, zeynep, SAFETY),
        attach(browser, partners, zeynep, Role.DIRECTOR),
        browser.post(partners, data={"kind": UNION.value}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 5
    assert "Bare den som har verv" in answers[0].text
    assert db.session.query(MissionPartner).count() == 0
    shown = browser.get(partners).text
    assert "Áile Hætta" not in shown
    assert "Per Lie" not in shown


def test_taken_along_twice_is_taken_along_once(sign_in, lead, partners, attached, told, db):
    assert attach(sign_in(lead), partners, attached).status_code == 303

    assert db.session.query(MissionPartner).count() == 1
    assert told(attached) == ["partner_attached"]


@pytest.mark.parametrize("step", ["", "/{0}/remove", "/leave"])
def test_nobody_else_decides_who_follows(sign_in, make, partners, attached, nurse, step, db):
    form = {"person_id": attached.id, "kind": UNION.value}

    for person in (nurse, make.person("Kari", Role.PORTFOLIO_OFFICE), make.person("Ola")):
        assert sign_in(person).post(partners + step.format(attached.id), data=form).status_code == 403
    assert db.session.query(MissionPartner).count() == 1


def test_they_read_the_agreement_and_are_asked_for_nothing(sign_in, mission, attached, write, told):
    write("Dette er bare vårt")

    page = sign_in(attached).get(f"/missions/{mission.id}/agreement").text

    assert "Dette er bare vårt" in page
    assert "Jeg er med på dette" not in page
    assert "agreement_written" not in told(attached)
    accepted = sign_in(attached).post(f"/missions/{mission.id}/agreement/accept", data={"wording": 1})
    assert accepted.status_code == 403


def test_they_see_the_team_but_not_the_board(sign_in, mission, attached):
    browser = sign_in(attached)

    assert browser.get(f"/missions/{mission.id}/team").status_code == 200
    assert browser.get(f"/missions/{mission.id}/board").status_code in {403, 404}
    assert "Trygt hjem" in browser.get("/missions?scope=mine").text


def test_they_count_neither_as_staffing_nor_in_the_span(sign_in, lead, mission, attached, make):
    page = BeautifulSoup(sign_in(lead).get(f"/missions/{mission.id}/team").text, "html5lib")

    assert page.select_one(".span__text").text.startswith("1 av ")
    assert "Zeynep Demir" not in page.select_one(".seats").text
    assert mission.id not in load_actor(attached.id).missions_joined


def test_they_hear_of_phase_report_and_team_in_their_own_words(make, mission, lead, attached, told):
    actor = make.actor(lead)
    kept = ("title", "goal", "mandate", "lead_id", "owner_id", "starts_on", "ends_on")
    charter = Charter(**{name: getattr(mission, name) for name in kept})
    step = {"phase": Phase.PLANNING, "status": Status.ACTIVE, "version": mission.version}

    commands.edit(actor, mission.id, charter, **step)
    commands.report(actor, mission.id, dict.fromkeys(AXES, Light.GREEN), "Det går bra")
    manager = make.person("Siri Vik")
    newcomer = make.person("Nora Lie", manager=manager)
    seat = make.seat(mission)
    invitation_id = staffing.invite(actor, seat.id, newcomer.id)
    staffing.answer_invitation(make.actor(newcomer), invitation_id, accept=True)
    staffing.answer_release(make.actor(manager), invitation_id, accept=True)
    staffing.withdraw(actor, seat.id)

    assert told(attached)[1:] == [
        "mission_edited",
        "phase_to_partners",
        "report_to_partners",
        "seat_to_partners",
        "left_to_partners",
    ]


def test_who_is_removed_is_told_and_sees_no_more(sign_in, lead, partners, mission, attached, write, told):
    write()
    page = sign_in(lead).get(partners).text
    form = BeautifulSoup(page, "html5lib").select_one(f'form[action="{partners}/{attached.id}/remove"]')
    assert "Zeynep Demir får vite" in form["data-confirm"]

    sign_in(lead).post(form["action"])
    sign_in(lead).post(form["action"])

    assert told(attached) == ["partner_attached", "partner_removed"]
    assert sign_in(attached).get(f"/missions/{mission.id}/agreement").status_code == 404


def test_they_leave_by_themselves_and_those_who_lead_hear_of_it(
    sign_in, lead, owner, partners, mission, attached, told
):
    team = f"/missions/{mission.id}/team"
    assert "Slutt å følge oppdraget" in sign_in(attached).get(team).text

    assert sign_in(attached).post(f"{partners}/leave").status_code == 303

    assert named_under_involvement(sign_in(lead).get(team)) == []
    assert (told(lead)[-1], told(owner)[-1]) == ("partner_left", "partner_left")


def test_who_no_longer_holds_the_office_follows_no_more(sign_in, lead, mission, attached, write, db):
    write()
    office = db.session.query(Office).filter_by(person_id=attached.id).one()
    office.valid_to = clock.today() - timedelta(days=1)
    db.session.commit()

    assert sign_in(attached).get(f"/missions/{mission.id}/agreement").status_code == 404
    assert named_under_involvement(sign_in(lead).get(f"/missions/{mission.id}/team")) == []


def test_another_office_than_the_one_they_follow_by_does_not_count(make, attached, db, hospital):
    office = db.session.query(Office).filter_by(person_id=attached.id).one()
    office.valid_to = clock.today() - timedelta(days=1)
    make.office(attached, SAFETY, unit=hospital)
    db.session.commit()

    assert load_actor(attached.id).missions_partnered == frozenset()


def test_what_is_kept_is_the_office_and_nothing_of_a_union(attached, db):
    row = db.session.query(MissionPartner).one()
    told_of = db.session.query(Entry).filter_by(kind="PartnerAttached").one()

    assert set(MissionPartner.__table__.c.keys()) == {
        "mission_id", "person_id", "kind", "added_by_id", "created_at",
    }  # fmt: skip
    assert row.kind == UNION
    assert told_of.data == {"person_id": attached.id, "kind": "union_representative"}


def test_the_search_finds_by_name_and_by_whom_they_speak_for(sign_in, lead, partners, make, zeynep):
    make.person("Piotr Kowalski", SAFETY, unit=make.unit("Bygg", code="BY"))
    browser = sign_in(lead)

    def found(text):
        page = BeautifulSoup(browser.get(partners, query_string={"q": text}).text, "html5lib")
        return [name.text for name in page.select("#representatives .who__name")]

    assert found("") == ["Piotr Kowalski", "Zeynep Demir"]
    assert found("piotr") == ["Piotr Kowalski"]
    assert found("bygg") == ["Piotr Kowalski"]
    assert found("ingen") == []
