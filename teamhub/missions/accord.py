"""What people in and around a team have agreed, or propose: terms, the team's agreement, and its partners."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import Side
from teamhub.people.models import Person


class SeatOffer(Base):
    """Other terms for a seat, proposed by one side of its time contract; all there were are kept.

    With an ``invitation_id`` it is a counter-offer, and the lead's side answers. Without, it changes what
    is agreed, and holds when all three say yes. ``accepted`` stays None for what was withdrawn, replaced
    or overtaken. ``answer`` is the word of ``answered_by``.
    """

    __tablename__ = "seat_offer"
    __table_args__ = (
        CheckConstraint("share BETWEEN 1 AND 100", name="share"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index(None, "seat_id", "closed_at"),
        Index(None, "person_id", "closed_at"),
        Index(None, "manager_id", "closed_at"),
        Index(None, "unit_id", "closed_at"),
        Index(None, "mission_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"))
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"))
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    side: Mapped[Side] = mapped_column(Code)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    share: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    person_says: Mapped[bool | None]
    manager_says: Mapped[bool | None]
    lead_says: Mapped[bool | None]
    accepted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql")
    mission: Mapped[Mission] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[by_id])
    answered_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by_id])

    def says(self, side: Side) -> bool | None:
        """Return what a side has said: None until it has."""
        said: bool | None = getattr(self, f"{side}_says")
        return said

    def say(self, side: Side, *, answer: bool) -> None:
        """Let a side say yes or no."""
        setattr(self, f"{side}_says", answer)


class TeamAgreement(Base):
    """How a team has agreed to work together, in four parts of which some may be empty.

    New words are a new ``version``, and ask everybody anew.
    """

    __tablename__ = "team_agreement"

    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), primary_key=True)
    meets: Mapped[str] = mapped_column(Text, default="")
    decides: Mapped[str] = mapped_column(Text, default="")
    shares: Mapped[str] = mapped_column(Text, default="")
    disagrees: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class AgreementYes(Base):
    """Somebody stands by their team's agreement as it is worded now. When they said so is not kept."""

    __tablename__ = "agreement_yes"

    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)


class MissionPartner(Base):
    """Somebody who follows a mission for those who work, by an office (verv) they hold, without a seat.

    It counts for as long as they hold the office. The office only: never a union, nor a membership.
    """

    __tablename__ = "mission_partner"

    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[Role] = mapped_column(Code)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
