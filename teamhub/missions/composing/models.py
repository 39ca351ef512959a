"""Teams somebody keeps to think about, and the bounds of what a lead may weigh, as tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.people.models import Person


class TeamDraft(Base):
    """A team that is only thought of: nobody is asked, and nobody but lead and owner sees it."""

    __tablename__ = "team_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    made_by: Mapped[Person] = relationship(lazy="raise_on_sql")
    places: Mapped[list[DraftPlace]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="DraftPlace.seat_id"
    )

    @property
    def placements(self) -> list[str]:
        """Return who has which seat, as an address tells it: «seat.person»."""
        return [f"{place.seat_id}.{place.person_id}" for place in self.places]


class DraftPlace(Base):
    """Who would have a seat in a draft."""

    __tablename__ = "team_draft_place"

    draft_id: Mapped[int] = mapped_column(ForeignKey("team_draft.id", ondelete="CASCADE"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class WeightBound(Base):
    """The least and the most points the board lets a lead give a term of the objective."""

    __tablename__ = "weight_bound"
    __table_args__ = (CheckConstraint("least BETWEEN 0 AND most AND most <= 200", name="bounds"),)

    term: Mapped[str] = mapped_column(Code, primary_key=True)
    least: Mapped[int]
    most: Mapped[int]
