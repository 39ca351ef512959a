"""Database handle, base class, column types, and what SQLite must be told on each connection."""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, MetaData, String, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_TIMEOUT_MS = 10_000


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as naive UTC so that SQLite and PostgreSQL order it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Base of all models. Ours, not the extension's, so that mypy sees the columns."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON},
    )


# Codes and enum values: short, compared byte by byte on both engines.
Code = String(40)

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

about_to_write: ContextVar[bool] = ContextVar("about_to_write", default=False)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(dbapi_connection: object, _record: object) -> None:
    """Durable, enforced and patient: quality.md D5."""
    if isinstance(dbapi_connection, sqlite3.Connection):
        dbapi_connection.isolation_level = None  # SQLAlchemy emits BEGIN, see below
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
        ):
            dbapi_connection.execute(f"PRAGMA {pragma}")
        # SQLite's own lower() knows only A–Z: «åsheim» must find «Åsheim».
        dbapi_connection.create_function("lower", 1, _lower, deterministic=True)


@event.listens_for(Engine, "do_connect")
def _prepare_postgresql(dialect: Any, _record: object, _args: Any, parameters: dict[str, Any]) -> None:
    """Compile no query: a page has many joins and few rows, and compiling them takes seconds."""
    if dialect.name == "postgresql":
        parameters["options"] = f"{parameters.get('options', '')} -c jit=off".strip()


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when a write will follow: a read upgraded later fails at once."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if about_to_write.get() else "BEGIN")
