"""The demo municipality: the contract's sizes, the same every time, and something to do for everyone."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select

from teamhub.audit.models import Entry
from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support
from teamhub.challenges.states import TRANSITIONS, State
from teamhub.core import clock
from teamhub.core.db import UtcDateTime
from teamhub.core.errors import DomainError
from teamhub.demo import boards, organisation
from teamhub.demo.load import is_empty, load
from teamhub.demo.proposals import WAITS
from teamhub.demo.written import SIZES, read
from teamhub.missions.models import Invitation, Mission, MissionChallenge, Seat, StatusReport
from teamhub.missions.owed import waiting_for as waiting_in_missions
from teamhub.missions.states import AGREED
from teamhub.people import passwords
from teamhub.people.models import Office, Person, Unit
from teamhub.people.personas import DEMO_PASSWORD, PERSONAS
from teamhub.tasks.models import BoardColumn, Task, TaskComment

LOADED = (Unit, Person, Office, Challenge, Support, ChallengeComment, Answer, Mission, MissionChallenge)
LOADED += (Seat, Invitation, StatusReport, BoardColumn, Task, TaskComment)


@pytest.fixture
def small(db):
    return load("small", 1)


def everything_but_moments(db, model):
    """All rows of a table, without moments and the password's salt, which are new every time."""
    columns = [c for c in model.__table__.c if not isinstance(c.type, UtcDateTime)]
    columns = [c for c in columns if c.name != "password_hash"]
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(*model.__table__.primary_key))]


def empty(db):
    """Take everything away but what the migrations bring, and the log that is only added to."""
    db.session.rollback()
    db.session.execute(Person.__table__.update().values(manager_id=None))
    for table in reversed(Person.metadata.sorted_tables):
        if table.name not in {"skill", "criteria_set", "security_entry", "security_head"}:
            db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()


def persona(db, name):
    return db.session.scalar(select(Person).where(Person.email == f"{name}@demo.example"))


def test_a_small_demo_has_what_the_contract_says(small):
    assert small == {"units": 42, "people": 300, "challenges": 60, "missions": 12, "tasks": 500}


