"""What the tests of the security log share: reading it, and somebody who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import SecurityEntry


@pytest.fixture
def unit(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def kari(make, unit):
    return make.person("Kari Nordmann", unit=unit, email="kari@test.example")


@pytest.fixture
def admin(make, unit):
    return make.person("Admin Lie", Role.ADMIN, unit=unit)


@pytest.fixture
def logged(db):
    """Return the lines of the security log, the oldest first, without the one that says it began."""

    def read():
        db.session.expire_all()
        lines = select(SecurityEntry).where(SecurityEntry.kind != "log_begun").order_by(SecurityEntry.id)
        return list(db.session.scalars(lines))

    return read
