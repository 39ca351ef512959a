"""A seat begins by itself, the lead confirms what was done, and it is the person's own to take along."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.competence.models import Openness, PersonSkill
from teamhub.competence.states import Assignment
from teamhub.core import clock
from teamhub.missions import contract_days
from teamhub.missions.models import Seat, SkillEvidence
from teamhub.missions.states import SeatState, Status

WHAT = "Intervjuet tolv pårørende og laget en ny sjekkliste."


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def nurse(make):
    return make.person("Ingrid Moen", unit=make.unit("Omsorg"))


@pytest.fixture
def seat(make, mission, nurse):
    """An active seat whose last day was yesterday."""
    today = clock.today()
    return make.seat(mission, nurse, starts_on=today - timedelta(days=60), ends_on=today - timedelta(days=1))


@pytest.fixture
def confirm(sign_in, mission, lead):
    def _confirm(seat, text=WHAT, *, by=None):
        return sign_in(by or lead).post(f"/missions/{mission.id}/seats/{seat.id}/done", data={"text": text})

    return _confirm


@pytest.fixture
def can_do(make, nurse):
    """Return a function that lets the nurse say something of a skill."""

    def _can(code="klarsprak", *, shared=False):
        skill = make.skill(code)
        make.session.merge(PersonSkill(person_id=nurse.id, skill_id=skill.id, level=3, shared=shared))
        make.session.merge(Openness(person_id=nurse.id, kind=Assignment.SEAT, hours=8))
        make.session.commit()
        return skill

    return _can


@pytest.fixture
def seen(make, lead, sign_in):
    """Return what a lead sees who looks for somebody with a skill for another mission."""

    def _seen(skill, q):
        seat = make.seat(make.mission(lead, title="Et annet"), skill_id=skill.id, level=1)
        address = f"/missions/{seat.mission_id}/seats/{seat.id}"
        return sign_in(lead).get(address, query_string={"q": q}).text

    return _seen


def take_along(sign_in, nurse, seat, skill, text="Laget sjekklista."):
    address = f"/my/seats/{seat.id}/evidence"
    return sign_in(nurse).post(address, data={"skill_id": skill.id, "text": text})


@pytest.mark.parametrize(
    ("starts_in", "state"), [(0, SeatState.ACTIVE), (-3, SeatState.ACTIVE), (1, SeatState.RELEASED)]
)
def test_an_agreed_seat_is_active_from_its_first_day(make, mission, nurse, sign_in, db, starts_in, state):
    first = clock.today() + timedelta(days=starts_in)
    seat = make.seat(mission, nurse, state="released", starts_on=first)

    contract_days.keep_time()

    db.session.refresh(seat)
    assert (seat.state, seat.person_id) == (state, nurse.id)
    assert ("begynner nå" in sign_in(nurse).get("/inbox").text) == (state == SeatState.ACTIVE)


def test_nothing_begins_in_a_mission_that_is_stopped(make, mission, nurse, db):
    make.seat(mission, nurse, state="released")
    mission.status = Status.STOPPED
    db.session.commit()

    assert contract_days.keep_time() == 0


def test_the_lead_confirms_what_was_done_and_the_person_reads_it(
    seat, confirm, nurse, lead, mission, sign_in, db
):
    assert "Plassen til Ingrid Moen er over. Bekreft hva som ble gjort." in sign_in(lead).get("/").text
    assert confirm(seat, " ").status_code == 422
    assert confirm(seat).status_code == 303

    db.session.refresh(seat)
    assert (seat.state, seat.person_id, seat.done_text) == (SeatState.DONE, nurse.id, WHAT)
    inbox = sign_in(nurse).get("/inbox").text
    assert WHAT in inbox
    assert 'href="/competence#work"' in inbox
    assert f"/my/seats/{seat.id}/evidence" in sign_in(nurse).get("/competence").text
    assert "er over" not in sign_in(lead).get("/").text


def test_what_was_done_is_not_for_everybody_to_read(make, seat, confirm, nurse, lead, mission, sign_in):
    confirm(seat)
    page = f"/missions/{mission.id}/seats/{seat.id}"

    readers = [lead, nurse, make.person("Berit", Role.BOARD_MEMBER), make.person("Ola")]
    assert [WHAT in sign_in(p).get(page).text for p in readers] == [True, True, False, False]


def test_a_seat_is_not_confirmed_before_its_last_day_nor_by_others(make, mission, nurse, confirm, db):
    seat = make.seat(mission, nurse)

    early = confirm(seat)
    assert early.status_code == 422
    assert "Bli enige om en ny siste dag først" in early.text
    assert confirm(seat, by=nurse).status_code == 403
    db.session.refresh(seat)
    assert seat.state == SeatState.ACTIVE


def test_somebody_who_is_done_may_be_asked_again(make, seat, confirm, mission, nurse, lead, sign_in):
    confirm(seat)
    new = make.seat(mission)

    address = f"/missions/{mission.id}/seats/{new.id}/invite"
    assert sign_in(lead).post(address, data={"person_id": nurse.id}).status_code == 303


def test_the_person_takes_it_along_to_a_skill_and_takes_it_away_again(
    seat, confirm, nurse, can_do, sign_in, db
):
    skill = can_do()
    confirm(seat)
    assert WHAT in sign_in(nurse).get(f"/my/seats/{seat.id}/evidence").text

    assert take_along(sign_in, nurse, seat, skill).status_code == 303
    take_along(sign_in, nurse, seat, skill, "Laget ny sjekkliste.")

    page = sign_in(nurse).get("/competence").text
    assert "Laget ny sjekkliste." in page
    kept = db.session.query(SkillEvidence).one()
    assert (kept.person_id, kept.skill_id, kept.seat_id) == (nurse.id, skill.id, seat.id)
    sign_in(nurse).post(f"/my/evidence/{kept.id}/remove")
    assert db.session.query(SkillEvidence).count() == 0


def test_only_ones_own_finished_seats_and_skills_are_taken_along(
    make, seat, confirm, nurse, can_do, sign_in, db
):
    skill = can_do()
    assert take_along(sign_in, nurse, seat, skill).status_code == 404  # not over yet
    confirm(seat)

    assert take_along(sign_in, make.person("Ola"), seat, skill).status_code == 404
    assert take_along(sign_in, nurse, seat, make.skill("tjenestedesign")).status_code == 422
    assert db.session.query(SkillEvidence).count() == 0


def test_nobody_takes_away_what_is_anothers(make, seat, confirm, nurse, can_do, sign_in, db):
    confirm(seat)
    take_along(sign_in, nurse, seat, can_do())
    kept = db.session.query(SkillEvidence).one()

    assert sign_in(make.person("Ola")).post(f"/my/evidence/{kept.id}/remove").status_code == 404
    assert db.session.query(SkillEvidence).count() == 1


@pytest.mark.parametrize("q", ["", "Ingrid"])
@pytest.mark.parametrize("shared", [True, False])
def test_leads_see_it_only_where_the_skill_is_shared(seat, confirm, nurse, can_do, sign_in, seen, shared, q):
    skill = can_do(shared=shared)
    confirm(seat)
    take_along(sign_in, nurse, seat, skill)

    assert ("Laget sjekklista." in seen(skill, q)) == shared


def test_it_is_gone_for_leads_when_the_skill_is_not_shared_any_more(
    seat, confirm, nurse, can_do, sign_in, seen
):
    skill = can_do(shared=True)
    confirm(seat)
    take_along(sign_in, nurse, seat, skill)
    can_do(shared=False)

    assert "Laget sjekklista." not in seen(skill, "Ingrid")


def test_a_done_seat_is_not_time_any_more(seat, confirm, nurse, make, db, sign_in):
    confirm(seat)

    assert db.session.get(Seat, seat.id).state == SeatState.DONE
    assert "Du har ingen plass i et oppdrag nå." in sign_in(nurse).get("/my/requests").text
