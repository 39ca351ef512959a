"""The skill list as a table."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core.db import Base, Code


class Skill(Base):
    """One skill of the controlled list, named in the three languages."""

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)
    nb: Mapped[str] = mapped_column(String(100))
    nn: Mapped[str] = mapped_column(String(100))
    en: Mapped[str] = mapped_column(String(100))

    def name(self, language: str) -> str:
        """Return the skill's name in ``language`` (nb, nn or en)."""
        return {"nn": self.nn, "en": self.en}.get(language, self.nb)
