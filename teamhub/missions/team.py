"""Reads about teams: seats, who could fill them, whose time is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.competence.queries import Shared, sharing
from teamhub.core.db import db
from teamhub.missions.done import MOST_SHOWN, NOTHING_DONE, shown_of
from teamhub.missions.models import Invitation, Mission, Seat, SeatAnnouncement, SeatSkill
from teamhub.missions.states import AGREED, GOING_ON, SeatState, Status
from teamhub.people.models import Person
from teamhub.people.queries import PersonRow, people_by_id, search_people

MOST_CANDIDATES = 12

ALL_ELSE = (
    joinedload(Seat.more).joinedload(SeatSkill.skill),
    joinedload(Seat.announcement).joinedload(SeatAnnouncement.curator),
    joinedload(Seat.place),
    joinedload(Seat.from_division),
    joinedload(Seat.not_division),
)
"""What a seat asks for and says beside its skill, for one that is loaded in full."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could fill a seat. ``has`` is the percent agreed already in the seat's period.

    ``shares`` is what they share of the skill it asks for, if they do, and ``has_done`` what they have put
    to it, with the mission.
    """

    person: PersonRow
    has: int
    already_here: bool
    shares: Shared | None = None
    has_done: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class MySeat:
    """A seat a person has, on the page of their own work."""

    seat_id: int
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
    more = ALL_ELSE if in_full else ()
    return list(db.session.scalars(_seats(mission_id).options(*more)).unique())


def _seats(mission_id: int) -> Select[Seat]:
    loaded = (joinedload(Seat.skill), joinedload(Seat.person).joinedload(Person.unit))
    return select(Seat).where(Seat.mission_id == mission_id).options(*loaded).order_by(Seat.id)


def seats_in_talks(mission_id: int) -> list[Seat]:
    """Return them in full with their invitations, newest first, and what waits for an answer. One query."""
    asked = joinedload(Seat.invitations)
    talks = (asked.joinedload(Invitation.person), asked.joinedload(Invitation.manager))
    found = _seats(mission_id).options(*ALL_ELSE, *talks, joinedload(Seat.waiting_offers))
    return list(db.session.scalars(found).unique())


def areas_of(mission: Mission, seats: Sequence[Seat]) -> frozenset[int]:
    """Return the areas a team comes from: its lead's, and those of its agreed seats. No query."""
    units = [mission.lead.unit, *(s.person.unit for s in seats if s.person and s.state in AGREED)]
    return frozenset(unit.division_id for unit in units if unit.division_id is not None)


def candidates(seat: Seat, seats: Sequence[Seat], text: str) -> list[Candidate]:
    """Return people whose name, title or unit holds ``text``, with their load in the seat's period.

    Without a text: those who share that they have the skill it asks for, or want to learn it if that is
    what the seat is for, and come from where it asks for; the least loaded first.
    """
    level, here = seat.level or 1, {s.person_id for s in seats if s.state != SeatState.DONE}
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
    has, done = _of_people(seat, [p.id for p in people], shared) if people else ({}, {})
    found = [
        Candidate(p, has.get(p.id, 0), p.id in here, shared.get(p.id), done.get(p.id, ())) for p in people
    ]
    return found if text else sorted(found, key=lambda c: (c.has, c.person.name))[:MOST_CANDIDATES]


def comes_from_there(seat: Seat, division_id: int | None) -> bool:
    """Tell whether somebody of a division may fill a seat, by the divisions it asks for and leaves out."""
    wanted = seat.from_division_id in {None, division_id}
    return wanted and (seat.not_division_id is None or seat.not_division_id != division_id)


def _of_people(
    seat: Seat, people: Collection[int], shared: Collection[int]
) -> tuple[dict[int, int], dict[int, list[tuple[str, str]]]]:
    """Return, at one query, the percent people have agreed in a seat's period, and what shows its skill."""
    agreed = _agreed(people, seat.starts_on, seat.ends_on).add_columns(*NOTHING_DONE)
    both = union_all(agreed, shown_of(seat.skill_id or 0, shared)).order_by("evidence_id")
    has: dict[int, int] = {}
    done: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in db.session.execute(both):
        if row.text is None:
            has[row.person_id] = int(row.share)
        else:
            done[row.person_id].insert(0, (row.text, row.title))
    return has, {person_id: shown[:MOST_SHOWN] for person_id, shown in done.items()}


def agreed_shares(person_ids: Collection[int], starts_on: date, ends_on: date) -> dict[int, int]:
    """Return the percent of working time each person has agreed away that touches a period."""
    rows = db.session.execute(_agreed(person_ids, starts_on, ends_on))
    return {row.person_id: int(row.share) for row in rows}


def _agreed(person_ids: Collection[int], starts_on: date, ends_on: date) -> Any:
    """What people have agreed, added up as if it all overlapped, so that the sum never promises too much."""
    return (
        select(Seat.person_id, func.sum(Seat.share).label("share"))
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            Seat.person_id.in_(person_ids),
            Seat.state.in_(AGREED),
            Seat.starts_on <= ends_on,
            Seat.ends_on >= starts_on,
            Mission.status.in_(GOING_ON),
        )
        .group_by(Seat.person_id)
    )


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
        select(Seat.id, Mission.id, Mission.title, Seat.role, Seat.share, Seat.starts_on, Seat.ends_on)
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
