"""Reads of who holds which address, for its owner and for the feed it opens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.feeds.models import FeedToken
from teamhub.feeds.states import Feed
from teamhub.people.models import Person


@dataclass(frozen=True)
class Address:
    """An address as its owner sees it: all but the key. ``mark`` tells it from the one made after it."""

    feed: Feed
    mark: str
    created_at: datetime
    expires_on: date
    last_used_on: date | None

    @property
    def has_expired(self) -> bool:
        return self.expires_on < clock.today()


@dataclass(frozen=True)
class Holder:
    """Whose address somebody came by, and the language they read."""

    token_id: int
    person_id: int
    locale: str | None
    created_at: datetime
    last_used_on: date | None


def token_hash(token: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def mark_of(row: FeedToken) -> str:
    """Return what tells an address from any other, and opens nothing."""
    return row.token_hash[:12]


def addresses(actor: Actor) -> dict[Feed, Address]:
    """Return the actor's own addresses."""
    rows = db.session.scalars(select(FeedToken).where(FeedToken.person_id == actor.id))
    found = [
        Address(Feed(row.path), mark_of(row), row.created_at, row.expires_on, row.last_used_on)
        for row in rows
    ]
    return {address.feed: address for address in found}


def holder(token: str, feed: Feed) -> Holder | None:
    """Return whose key this is, if it opens ``feed`` today. A key opens the one feed it was made for."""
    row = db.session.execute(
        select(FeedToken.id, FeedToken.person_id, Person.locale, FeedToken.created_at, FeedToken.last_used_on)
        .join(Person, Person.id == FeedToken.person_id)
        .where(
            FeedToken.token_hash == token_hash(token),
            FeedToken.path == feed,
            FeedToken.expires_on >= clock.today(),
        )
    ).one_or_none()
    return Holder(*row) if row else None
