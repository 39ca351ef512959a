"""What roles and management levels are called, in the reader's language."""

from __future__ import annotations

from teamhub.access.actor import Role
from teamhub.core.i18n import LazyString, _l

ROLES: dict[Role, LazyString] = {
    Role.EMPLOYEE: _l("Ansatt"),
    Role.DIGITAL_AGENT: _l("Digital agent"),
    Role.UNIT_MANAGER: _l("Virksomhetsleder"),
    Role.DIRECTOR: _l("Kommunalsjef"),
    Role.PORTFOLIO_OFFICE: _l("Porteføljekontoret"),
    Role.BOARD_MEMBER: _l("Porteføljestyret"),
    Role.UNION_REPRESENTATIVE: _l("Tillitsvalgt"),
    Role.SAFETY_REPRESENTATIVE: _l("Verneombud"),
    Role.DPO: _l("Personvernombud"),
    Role.ADMIN: _l("Systemadministrator"),
}
