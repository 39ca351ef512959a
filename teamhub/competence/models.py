"""The skill list, and what each person can, wants to learn and has time for, as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.competence.states import Assignment, Outcome, WorkLanguage
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.people.models import Person


class Skill(Base):
    """One skill of the controlled list, named in the three languages.

    ``synonyms`` are parted by «|». A retired one stays where it is used, but is not offered.
    """

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)
    nb: Mapped[str] = mapped_column(String(100))
    nn: Mapped[str] = mapped_column(String(100))
    en: Mapped[str] = mapped_column(String(100))
    synonyms: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    area: Mapped[str] = mapped_column(Code, default="", server_default=text("''"))
    retired: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def said_as(self) -> list[str]:
        """The synonyms, one by one."""
        return [word for word in self.synonyms.split("|") if word]

    def name(self, language: str) -> str:
        """Return the skill's name in ``language`` (nb, nn or en)."""
        return {"nn": self.nn, "en": self.en}.get(language, self.nb)


class SkillSuggestion(Base):
    """A skill somebody misses on the list. ``outcome`` is None until the office has answered.

    ``skill_id`` is the skill it became, or is another word for; ``answer`` is why it was declined.
    """

    __tablename__ = "skill_suggestion"
    __table_args__ = (Index(None, "outcome", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    why: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[Outcome | None] = mapped_column(Code)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    skill: Mapped[Skill | None] = relationship(lazy="raise_on_sql")


class PersonSkill(Base):
    """What a person says of a skill: a ``level`` from 1 to 4 if any, and whether they want to learn more.

    Nobody else sees it, or anything counted from it, unless it is ``shared``.
    """

    __tablename__ = "person_skill"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        Index(None, "skill_id", "shared"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    level: Mapped[int | None]
    wants: Mapped[bool] = mapped_column(default=False)
    shared: Mapped[bool] = mapped_column(default=False)

    skill: Mapped[Skill] = relationship(lazy="raise_on_sql")


class Place(Base):
    """Where one can work, named by the office. A retired one stays where it is used, but is not offered."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class PersonLanguage(Base):
    """A language a person says they can work in. Nobody else sees it unless it is ``shared``."""

    __tablename__ = "person_language"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[WorkLanguage] = mapped_column(Code, primary_key=True)
    shared: Mapped[bool] = mapped_column(default=False)


class PersonPlace(Base):
    """A place a person says they can work at. Nobody else sees it unless it is ``shared``."""

    __tablename__ = "person_place"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True, index=True)
    shared: Mapped[bool] = mapped_column(default=False)

    place: Mapped[Place] = relationship(lazy="raise_on_sql")


class Openness(Base):
    """A kind of assignment a person may be asked for, with the most ``hours`` a week. No row: do not ask."""

    __tablename__ = "openness"
    __table_args__ = (CheckConstraint("hours BETWEEN 1 AND 40", name="hours"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Assignment] = mapped_column(Code, primary_key=True)
    hours: Mapped[int]


class WorkingTime(Base):
    """How much of a full position a person works, in percent. No row: all of it."""

    __tablename__ = "working_time"
    __table_args__ = (CheckConstraint("share BETWEEN 1 AND 100", name="share"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    share: Mapped[int]


class Absence(Base):
    """A period a person is away, from the first day to the last. Why is nobody's business."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index(None, "person_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
