"""What starting, editing and reporting change, and what is told about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from teamhub.access.actor import SYSTEM, Role
from teamhub.audit.models import Entry
from teamhub.challenges.models import Answer
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.missions import commands, queries
from teamhub.missions.commands import Charter
from teamhub.missions.models import Mission, MissionChallenge, StatusReport
from teamhub.missions.states import AXES, Light, Phase, Status
from teamhub.tasks.models import BoardColumn

GREEN = dict.fromkeys(AXES, Light.GREEN)


@pytest.fixture
def board(make):
    return make.person("Berit Lunde", Role.BOARD_MEMBER)


@pytest.fixture
def charter(board):
    return Charter("Trygt hjem", "Alle får riktig liste.", "Teamet kan endre rutinen.", board.id, board.id)


def told(db):
    return [entry.kind for entry in db.session.query(Entry).order_by(Entry.id)]


def test_starting_from_a_candidate_answers_the_proposer_and_readies_a_board(make, board, charter, db):
    challenge = make.challenge(make.person(), state=State.CANDIDATE)

    mission_id = commands.start(make.actor(board), charter, challenge_id=challenge.id)

    answer = db.session.query(Answer).one()
    db.session.refresh(challenge)
    assert challenge.state == State.MISSION
    assert challenge.first_answer_at is not None
    assert (answer.challenge_id, answer.author_id, answer.from_state, answer.decision, answer.reason) == (
        challenge.id,
        board.id,
        "candidate",
        "mission",
        charter.goal,
    )
    assert [m.id for m in queries.missions_of_challenge(challenge.id)] == [mission_id]
    assert [c.id for c in queries.challenges_of(mission_id)] == [challenge.id]
    assert db.session.query(BoardColumn).filter_by(mission_id=mission_id).count() > 1
    assert sorted(told(db)) == ["ChallengeAnswered", "MissionStarted"]


def test_a_candidate_becomes_one_mission_only(make, board, charter, db):
    challenge = make.challenge(make.person(), state=State.CANDIDATE)
    commands.start(make.actor(board), charter, challenge_id=challenge.id)

    with pytest.raises(DomainError):
        commands.start(make.actor(board), charter, challenge_id=challenge.id)

    assert db.session.query(Mission).count() == 1
    assert db.session.query(MissionChallenge).count() == 1


def test_a_refused_start_leaves_nothing_behind(make, charter, db):
    office = make.person("Kristin", Role.PORTFOLIO_OFFICE)
    challenge = make.challenge(make.person(), state=State.CANDIDATE)

    with pytest.raises(Forbidden):
        commands.start(make.actor(office), charter, challenge_id=challenge.id)

    db.session.refresh(challenge)
    assert (challenge.state, db.session.query(Mission).count(), told(db)) == (State.CANDIDATE, 0, [])


@pytest.mark.parametrize("role", [Role.ADMIN, Role.DIRECTOR, Role.UNIT_MANAGER, Role.DPO])
def test_only_board_and_office_start_missions(make, charter, role):
    for actor in (make.actor(make.person(None, role)), SYSTEM):
        with pytest.raises(Forbidden):
            commands.start(actor, charter)


@pytest.mark.parametrize("field", ["lead_id", "owner_id"])
def test_lead_and_owner_are_people_who_work_here(make, board, charter, field):
    gone = make.person(is_active=False)

    for nobody in (None, gone.id):
        with pytest.raises(DomainError) as refused:
            commands.start(make.actor(board), replace(charter, **{field: nobody}))
        assert refused.value.field == field


def test_a_mission_does_not_end_before_it_begins_but_may_end_the_same_day(make, board, charter):
    day = clock.today()
    actor = make.actor(board)

    with pytest.raises(DomainError) as refused:
        commands.start(actor, replace(charter, starts_on=day, ends_on=day - timedelta(days=1)))
    commands.start(actor, replace(charter, starts_on=day, ends_on=day))

    assert refused.value.field == "ends_on"


def test_a_new_phase_is_told_apart_from_an_edit(make, charter, db):
    lead = make.person()
    mission = make.mission(lead)
    actor = make.actor(lead)

    def save(phase):
        db.session.refresh(mission)
        commands.edit(actor, mission.id, charter, phase=phase, status=Status.ACTIVE, version=mission.version)

    save(Phase.CONCEPT)
    save(Phase.PLANNING)

    assert told(db) == ["MissionEdited", "MissionEdited", "PhaseChanged"]
    assert {k: db.session.query(Entry).all()[-1].data[k] for k in ("old", "new")} == {
        "old": "concept",
        "new": "planning",
    }


def test_an_old_version_is_not_saved_over_a_new_one(make, charter, db):
    lead = make.person()
    mission = make.mission(lead)
    actor, opened = make.actor(lead), mission.version

    def save(**changes):
        commands.edit(
            actor,
            mission.id,
            replace(charter, **changes),
            phase=Phase.CONCEPT,
            status=Status.ACTIVE,
            version=opened,
        )

    save(goal="Først")
    with pytest.raises(Conflict) as conflict:
        save(goal="Så")

    db.session.refresh(mission)
    assert (mission.goal, conflict.value.current.version) == ("Først", mission.version)


def test_the_office_edits_but_does_not_report(make, charter, db):
    office = make.actor(make.person("Kristin", Role.PORTFOLIO_OFFICE))
    mission = make.mission(make.person())

    commands.edit(
        office, mission.id, charter, phase=Phase.CLOSING, status=Status.HOLD, version=mission.version
    )
    with pytest.raises(Forbidden):
        commands.report(office, mission.id, GREEN, "Hei")

    db.session.refresh(mission)
    assert (mission.phase, mission.status) == (Phase.CLOSING, Status.HOLD)
    assert db.session.query(StatusReport).count() == 0


def test_a_report_is_signed_and_told(make, db):
    lead, owner = make.person(), make.person()
    mission = make.mission(lead, owner=owner)

    commands.report(make.actor(owner), mission.id, GREEN | {"risk": Light.RED}, "Vi trenger hjelp.")

    posted = queries.reports(mission.id)
    assert [(r.author_id, r.risk, r.progress, r.summary) for r in posted] == [
        (owner.id, "red", "green", "Vi trenger hjelp.")
    ]
    assert told(db) == ["StatusReported"]


def test_reading_a_mission_that_is_not_there_finds_nothing(make):
    assert queries.get_mission(make.actor(make.person()), 10**6) is None
