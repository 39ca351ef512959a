"""Missions, seats, invitations and status reports as tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.challenges.models import Challenge
from teamhub.competence.models import Place, Skill
from teamhub.competence.states import WorkLanguage
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.missions.states import SEAT_TRANSITIONS, Light, Phase, SeatState, Status
from teamhub.people.models import Person, Unit

if TYPE_CHECKING:
    from teamhub.missions.accord import SeatOffer, TeamAgreement


class Mission(Base):
    """A goal, bounded in time, that a team from across the organisation answers for."""

    __tablename__ = "mission"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period"),
        Index(None, "status", "phase"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text, default="")
    mandate: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    phase: Mapped[Phase] = mapped_column(Code, default=Phase.CONCEPT)
    status: Mapped[Status] = mapped_column(Code, default=Status.ACTIVE)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[owner_id])
    lead: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[lead_id])
    agreement: Mapped[TeamAgreement | None] = relationship(lazy="raise_on_sql", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class MissionChallenge(Base):
    """Which challenges a mission answers: the link up the chain."""

    __tablename__ = "mission_challenge"

    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), primary_key=True, index=True)

    challenge: Mapped[Challenge] = relationship(lazy="raise_on_sql")


class Seat(Base):
    """A place in a team: role and skill needed, share of working time in percent, period, and who fills it.

    The skill is the first it asks for, and must be there; ``more`` are further ones. Whoever fills it must
    come from ``from_division_id`` and not from ``not_division_id``, where they are set. ``person_id`` is set
    from the moment somebody is asked (state requested) until the seat is free again. ``done_text`` is what
    the lead confirmed was done, when it is over.
    """

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("share BETWEEN 1 AND 100", name="share"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 4", name="level"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("(state = 'open') = (person_id IS NULL)", name="person"),
        Index(None, "person_id", "state", "mission_id"),
        Index(None, "state", "mission_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(100))
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int | None]
    share: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    stretch: Mapped[bool] = mapped_column(default=False)
    from_division_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    not_division_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    language: Mapped[WorkLanguage | None] = mapped_column(Code)
    state: Mapped[SeatState] = mapped_column(Code, default=SeatState.OPEN)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_text: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    mission: Mapped[Mission] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    from_division: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[from_division_id])
    not_division: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[not_division_id])
    place: Mapped[Place | None] = relationship(lazy="raise_on_sql")
    announcement: Mapped[SeatAnnouncement | None] = relationship(lazy="raise_on_sql", viewonly=True)
    more: Mapped[list[SeatSkill]] = relationship(
        lazy="raise_on_sql", viewonly=True, order_by="SeatSkill.required.desc(), SeatSkill.skill_id"
    )
    invitations: Mapped[list[Invitation]] = relationship(
        lazy="raise_on_sql", viewonly=True, order_by="Invitation.id.desc()"
    )
    waiting_offers: Mapped[list[SeatOffer]] = relationship(
        lazy="raise_on_sql",
        viewonly=True,
        primaryjoin="and_(SeatOffer.seat_id == Seat.id, SeatOffer.closed_at.is_(None))",
        order_by="SeatOffer.id.desc()",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    def move_to(self, new: SeatState, *, person_id: int | None) -> None:
        """Move to ``new`` with ``person_id`` in the seat. Raises DomainError when the table says no."""
        if new not in SEAT_TRANSITIONS[SeatState(self.state)]:
            raise DomainError(_("Plassen har endret seg siden du så den sist."))
        self.state = new
        self.person_id = person_id


class SeatSkill(Base):
    """A further skill a seat asks for at a level: it must be there, or is wished for."""

    __tablename__ = "seat_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 4", name="level"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
    level: Mapped[int]
    required: Mapped[bool] = mapped_column(default=True)

    skill: Mapped[Skill] = relationship(lazy="raise_on_sql")


class SeatAnnouncement(Base):
    """An open seat made known to everybody until a day: what one does and learns there, and whom to ask.

    ``ended_at`` is set when it is taken down, or its last day has passed. It is gone when the seat is agreed.
    """

    __tablename__ = "seat_announcement"

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    curator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends_on: Mapped[date] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    curator: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def stands(self) -> bool:
        """Tell whether it is shown: the job that ends what is over runs once a day."""
        return self.ended_at is None and self.ends_on >= clock.today()


class SeatApplication(Base):
    """Somebody wants an announced seat. It waits until it is withdrawn, or the seat is agreed."""

    __tablename__ = "seat_application"
    __table_args__ = (UniqueConstraint("seat_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def waits(self) -> bool:
        return self.withdrawn_at is None and self.closed_at is None


class Invitation(Base):
    """The time contract in the making: a person is asked, then the line manager.

    ``person_says`` and ``manager_says`` are None until answered, then True or False. ``closed_at`` is
    set when it is settled: agreed by both, declined by one, or withdrawn. ``unit_id`` is the person's
    unit when asked. A reason is for the lead and the owner, not for everybody.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(None, "person_id", "closed_at"),
        Index(None, "manager_id", "closed_at"),
        Index(None, "unit_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer_by: Mapped[date]
    person_says: Mapped[bool | None]
    person_reason: Mapped[str] = mapped_column(Text, default="")
    person_at: Mapped[datetime | None]
    manager_says: Mapped[bool | None]
    manager_reason: Mapped[str] = mapped_column(Text, default="")
    manager_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql")
    mission: Mapped[Mission] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    manager: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[manager_id])


class SkillEvidence(Base):
    """Something a person did in a seat, put by themselves to one of their own skills.

    It is theirs: others see it only where the skill is shared.
    """

    __tablename__ = "skill_evidence"
    __table_args__ = (
        UniqueConstraint("person_id", "seat_id", "skill_id"),
        Index(None, "skill_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class StatusReport(Base):
    """How a mission was going on a day: five lights and a human note."""

    __tablename__ = "status_report"
    __table_args__ = (Index(None, "mission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    progress: Mapped[Light] = mapped_column(Code)
    economy: Mapped[Light] = mapped_column(Code)
    quality: Mapped[Light] = mapped_column(Code)
    risk: Mapped[Light] = mapped_column(Code)
    staffing: Mapped[Light] = mapped_column(Code)
    summary: Mapped[str] = mapped_column(Text)

    author: Mapped[Person | None] = relationship(lazy="raise_on_sql")
