"""What a connection to PostgreSQL is told before anything is asked of it."""

from sqlalchemy import text


def test_no_query_is_compiled(db):
    if db.engine.dialect.name == "postgresql":
        assert db.session.scalar(text("SHOW jit")) == "off"
