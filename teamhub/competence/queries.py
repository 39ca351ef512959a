"""Reads of the list of skills."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.competence.models import Skill
from teamhub.core.db import db
from teamhub.core.i18n import language


def skill_choices() -> list[tuple[int, str]]:
    """Return the skills a seat can ask for, by name in the reader's language."""
    skills = db.session.scalars(select(Skill))
    return sorted(((skill.id, skill.name(language())) for skill in skills), key=lambda pair: pair[1])
