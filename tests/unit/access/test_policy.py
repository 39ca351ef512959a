"""The policy for the cases people argue about, without a database."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as Thing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhub.access.actor import OFFICES, SYSTEM, Actor, Role
from teamhub.access.policy import POLICY, Action, authorize, can
from teamhub.challenges.states import State
from teamhub.core.errors import Forbidden

KARI = Actor(id=1, name="Kari", unit_id=10, division_id=2)


def with_office(role, **more):
    return Actor(id=2, roles=frozenset({Role.EMPLOYEE, role}), **more)


def challenge(state="submitted", **kw):
    return Thing(
        **(
            {
                "id": 5,
                "proposer_id": 1,
                "state": state,
                "line_unit_id": None,
                "written_by_id": None,
                "shielded": False,
            }
            | kw
        )
    )


def test_a_draft_is_its_proposers_alone_whatever_office_one_holds():
    draft = challenge("draft")

    assert can(KARI, Action.CHALLENGE_VIEW, draft)
    for role in OFFICES:
        assert not can(with_office(role), Action.CHALLENGE_VIEW, draft)


def test_the_office_answers_the_board_decides_and_neither_does_the_others_work():
    submitted = challenge()
    office, board = with_office(Role.PORTFOLIO_OFFICE), with_office(Role.BOARD_MEMBER)

    assert can(office, Action.CHALLENGE_ANSWER, submitted)
    assert not can(office, Action.CHALLENGE_DECIDE, submitted)
    assert can(board, Action.CHALLENGE_DECIDE, submitted)
    assert not can(board, Action.CHALLENGE_ANSWER, submitted)


@pytest.mark.parametrize("state", State)
def test_a_proposer_can_change_the_text_until_it_is_decided_on(state):
    undecided = {"draft", "submitted", "clarification", "assessing"}

    assert can(KARI, Action.CHALLENGE_EDIT, challenge(state)) is (state in undecided)


def test_only_who_leads_the_unit_asked_takes_a_challenge_in_the_line():
    asked = challenge(line_unit_id=10)

    assert can(
        with_office(Role.UNIT_MANAGER, managed_units=frozenset({10})), Action.CHALLENGE_ACCEPT_IN_LINE, asked
    )
    assert not can(
        with_office(Role.UNIT_MANAGER, managed_units=frozenset({11})), Action.CHALLENGE_ACCEPT_IN_LINE, asked
    )
    assert not can(KARI, Action.CHALLENGE_ACCEPT_IN_LINE, challenge())


def test_nobody_releases_their_own_time():
    own = Thing(person_id=2, manager_id=2, unit_id=10)

    assert not can(
        with_office(Role.UNIT_MANAGER, managed_units=frozenset({10})), Action.INVITATION_RELEASE, own
    )


def test_tasks_are_for_the_team_and_those_who_follow_everything():
    task = Thing(id=7, mission_id=3)
    team = Actor(id=4, missions_joined=frozenset({3}))

    assert can(team, Action.TASK_EDIT, task)
    assert not can(KARI, Action.TASK_VIEW, task)
    assert can(with_office(Role.PORTFOLIO_OFFICE), Action.TASK_VIEW, task)
    assert not can(with_office(Role.PORTFOLIO_OFFICE), Action.TASK_EDIT, task)
    assert not can(Actor(id=4, missions_joined=frozenset({7})), Action.TASK_VIEW, task)


def test_administrators_look_after_accounts_and_see_no_tasks():
    admin = with_office(Role.ADMIN)

    assert can(admin, Action.ACCOUNT_MANAGE)
    assert can(admin, Action.ORGANISATION_CHANGE)
    assert not can(admin, Action.TASK_VIEW, Thing(id=7, mission_id=3))


def test_the_system_imports_and_does_nothing_people_do():
    assert can(SYSTEM, Action.DATA_IMPORT)
    assert not can(SYSTEM, Action.CHALLENGE_PROPOSE)
    assert not can(SYSTEM, Action.CHALLENGE_VIEW, challenge("draft", proposer_id=None))


def test_authorize_says_no_aloud(app, db):
    with pytest.raises(Forbidden):
        authorize(KARI, Action.DEMO_LOAD)


EVERYTHING = Thing(
    id=5, state="submitted", proposer_id=5, written_by_id=None, shielded=False, line_unit_id=5,
    mission_id=5, person_id=5, manager_id=5, unit_id=5, author_id=5, by_id=5, challenge_id=5, assessor_id=5,
    is_open=True, is_decided=True, deleted_at=None, deleted_by_id=None,
    awaited=frozenset(), assessors=frozenset({5}), assessed_by=frozenset({5}), starts_on=date(2020, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize("action", POLICY)
def test_who_is_nobody_may_do_nothing(action):
    """An actor without an account is not the proposer of what was imported without one."""
    nobody = Actor(id=None, roles=frozenset())
    imported = Thing(
        **(
            vars(EVERYTHING)
            | {"assessor_id": None, "proposer_id": None, "person_id": None, "id": None, "author_id": None}
        )
    )

    assert not can(nobody, action, imported)


@given(action=st.sampled_from(list(POLICY)), roles=st.frozensets(st.sampled_from(OFFICES)))
def test_an_office_more_never_takes_anything_away(action, roles):
    plain = Actor(id=5, roles=frozenset({Role.EMPLOYEE}))
    richer = Actor(id=5, roles=frozenset({Role.EMPLOYEE, *roles}))

    assert can(richer, action, EVERYTHING) >= can(plain, action, EVERYTHING)
