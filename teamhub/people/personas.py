"""The people of the demo one can try Teamhub as. Their addresses are part of the contract."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from teamhub.core.db import db
from teamhub.core.i18n import LazyString, _l
from teamhub.core.text import initials
from teamhub.people.models import Person, Unit

DEMO_PASSWORD = "teamhub-demo"  # noqa: S105 - published on purpose; `flask check --production` refuses it

PERSONAS: dict[str, LazyString] = {
    "employee@demo.example": _l("Melder inn det som bør bli bedre"),
    "proposer@demo.example": _l("Venter på svar på egne utfordringer"),
    "agent@demo.example": _l("Hjelper kolleger med å foreslå"),
    "lead@demo.example": _l("Leder tre oppdrag"),
    "unitmanager@demo.example": _l("Blir spurt om folkenes tid"),
    "director@demo.example": _l("Følger området sitt"),
    "office@demo.example": _l("Svarer på utfordringer"),
    "board@demo.example": _l("Beslutter, og eier oppdrag"),
    "union@demo.example": _l("Er med før det avgjøres"),
    "safety@demo.example": _l("Ser etter arbeidsmiljøet"),
    "dpo@demo.example": _l("Ser etter personvernet"),
    "admin@demo.example": _l("Holder orden på kontoer og verv"),
}


@dataclass(frozen=True)
class Persona:
    """One to try Teamhub as."""

    email: str
    name: str
    place: str
    does: LazyString
    initials: str


def listed() -> list[Persona]:
    """Return the personas that exist, in the contract's order."""
    rows = db.session.execute(
        select(Person.email, Person.name, Person.job_title, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.email.in_(PERSONAS), Person.is_active)
    )
    found = {
        email: Persona(email, name, f"{title}, {unit}", PERSONAS[email], initials(name))
        for email, name, title, unit in rows
    }
    return [found[email] for email in PERSONAS if email in found]


def find(email: str) -> int | None:
    """Return the id of the persona with an address; None for anybody else, so no other account opens."""
    return db.session.scalar(select(Person.id).where(Person.email == email)) if email in PERSONAS else None
