"""An open seat is announced to everybody; people apply, one is asked, and the others hear it kindly."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.core import clock
from teamhub.core.errors import Forbidden
from teamhub.missions import announcing
from teamhub.missions.models import Invitation, SeatAnnouncement, SeatApplication
from teamhub.missions.states import Status
from teamhub.notifications.models import Notification


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def seat(make, mission):
    return make.seat(mission, role="Tjenestedesigner")


@pytest.fixture
def kari(make, lead):
    return make.person("Kari Kan", manager=lead)


def at(seat, step=""):
    return f"/missions/{seat.mission_id}/seats/{seat.id}{step}"


def said(lead, days=21, **changes):
    ends_on = clock.today() + timedelta(days=days)
    usual = {"text": "Du tegner tjenesten sammen med brukerne.", "curator_id": lead.id}
    return usual | {"ends_on": ends_on.isoformat()} | changes


@pytest.fixture
def announced(seat, lead, sign_in):
    """The seat, announced by its lead."""
    assert sign_in(lead).post(at(seat, "/announce"), data=said(lead)).status_code == 303
    return seat


def soup(answer):
    return BeautifulSoup(answer.text, "html5lib")


def apply(browser, seat, message="Jeg vil lære å tegne tjenester."):
    return browser.post(at(seat, "/apply"), data={"message": message})


def told(db, person):
    return list(db.session.scalars(select(Notification.told).where(Notification.person_id == person.id)))


def listed(browser):
    return [row.text for row in soup(browser.get("/missions/open")).select(".rows h2")]


def test_an_announced_seat_is_on_the_list_for_everybody_with_what_one_does_and_whom_to_ask(
    announced, make, sign_in
):
    browser = sign_in(make.person())

    assert listed(browser) == ["Tjenestedesigner"]
    page = soup(browser.get("/missions/open")).main.text
    assert "Du tegner tjenesten sammen med brukerne." in page
    assert "Spør Håkon Åsheim" in page


def test_what_is_not_announced_is_not_listed_and_nobody_applies_for_it(seat, make, sign_in, db):
    browser = sign_in(make.person())

    assert listed(browser) == []
    assert apply(browser, seat).status_code == 422
    assert db.session.scalar(select(SeatApplication)) is None


@pytest.mark.parametrize("days", [-1, 61])
def test_it_is_announced_for_sixty_days_at_most(seat, lead, sign_in, db, days):
    answer = sign_in(lead).post(at(seat, "/announce"), data=said(lead, days))

    assert answer.status_code == 422
    assert "de neste 60 dagene" in soup(answer).select_one("#ends_on-error").text
    assert db.session.scalar(select(SeatAnnouncement)) is None


def test_whoever_answers_questions_is_on_the_team_and_is_told(seat, make, lead, mission, sign_in, db):
    browser, stranger, member = sign_in(lead), make.person(), make.person()
    make.seat(mission, member)

    assert browser.post(at(seat, "/announce"), data=said(stranger)).status_code == 422
    assert browser.post(at(seat, "/announce"), data=said(member)).status_code == 303
    assert told(db, member) == ["curates_seat"]


def test_only_who_staffs_the_team_announces_and_takes_down(announced, make, lead, sign_in, db):
    browser = sign_in(make.person())

    assert browser.get(at(announced, "/announce")).status_code == 403
    assert browser.post(at(announced, "/announce/remove")).status_code == 403
    assert sign_in(lead).post(at(announced, "/announce/remove")).status_code == 303
    assert listed(browser) == []
    assert apply(browser, announced).status_code == 422


def test_who_applies_sees_it_and_the_lead_is_told_and_reads_it_beside_the_candidates(
    announced, kari, lead, sign_in, db
):
    browser = sign_in(kari)
    assert apply(browser, announced).status_code == 303

    assert "Jeg vil lære å tegne tjenester." in soup(browser.get(at(announced))).main.text
    assert "venter på svar" in browser.get("/my/requests").text
    assert told(db, lead) == ["seat_applied"]
    seen = soup(sign_in(lead).get(at(announced))).select_one("form .persons")
    assert "Kari Kan" in seen.text
    assert "«Jeg vil lære å tegne tjenester.»" in seen.text


def test_nobody_but_lead_and_owner_sees_who_has_applied(announced, make, mission, kari, sign_in):
    apply(sign_in(kari), announced)
    member, other = make.person(), make.person()
    make.seat(mission, member)
    apply(sign_in(other), announced)

    for person in (member, other):
        browser = sign_in(person)
        team = f"/missions/{mission.id}"
        for page in (at(announced), team, f"{team}/team", "/missions/open"):
            assert "Kari Kan" not in browser.get(page).text


def test_the_same_again_changes_the_words_and_tells_the_lead_once(announced, kari, lead, sign_in, db):
    browser = sign_in(kari)
    for message in ("Første", "Første", "Andre"):
        apply(browser, announced, message)

    assert [a.message for a in db.session.scalars(select(SeatApplication))] == ["Andre"]
    assert told(db, lead) == ["seat_applied"]


def test_an_empty_application_is_told_so_at_its_field(announced, kari, sign_in):
    answer = apply(sign_in(kari), announced, " ")

    assert (answer.status_code, soup(answer).select_one("#message-error") is not None) == (422, True)


def test_an_application_is_taken_back_and_the_lead_no_longer_sees_it(announced, kari, lead, sign_in):
    browser = sign_in(kari)
    apply(browser, announced)
    browser.post(at(announced, "/apply/withdraw"))

    assert soup(browser.get(at(announced))).select_one("#message") is not None
    assert "Kari Kan" not in sign_in(lead).get(at(announced)).text


def test_who_has_applied_still_waits_when_it_is_taken_down_and_announced_anew(
    announced, kari, lead, sign_in, db
):
    apply(sign_in(kari), announced)
    browser = sign_in(lead)
    browser.post(at(announced, "/announce/remove"))
    assert "Kari Kan" in browser.get(at(announced)).text

    browser.post(at(announced, "/announce"), data=said(lead))

    assert listed(browser) == ["Tjenestedesigner"]


def test_one_is_asked_by_the_usual_invitation_and_the_others_hear_it_kindly_when_it_is_agreed(
    announced, kari, make, lead, sign_in, db
):
    others = [make.person("Ola"), make.person("Per"), make.person("Gikk")]
    for person in (kari, *others):
        apply(sign_in(person), announced)
    sign_in(others[2]).post(at(announced, "/apply/withdraw"))

    sign_in(lead).post(at(announced, "/invite"), data={"person_id": kari.id})
    invitation = db.session.scalars(select(Invitation)).one()
    assert [told(db, person) for person in others] == [[], [], []]
    sign_in(kari).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
    sign_in(lead).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})

    assert [told(db, person) for person in others] == [["not_chosen"], ["not_chosen"], []]
    assert "not_chosen" not in told(db, kari)
    page = soup(sign_in(others[0]).get("/inbox")).main.text
    assert "En annen fikk plassen Tjenestedesigner i «Trygt hjem» denne gangen" in page
    assert "en annen fikk plassen" in sign_in(others[0]).get("/my/requests").text
    assert "du fikk plassen" in sign_in(kari).get("/my/requests").text
    assert db.session.scalar(select(SeatAnnouncement)) is None


def test_nobody_hears_of_it_twice_when_the_seat_is_filled_anew(announced, kari, make, lead, sign_in, db):
    ola = make.person("Ola")
    apply(sign_in(ola), announced)
    for _time in range(2):
        sign_in(lead).post(at(announced, "/invite"), data={"person_id": kari.id})
        newest = select(Invitation).where(Invitation.closed_at.is_(None))
        invitation = db.session.scalars(newest).one()
        sign_in(kari).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
        sign_in(lead).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})
        sign_in(lead).post(at(announced, "/withdraw"))

    assert told(db, ola) == ["not_chosen"]


def test_who_is_with_the_mission_already_does_not_apply(announced, make, mission, lead, sign_in, db):
    member = make.person()
    make.seat(mission, member)

    assert apply(sign_in(member), announced).status_code == 422
    assert db.session.scalar(select(SeatApplication)) is None


def test_a_seat_of_a_mission_that_is_over_is_neither_listed_nor_applied_for(
    announced, make, mission, sign_in, db
):
    mission.status = Status.STOPPED
    db.session.commit()
    browser = sign_in(make.person())

    assert listed(browser) == []
    assert apply(browser, announced).status_code == 422


def test_the_day_after_its_last_it_is_taken_down_and_the_curator_is_told(announced, lead, make, sign_in, db):
    assert announcing.end_what_is_over(SYSTEM) == 0
    db.session.scalars(select(SeatAnnouncement)).one().ends_on = clock.today() - timedelta(days=1)
    db.session.commit()
    assert listed(sign_in(make.person())) == []

    assert announcing.end_what_is_over(SYSTEM) == 1
    assert announcing.end_what_is_over(SYSTEM) == 0

    assert told(db, lead) == ["announcement_over"]
    assert "er ikke lenger lyst ut" in soup(sign_in(lead).get("/inbox")).main.text
    with pytest.raises(Forbidden):
        announcing.end_what_is_over(make.actor(lead))


def test_lists_and_pages_cost_the_same_for_one_and_for_many(
    announced, make, mission, lead, sign_in, queries_counted
):
    browser, reader = sign_in(lead), sign_in(make.person())

    def costs():
        found = []
        for who, page in ((reader, "/missions/open"), (reader, "/my/requests"), (browser, at(announced))):
            with queries_counted() as sent:
                who.get(page)
            found.append(len(sent))
        return found

    apply(reader, announced)
    few = costs()
    for number in range(8):
        another = make.seat(mission, role=f"Nummer {number}")
        browser.post(at(another, "/announce"), data=said(lead))
        apply(reader, another)
        apply(sign_in(make.person()), announced)

    assert costs() == few
