"""The controlled list of skills from a file: codes, names in three languages, synonyms and areas."""

from __future__ import annotations

import re

from sqlalchemy import select

from teamhub.competence.curating import SkillWords
from teamhub.competence.models import Skill
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.exchange.rows import Outcome, RowReader

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def take(reader: RowReader, outcome: Outcome) -> None:
    """Create and change skills as the file says, matched on their code. None is taken away or retired."""
    there = {skill.code: skill for skill in db.session.scalars(select(Skill))}
    called = {skill.nb.casefold(): skill.code for skill in there.values()}
    for row in reader.read():
        code = str(row.fields["code"])
        said = {name: str(value or "") for name, value in row.fields.items() if name != "code"}
        if not _CODE.fullmatch(code):
            reader.refuse(row.row, "code", _("Bruk små bokstaver a–z, tall og bindestrek."))
        elif called.setdefault(said["nb"].casefold(), code) != code:
            reader.refuse(
                row.row,
                "nb",
                _("«%(name)s» heter også «%(code)s».", name=said["nb"], code=called[said["nb"].casefold()]),
            )
        elif not reader.errors:
            _keep(there.get(code), code, said, outcome)


def _keep(skill: Skill | None, code: str, said: dict[str, str], outcome: Outcome) -> None:
    """Write a skill as the file says. What it has no column for stays as it is."""
    kept = {name: getattr(skill, name) for name in ("nn", "en", "synonyms", "area")} if skill else {}
    columns = SkillWords(**({"nn": "", "en": ""} | kept | said)).columns()
    if skill is None:
        db.session.add(Skill(code=code, **columns))
        outcome.created += 1
    elif columns != {name: getattr(skill, name) for name in columns}:
        for name, value in columns.items():
            setattr(skill, name, value)
        outcome.changed += 1
    else:
        outcome.unchanged += 1
