"""Many who sign in at the same moment leave one chain, whole and in order (quality.md R72, D5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from teamhub import create_app
from teamhub.audit.models import SecurityEntry
from teamhub.audit.verifying import verify
from teamhub.core.db import db
from teamhub.people import commands
from teamhub.people.sign_in import load_actor
from tests.databases import DATABASES
from tests.factories import Make

AT_ONCE = 8
TIMES_EACH = 5


@pytest.fixture
def own_app(settings):
    """An app on a database of its own, where what is committed stays committed."""

    class Settings(settings):
        DATABASE_URL = DATABASES.new()

    app = create_app(Settings)
    with app.app_context():
        db.session().info["writes_allowed"] = True
        Make(db.session).person("Kari")
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_many_at_once_make_one_chain(own_app):
    def sign_in_again_and_again(_who):
        with own_app.app_context():
            actor = load_actor(1)
            for _ in range(TIMES_EACH):
                commands.start_session(actor, device="Chrome")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(sign_in_again_and_again, range(AT_ONCE)))

    signed_in = select(func.count()).where(SecurityEntry.kind == "signed_in")
    assert db.session.scalar(signed_in) == AT_ONCE * TIMES_EACH
    assert verify() == []


def test_a_walk_through_the_log_is_not_disturbed_by_those_who_write(own_app):
    def sign_in_again_and_again():
        with own_app.app_context():
            actor = load_actor(1)
            for _ in range(AT_ONCE * TIMES_EACH):
                commands.start_session(actor, device="Chrome")

    def walk():
        with own_app.app_context():
            return verify()

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(sign_in_again_and_again)
        found = [pool.submit(walk).result()]
        while not writing.done():
            found.append(pool.submit(walk).result())

    assert [findings for findings in found if findings] == []
    assert writing.result() is None
