"""Who is acting, with everything a rule may need to know, already loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is, beyond being employed. All but the first two are offices (verv) held for a unit."""

    EMPLOYEE = "employee"
    SYSTEM = "system"
    DIGITAL_AGENT = "digital_agent"
    UNIT_MANAGER = "unit_manager"
    DIRECTOR = "director"
    PORTFOLIO_OFFICE = "portfolio_office"
    BOARD_MEMBER = "board_member"
    UNION_REPRESENTATIVE = "union_representative"
    SAFETY_REPRESENTATIVE = "safety_representative"
    DPO = "dpo"
    ADMIN = "admin"


OFFICES = tuple(role for role in Role if role not in {Role.EMPLOYEE, Role.SYSTEM})


@dataclass(frozen=True)
class Actor:
    """One who acts. Loaded once per request; rules read it and never query.

    ``managed_units`` holds the ids of the units the actor leads, with every unit below them;
    the mission sets hold ids of missions the actor leads, owns, has an agreed seat in, or follows by an
    office without a seat;
    ``assessing`` of challenges the actor is asked to assess and has not.
    """

    id: int | None
    name: str = ""
    unit_id: int | None = None
    division_id: int | None = None
    roles: frozenset[Role] = frozenset({Role.EMPLOYEE})
    managed_units: frozenset[int] = frozenset()
    missions_led: frozenset[int] = frozenset()
    missions_owned: frozenset[int] = frozenset()
    missions_joined: frozenset[int] = frozenset()
    missions_partnered: frozenset[int] = frozenset()
    assessing: frozenset[int] = frozenset()


SYSTEM = Actor(id=None, name="Teamhub", roles=frozenset({Role.SYSTEM}))
"""The actor of commands nobody runs in person: imports from the command line, demo data, upkeep."""
