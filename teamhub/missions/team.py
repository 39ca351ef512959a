"""Reads about teams: seats, who could fill them, whose time is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.competence.queries import Shared, sharing
from teamhub.core.db import db
from teamhub.missions.models import Invitation, Mission, Seat, SeatAnnouncement, SeatSkill
from teamhub.missions.states import AGREED, GOING_ON, Status
from teamhub.people.models import Person
from teamhub.people.queries import PersonRow, people_by_id, search_people

MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Candidate:
    """Somebody who could fill a seat. ``has`` is the percent agreed already in the seat's period.

    ``shares`` is what they share of the skill it asks for, if they do.
    """

    person: PersonRow
    has: int
    already_here: bool
    shares: Shared | None = None


@dataclass(frozen=True)
class MySeat:
    """A seat a person has, on the page of their own work."""

    mission_id: int
    mission: str
    role: str
    share: int
    starts_on: date
    ends_on: date


def seats(mission_id: int, *, in_full: bool = False) -> list[Seat]:
    """Return a mission's seats in the order they were made, with skill, person and the person's unit.

    ``in_full`` also loads all else they ask for, in the same statement.
    """
    statement = select(Seat).where(Seat.mission_id == mission_id).order_by(Seat.id)
    statement = statement.options(joinedload(Seat.skill), joinedload(Seat.person).joinedload(Person.unit))
    if in_full:
        statement = statement.options(
            joinedload(Seat.more).joinedload(SeatSkill.skill),
            joinedload(Seat.announcement).joinedload(SeatAnnouncement.curator),
            joinedload(Seat.place),
            joinedload(Seat.from_division),
            joinedload(Seat.not_division),
        )
    return list(db.session.scalars(statement).unique())


def invitations(mission_id: int) -> dict[int, list[Invitation]]:
    """Return a mission's invitations by seat, newest first, with person and manager."""
    found: dict[int, list[Invitation]] = {}
    for invitation in db.session.scalars(
        select(Invitation)
        .where(Invitation.mission_id == mission_id)
        .options(joinedload(Invitation.person), joinedload(Invitation.manager))
        .order_by(Invitation.id.desc())
    ):
        found.setdefault(invitation.seat_id, []).append(invitation)
    return found


def areas_of(mission: Mission, seats: Sequence[Seat]) -> frozenset[int]:
    """Return the areas a team comes from: its lead's, and those of its agreed seats. No query."""
    units = [mission.lead.unit, *(s.person.unit for s in seats if s.person and s.state in AGREED)]
    return frozenset(unit.division_id for unit in units if unit.division_id is not None)


def candidates(seat: Seat, seats: Sequence[Seat], text: str) -> list[Candidate]:
    """Return people whose name, title or unit holds ``text``, with their load in the seat's period.

    Without a text: those who share that they have the skill it asks for, or want to learn it if that is
    what the seat is for, and come from where it asks for; the least loaded first.
    """
    level, here = seat.level or 1, {s.person_id for s in seats}
    shared: dict[int, Shared] = {}
    if text:
        people = search_people(text, most=MOST_CANDIDATES)
        if seat.skill_id and people:
            ids = [p.id for p in people]
            shared = sharing(seat.skill_id, level=level, to_learn=seat.stretch, people=ids)
    else:
        shared = sharing(seat.skill_id, level=level, to_learn=seat.stretch) if seat.skill_id else {}
        people = people_by_id(shared) if shared else []
        people = [p for p in people if p.id not in here and comes_from_there(seat, p.division_id)]
    has = agreed_shares([p.id for p in people], seat.starts_on, seat.ends_on) if people else {}
    found = [Candidate(p, has.get(p.id, 0), p.id in here, shared.get(p.id)) for p in people]
    return found if text else sorted(found, key=lambda c: (c.has, c.person.name))[:MOST_CANDIDATES]


def comes_from_there(seat: Seat, division_id: int | None) -> bool:
    """Tell whether somebody of a division may fill a seat, by the divisions it asks for and leaves out."""
    wanted = seat.from_division_id in {None, division_id}
    return wanted and (seat.not_division_id is None or seat.not_division_id != division_id)


