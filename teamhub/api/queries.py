"""Reads of keys: one's own, and whose a key is that somebody sends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.api.models import ApiToken
from teamhub.api.states import Scope
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.people.models import Person


@dataclass(frozen=True)
class Token:
    """A key as its owner sees it: all but the key."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_on: date
    last_used_on: date | None

    @property
    def has_expired(self) -> bool:
        return self.expires_on < clock.today()


@dataclass(frozen=True)
class Holder:
    """Whose key somebody sent, what it is good for, and the language its owner reads."""

    token_id: int
    person_id: int
    locale: str | None
    scopes: frozenset[Scope]
    last_used_on: date | None


def token_hash(token: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def written(scopes: Iterable[Scope]) -> str:
    """Return scopes as a key's row has them."""
    return " ".join(sorted(scopes))


def _read(scopes: str) -> tuple[Scope, ...]:
    """Return the scopes of a row; what no version of ours knows any more is good for nothing."""
    return tuple(Scope(code) for code in scopes.split() if code in list(Scope))


def tokens(actor: Actor) -> list[Token]:
    """Return the actor's own keys, the newest first."""
    t = ApiToken
    rows = db.session.execute(
        select(t.id, t.name, t.scopes, t.created_at, t.expires_on, t.last_used_on)
        .where(t.person_id == actor.id)
        .order_by(t.id.desc())
    )
    return [Token(row.id, row.name, _read(row.scopes), *row[3:]) for row in rows]


def own_token(actor: Actor, token_id: int) -> ApiToken | None:
    """Return one of the actor's own keys."""
    return db.session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == actor.id))


def holder(token: str) -> Holder | None:
    """Return whose key this is, if it is good today."""
    t = ApiToken
    row = db.session.execute(
        select(t.id, t.person_id, Person.locale, t.scopes, t.last_used_on)
        .join(Person, Person.id == t.person_id)
        .where(t.token_hash == token_hash(token), t.expires_on >= clock.today())
    ).one_or_none()
    return Holder(*row[:3], frozenset(_read(row.scopes)), row.last_used_on) if row else None
