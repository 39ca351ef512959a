"""What a seat may ask for: skills, time, and where somebody comes from, works and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from teamhub.competence.models import Place
from teamhub.competence.states import LEVELS, WorkLanguage
from teamhub.core.changes import Changes
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.missions.models import Seat, SeatSkill
from teamhub.missions.states import MOST_MORE_SKILLS
from teamhub.missions.terms import Terms, terms_of
from teamhub.people.models import DIVISION_LEVEL, Unit


@dataclass(frozen=True)
class MoreSkill:
    """A further skill a seat asks for, at a level (1–4). It must be there if ``required``, else is a wish."""

    skill_id: int
    level: int
    required: bool = True


@dataclass(frozen=True)
class Need:
    """What a seat asks for: role, skill and level (1–4), share of working time in percent, period.

    Beside it: ``more`` skills, the division somebody must or must not come from, a place and a language.
    """

    role: str
    skill_id: int | None
    level: int | None
    share: int
    starts_on: date
    ends_on: date
    stretch: bool = False
    from_division_id: int | None = None
    not_division_id: int | None = None
    place_id: int | None = None
    language: WorkLanguage | None = None
    more: tuple[MoreSkill, ...] = ()

    def columns(self) -> dict[str, object]:
        """Return what stands in the seat's own row."""
        return {name: value for name, value in vars(self).items() if name != "more"}


def check(need: Need) -> None:
    """Raise DomainError, with its field, unless a need makes sense."""
    check_terms(terms_of(need))
    if need.level is not None and not 1 <= need.level <= 4:
        raise DomainError(_("Nivået går fra 1 til 4."), field="level")
    _check_skills(need)
    _check_where(need)


def check_terms(terms: Terms) -> None:
    """Refuse terms that make no sense, whoever asks for them."""
    if not 1 <= terms.share <= 100:
        raise DomainError(_("Andelen må være mellom 1 og 100 prosent."), field="share")
    if terms.ends_on < terms.starts_on:
        raise DomainError(_("Perioden kan ikke slutte før den begynner."), field="ends_on")


def _check_skills(need: Need) -> None:
    asked = [need.skill_id, *(more.skill_id for more in need.more)]
    if len(set(asked)) < len(asked) or len(need.more) > MOST_MORE_SKILLS:
        raise DomainError(_("Velg hver ferdighet bare én gang."), field="skill_id")
    if any(more.level not in LEVELS for more in need.more):
        raise DomainError(_("Nivået går fra 1 til 4."), field="level")


def _check_where(need: Need) -> None:
    divisions = {need.from_division_id, need.not_division_id} - {None}
    if need.from_division_id is not None and need.from_division_id == need.not_division_id:
        raise DomainError(_("Ingen kan både komme fra området og ikke."), field="not_division_id")
    known = select(Unit.id).where(Unit.id.in_(divisions), Unit.level == DIVISION_LEVEL)
    if divisions and set(db.session.scalars(known)) != divisions:
        raise DomainError(_("Velg et område fra lista."), field="from_division_id")
    if need.place_id is not None and db.session.get(Place, need.place_id) is None:
        raise DomainError(_("Velg et sted fra lista."), field="place_id")


def ask_for_more(seat: Seat, more: tuple[MoreSkill, ...]) -> Changes:
    """Let a seat ask for just these further skills, and return what is new."""
    s = SeatSkill
    rows = db.session.execute(select(s.skill_id, s.level, s.required).where(s.seat_id == seat.id))
    old = sorted([*row] for row in rows)
    new = sorted([one.skill_id, one.level, one.required] for one in more)
    if old == new:
        return {}
    db.session.execute(delete(s).where(s.seat_id == seat.id))
    db.session.add_all(s(seat_id=seat.id, **vars(one)) for one in more)
    flag_modified(seat, "role")  # the seat's own version counts what stands beside it too
    return {"more": [old, new]}
