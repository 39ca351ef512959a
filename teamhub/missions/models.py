"""Missions, seats, invitations and status reports as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.access.actor import Role
from teamhub.challenges.models import Challenge
from teamhub.competence.models import Skill
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.missions.states import SEAT_TRANSITIONS, Light, Phase, SeatState, Side, Status
from teamhub.people.models import Person


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

    ``person_id`` is set from the moment somebody is asked (state requested) until the seat is free again.
    ``done_text`` is what the lead confirmed was done, when it is over.
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
    state: Mapped[SeatState] = mapped_column(Code, default=SeatState.OPEN)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_text: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    mission: Mapped[Mission] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
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
