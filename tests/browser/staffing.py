"""A mission that needs three people with a rare skill, and eight who have it, each with a manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from teamhub.competence.models import Openness, PersonSkill, Skill
from teamhub.competence.states import Assignment
from teamhub.core import clock
from teamhub.missions import contract_days
from teamhub.missions.models import Invitation, Seat
from teamhub.people.models import Person, Unit
from tests.browser.conftest import Live
from tests.factories import PASSWORD

ROLES = ("Designer", "Prosessleder", "Analytiker")
FIRST = ("Anna", "Bo", "Cato", "Dina", "Eli", "Frode", "Gro", "Hans")
_numbers = count(1)


@dataclass(frozen=True)
class Staffing:
    """What the tests need to know: the mission, and how its people sign in."""

    mission_id: int
    title: str
    lead: str
    managers: tuple[str, ...]
    password: str = PASSWORD

    @property
    def team(self) -> str:
        return f"/missions/{self.mission_id}/team"


def make_staffing(live: Live) -> Staffing:
    """Make all of it in the running demo municipality, apart from what other tests do there."""
    number = next(_numbers)
    with live.data() as make:
        session = make.session
        skill = Skill(code=f"sjelden-{number}", nb=f"Sjeldenhet {number}", nn="Sjeldanheit", en="Rarity")
        session.add(skill)
        session.commit()
        areas = session.scalars(select(Unit).where(Unit.level == 1).order_by(Unit.id).limit(4)).all()
        lead = make.person(f"Liv Leder {number}", unit=areas[0])
        bosses = [make.person(f"Sjef {area.code} {number}", unit=area) for area in areas]
        mission = make.mission(lead, title=f"Trygg vei {number}")
        today = clock.today()
        for role in ROLES:
            seat = make.seat(mission, role=role, starts_on=today, ends_on=today + timedelta(days=60))
            seat.skill_id, seat.level, seat.share = skill.id, 2, 20
        for at, name in enumerate(FIRST):
            area, boss = areas[at % 4], bosses[at % 4]
            person = make.person(f"{name} {number}", unit=area, manager=boss)
            said: dict[str, Any] = {"skill_id": skill.id, "level": 3, "shared": True}
            session.add(PersonSkill(person_id=person.id, **said))
            session.add(Openness(person_id=person.id, kind=Assignment.SEAT, hours=20))
        session.commit()
        return Staffing(mission.id, mission.title, lead.email, tuple(boss.email for boss in bosses))


def asked(live: Live, staffing: Staffing) -> dict[str, tuple[str, str]]:
    """Return who is asked and has not all answers: name → the person's and the manager's addresses."""
    with live.data() as make:
        boss = aliased(Person)
        rows = make.session.execute(
            select(Person.name, Person.email, boss.email)
            .join(Invitation, Invitation.person_id == Person.id)
            .join(boss, boss.id == Invitation.manager_id)
            .where(Invitation.mission_id == staffing.mission_id, Invitation.closed_at.is_(None))
            .order_by(Invitation.id)
        )
        return {name: (email, manager) for name, email, manager in rows}


def states(live: Live, staffing: Staffing) -> list[tuple[str, int]]:
    """Return the state and share of each seat."""
    with live.data() as make:
        seats = select(Seat.state, Seat.share).where(Seat.mission_id == staffing.mission_id).order_by(Seat.id)
        return [(str(state), share) for state, share in make.session.execute(seats)]


def next_morning(live: Live) -> None:
    """Do what the daily job does: what is agreed and due begins."""
    with live.data():
        contract_days.keep_time()
