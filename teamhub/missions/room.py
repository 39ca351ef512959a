"""Whether a person has room for a seat: what is agreed already, day by day, against the ceiling."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from teamhub.competence.models import WorkingTime
from teamhub.competence.queries import FULL
from teamhub.core.db import db
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED, GOING_ON
from teamhub.missions.terms import Terms
from teamhub.missions.weeks import Promise, ceiling
from teamhub.people.models import Person


def has_room(person_id: int, terms: Terms, *, but: int) -> bool:
    """Tell whether a person can give what ``terms`` ask beside what is agreed, leaving out the seat ``but``.

    For commands: the person is locked first, so that of two that would give away the same time, one waits
    and finds it given.
    """
    _one_at_a_time(person_id)
    position = db.session.scalar(select(WorkingTime.share).where(WorkingTime.person_id == person_id))
    agreed = db.session.execute(
        select(Seat.share, Seat.starts_on, Seat.ends_on)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            Seat.person_id == person_id,
            Seat.id != but,
            Seat.state.in_(AGREED),
            Mission.status.in_(GOING_ON),
            Seat.starts_on <= terms.ends_on,
            Seat.ends_on >= terms.starts_on,
        )
    )
    return _highest(terms, agreed.all()) <= ceiling() * (position or FULL) // FULL


def _one_at_a_time(person_id: int) -> None:
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _highest(terms: Promise, agreed: Iterable[Promise]) -> int:
    """Return the most that is promised on one day of a period. It grows only where a promise begins."""
    agreed = list(agreed)
    firsts = {terms.starts_on, *(max(each.starts_on, terms.starts_on) for each in agreed)}
    return terms.share + max(
        sum(each.share for each in agreed if each.starts_on <= day <= each.ends_on) for day in firsts
    )