def test_the_same_seed_gives_the_same_municipality_at_any_time_of_day(db, monkeypatch):
    told = []
    for hour in (5, 19):
        moment = datetime(2026, 11, 23, hour, 17, 3, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        load("small", 1)
        told.append({model.__name__: everything_but_moments(db, model) for model in LOADED})
        empty(db)
        assert is_empty()

    assert told[0] == told[1]
    assert all(told[0].values())


def test_another_seed_gives_another_municipality(db):
    load("small", 1)
    names = db.session.scalars(select(Person.name)).all()
    empty(db)
    load("small", 2)

    assert db.session.scalars(select(Person.name)).all() != names


def test_the_load_is_in_the_change_log(db, small):
    entry = db.session.scalar(select(Entry))

    assert (entry.kind, entry.actor_id, entry.data) == ("DemoLoaded", None, {"size": "small", "seed": 1})


def test_people_and_units_can_be_added_after_the_load(db, small, make):
    person = make.person("Kari Ny", unit=make.unit("Ny enhet"))

    assert person.id > small["people"]


def test_it_is_not_loaded_on_top_of_something(small):
    with pytest.raises(DomainError):
        load("small", 1)


def test_every_persona_can_sign_in_and_nobody_else(db, small):
    with_password = {p.email: p for p in db.session.scalars(select(Person).where(Person.password_hash != ""))}

    assert set(with_password) == set(PERSONAS)
    assert all(passwords.fits(DEMO_PASSWORD, p.password_hash) for p in with_password.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_names_have_the_letters_a_municipality_must_write(db, seed):
    load("small", seed)
    names = "".join(db.session.scalars(select(Person.name)))

    assert [letter for letter in "ÁáčđŋšŧžğşıİłŁżśćæøåÅØ'’-" if letter not in names] == []


def test_no_two_people_have_the_same_name(db, small):
    assert max(Counter(db.session.scalars(select(Person.name))).values()) == 1


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_unit_the_content_names_is_there_in_every_size(size):
    places = organisation._places(SIZES[size])
    kinds = {p.kind for p in places if p.level >= 2}

    assert kinds == set(read("people")["jobs"])
    assert {p.level for p in places} == {0, 1, 2, 3}
    assert len([p for p in places if p.level == 1]) == 8
    assert len(places) == (42 if size == "small" else 80)


def test_the_director_leads_the_biggest_area(db, small):
    area = select(Unit.division_id).join(Person, Person.unit_id == Unit.id)
    sizes = Counter(db.session.scalars(area))

    assert persona(db, "director").unit_id == sizes.most_common(1)[0][0]


def test_counts_on_challenges_match_their_rows(db, small):
    counted = Counter(db.session.scalars(select(Support.challenge_id)))

    assert all(counted[c.id] == c.support_people for c in db.session.scalars(select(Challenge)))


def test_everything_beyond_submitted_came_there_by_allowed_steps(db, small):
    steps = defaultdict(list)
    for answer in db.session.scalars(select(Answer).order_by(Answer.id)):
        steps[answer.challenge_id].append(answer)

    for c in db.session.scalars(select(Challenge).where(Challenge.state != State.DRAFT)):
        now = State.SUBMITTED
        for step in steps[c.id]:
            assert step.from_state == now
            assert step.reason
            if step.decision != "offered":
                assert step.decision in TRANSITIONS[now]
                now = State(step.decision)
        assert c.state == now
        assert c.first_answer_at == (steps[c.id][0].at if steps[c.id] else None)
        moments = [c.submitted_at, *(step.at for step in steps[c.id]), clock.now()]
        assert moments == sorted(moments)


def test_the_clock_runs_where_somebody_is_to_answer(db, small):
    for c in db.session.scalars(select(Challenge)):
        assert (c.due_on is not None) == (c.state in WAITS)
        assert c.division_id is not None


def test_every_area_has_challenges(db, small):
    assert len(set(db.session.scalars(select(Challenge.division_id)))) == 8


def test_a_mission_answers_challenges_that_were_decided_on_before_it_began(db, small):
    pairs = db.session.execute(
        select(Mission, Challenge)
        .join(MissionChallenge, MissionChallenge.mission_id == Mission.id)
        .join(Challenge, Challenge.id == MissionChallenge.challenge_id)
    ).all()

    assert {c.id for _, c in pairs} == set(
        db.session.scalars(select(Challenge.id).where(Challenge.state == State.MISSION))
    )
    assert all(c.state_since.date() <= m.starts_on for m, c in pairs)


def test_seats_and_invitations_tell_the_same(db, small):
    closed = {i.seat_id: i for i in db.session.scalars(select(Invitation)) if i.closed_at}
    asked = {i.seat_id for i in db.session.scalars(select(Invitation)) if not i.closed_at}

    for seat in db.session.scalars(select(Seat)):
        if seat.state in AGREED:
            assert closed[seat.id].person_says
            assert closed[seat.id].manager_says
        else:
            assert (seat.id in asked) == (seat.state == "requested")


def test_every_card_is_in_a_column_of_its_own_mission(db, small):
    astray = select(func.count()).select_from(Task).join(BoardColumn, BoardColumn.id == Task.column_id)

    assert db.session.scalar(astray.where(BoardColumn.mission_id != Task.mission_id)) == 0


def test_tasks_are_given_to_people_on_the_team_and_made_in_its_time(db, small):
    team = defaultdict(set)
    for seat in db.session.scalars(select(Seat).where(Seat.state.in_(AGREED))):
        team[seat.mission_id].add(seat.person_id)
    missions = {m.id: m for m in db.session.scalars(select(Mission))}

    for task in db.session.scalars(select(Task)):
        mission = missions[task.mission_id]
        assert task.assignee_id in {None, mission.lead_id} | team[mission.id]
        assert mission.created_at <= task.created_at <= (task.done_at or clock.now()) <= clock.now()


def test_the_large_size_has_two_hundred_open_tasks_on_one_board_and_its_sum_is_exact(db):
    shares = boards._shares(SIZES["large"], [None] * SIZES["large"].missions)

    assert shares[0] == 200
    assert sum(shares) == 200_000


def test_the_nurse_is_given_the_first_two_tasks_with_a_date_whatever_chance_says():
    nurse, others = 7, [1, 2, 3]
    plans = [{"column": c, "due": due} for c, due in ((0, None), (3, 2), (1, 4), (0, 6), (2, 8))]
    chance = Random(1)  # noqa: S311 - made-up data
    chance.randrange = lambda _: 0  # everything else goes to the first on the team

    boards._give(plans, [*others, nurse], nurse, chance)

    assert [plan["assignee"] == nurse for plan in plans] == [False, False, True, True, False]


def test_chance_never_picks_a_persona_or_a_leader_as_staff(db):
    made = organisation.make(SIZES["small"], Random(1))  # noqa: S311 - made-up data
    known = {p.id for p in made.personas.values()} | {p.leader_id for p in made.places}

    assert not known & {p.id for p in made.staff}
    assert not known & {i for place in made.places for i in place.staff}
    assert not {p.id for p in made.leaders} & {p.id for p in made.personas.values()}
    assert all(place.staff for place in made.working)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_personas_have_something_to_do(db, make, seed):
    load("small", seed)
    manager, nurse, lead = (persona(db, n) for n in ("unitmanager", "employee", "lead"))
    asked_of = {n: waiting_in_missions(make.actor(p)) for n, p in (("manager", manager), ("nurse", nurse))}

    assert len([w for w in asked_of["manager"] if w.kind == "request"]) == 3
    assert len([w for w in asked_of["nurse"] if w.kind == "invitation"]) == 1
    assert any(w.kind == "report" for w in waiting_in_missions(make.actor(lead)))
    assert db.session.scalar(select(func.count()).where(Mission.lead_id == lead.id)) == 3
    to_do = select(func.count()).where(Task.assignee_id == nurse.id, Task.done_at.is_(None))
    assert db.session.scalar(to_do) >= 2
    owned = select(func.count()).where(Mission.owner_id == persona(db, "board").id)
    assert db.session.scalar(owned) == 5
    assert db.session.scalar(select(func.count()).where(Challenge.state == State.CANDIDATE)) >= 1
    teacher = persona(db, "proposer").id
    states = set(db.session.scalars(select(Challenge.state).where(Challenge.proposer_id == teacher)))
    assert {State.DRAFT, State.CLARIFICATION} <= states
    offered = db.session.scalars(select(Challenge).where(Challenge.line_unit_id == manager.unit_id))
    assert State.SUBMITTED in [c.state for c in offered]


def test_one_mission_is_silent_one_is_red_and_one_is_in_a_single_area(db, small):
    reports = list(db.session.scalars(select(StatusReport).order_by(StatusReport.id)))

    assert any("red" in (r.staffing, r.risk, r.progress) for r in reports)
    assert len({r.mission_id for r in reports}) == 12
