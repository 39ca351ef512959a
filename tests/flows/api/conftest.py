"""What the tests of the API share: keys as people make them, and a program that has nothing but one."""

from datetime import timedelta

import pytest

from teamhub.api import commands, pace
from teamhub.api.states import Scope
from teamhub.core import clock


@pytest.fixture(autouse=True)
def unhurried():
    """Each test begins with nothing asked this minute."""
    pace._counts.clear()


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT", code="IK"))


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def key_of(make):
    """Make a person's key, as the settings page does."""

    def made(person, *scopes, name="Regneark", days=90):
        expires_on = clock.today() + timedelta(days=days)
        return commands.make_token(
            make.actor(person), name=name, scopes=scopes or list(Scope), expires_on=expires_on
        )

    return made


@pytest.fixture
def ask(app, db):
    """Ask with a key and nothing else, as a program does."""

    def send(key, path, method="GET", **more):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **more)

    return send