def agreed_shares(
    person_ids: Collection[int], starts_on: date, ends_on: date, *, but: int | None = None
) -> dict[int, int]:
    """Return the percent of working time each person has agreed away that touches a period.

    Seats are added up as if they all overlapped, so that the sum never promises too much. ``but``
    leaves one seat out.
    """
    rows = db.session.execute(
        select(Seat.person_id, func.sum(Seat.share))
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            Seat.person_id.in_(person_ids),
            Seat.state.in_(AGREED),
            Seat.starts_on <= ends_on,
            Seat.ends_on >= starts_on,
            Seat.id != (but or 0),
            Mission.status.in_(GOING_ON),
        )
        .group_by(Seat.person_id)
    )
    return {row[0]: int(row[1]) for row in rows if row[0] is not None}


def asked_of(actor: Actor) -> list[Invitation]:
    """Return the open invitations to a person, with mission and seat."""
    return _open(Invitation.person_id == actor.id, Invitation.person_says.is_(None))


def asked_about_my_people(actor: Actor) -> list[Invitation]:
    """Return the open requests for the time of a manager's people: direct reports, and units led."""
    mine = or_(Invitation.manager_id == actor.id, Invitation.unit_id.in_(sorted(actor.managed_units)))
    return _open(mine, Invitation.manager_says.is_(None), Invitation.person_id != actor.id)


def _open(*conditions: object) -> list[Invitation]:
    return list(
        db.session.scalars(
            select(Invitation)
            .join(Mission, Mission.id == Invitation.mission_id)
            .where(Invitation.closed_at.is_(None), Mission.status.in_(GOING_ON), *conditions)  # type: ignore[arg-type]
            .options(
                joinedload(Invitation.mission).joinedload(Mission.lead),
                joinedload(Invitation.seat).joinedload(Seat.skill),
                joinedload(Invitation.person).joinedload(Person.unit),
                joinedload(Invitation.manager),
            )
            .order_by(Invitation.answer_by, Invitation.id)
            .limit(100)
        )
    )


def shares_of(invitations: Collection[Invitation]) -> dict[int, int]:
    """Return, by invitation, what the person has agreed to already in the period asked for, at one query."""
    people = {i.person_id for i in invitations}
    rows = db.session.execute(
        select(Seat.person_id, Seat.share, Seat.starts_on, Seat.ends_on)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            Seat.person_id.in_(people),
            Seat.state.in_(AGREED),
            Mission.status.in_(GOING_ON),
        )
    ).all()
    return {
        i.id: sum(
            share
            for person_id, share, starts, ends in rows
            if person_id == i.person_id and starts <= i.seat.ends_on and ends >= i.seat.starts_on
        )
        for i in invitations
    }


def get_invitation(actor: Actor, invitation_id: int) -> Invitation | None:
    """Return an invitation, open or settled, if it is to the actor or about somebody the actor manages."""
    found = db.session.get(Invitation, invitation_id)
    if found is None:
        return None
    mine = actor.id in {found.person_id, found.manager_id} or found.unit_id in actor.managed_units
    return found if mine else None


def seats_of(person_id: int) -> list[MySeat]:
    """Return the agreed seats of a person in missions that go on, the one that ends first on top."""
    rows = db.session.execute(
        select(Mission.id, Mission.title, Seat.role, Seat.share, Seat.starts_on, Seat.ends_on)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(Seat.person_id == person_id, Seat.state.in_(AGREED), Mission.status == Status.ACTIVE)
        .order_by(Seat.ends_on, Seat.id)
    )
    return [MySeat(*row) for row in rows]


def team_choices(mission_id: int) -> list[tuple[int, str]]:
    """Return who can be given a task: lead, owner and everybody with an agreed seat, by name."""
    on_team = select(Seat.person_id).where(Seat.mission_id == mission_id, Seat.state.in_(AGREED))
    lead = select(Mission.lead_id).where(Mission.id == mission_id)
    owner = select(Mission.owner_id).where(Mission.id == mission_id)
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(or_(Person.id.in_(on_team), Person.id.in_(lead), Person.id.in_(owner)), Person.is_active)
        .order_by(Person.name, Person.id)
    )
    return [(row[0], row[1]) for row in rows]
