"""An invitation that is not answered in time: closed kindly after some days, and the seat is free again."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.consequences import recipients
from teamhub.core import clock
from teamhub.missions import contract_days
from teamhub.missions.events import InvitationReminded
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import DAYS_OF_GRACE, SeatState, Status
from tests import contracts


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def manager(make):
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=make.unit("Omsorg"))


@pytest.fixture
def nurse(make, manager):
    return make.person("Ingrid Moen", unit=make.unit("Sone øst"), manager=manager)


@pytest.fixture
def asked(make, mission, nurse):
    """Return a function that asks the nurse, with an answer due so many days ago."""

    def _asked(days_ago, **kw):
        seat = make.seat(mission, nurse, state="requested")
        due = clock.today() - timedelta(days=days_ago)
        return contracts.invitation(make, seat, nurse, answer_by=due, **kw)

    return _asked


def state_of(invitation, db):
    db.session.expire_all()
    seat = db.session.get(Seat, invitation.seat_id)
    return seat.state, seat.person_id, db.session.get(Invitation, invitation.id).closed_at is not None


def test_when_the_days_of_grace_are_over_the_seat_is_free_and_all_are_told(
    asked, db, sign_in, lead, nurse, manager
):
    invitation = asked(DAYS_OF_GRACE + 1, person_says=True)

    assert contract_days.keep_time() == 1

    assert state_of(invitation, db) == (SeatState.OPEN, None, True)
    assert "Ikke alle rakk å svare om Ingrid Moen" in sign_in(lead).get("/inbox").text
    assert "det er helt greit" in sign_in(nurse).get("/inbox").text
    assert "Du trenger ikke svare lenger." in sign_in(manager).get("/inbox").text
    assert "Ingen venter på svar fra deg." in sign_in(manager).get("/my/requests").text
    assert contract_days.keep_time() == 0


def test_until_then_it_can_still_be_answered(asked, db, sign_in, nurse):
    invitation = asked(DAYS_OF_GRACE)

    assert contract_days.keep_time() == 0

    answer = sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
    assert answer.status_code == 303
    assert state_of(invitation, db)[0] == SeatState.REQUESTED


def test_nothing_is_closed_while_a_proposal_waits_for_the_lead(make, asked, db, nurse):
    invitation = asked(DAYS_OF_GRACE + 20)
    contracts.offer(make, invitation, nurse)

    assert contract_days.keep_time() == 0
    assert state_of(invitation, db)[0] == SeatState.REQUESTED


def test_a_mission_that_is_over_is_left_as_it_was(asked, mission, db):
    invitation = asked(DAYS_OF_GRACE + 20)
    mission.status = Status.STOPPED
    db.session.commit()

    assert contract_days.keep_time() == 0
    assert state_of(invitation, db)[2] is False


def test_who_has_proposed_something_else_is_not_reminded_to_answer(make, asked, db, nurse, manager, mission):
    invitation = asked(-2)
    reminded = InvitationReminded(
        actor_id=None, object_id=mission.id, invitation_id=invitation.id, reminder="", due=""
    )
    assert recipients.not_answered(db.session, reminded) == [nurse.id]
    contracts.offer(make, invitation, nurse)

    assert recipients.not_answered(db.session, reminded) == []
    assert recipients.manager_not_answered(db.session, reminded) == [manager.id]
