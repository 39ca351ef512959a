"""Making, replacing and taking away the addresses of a person's own feeds."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import or_, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import Conflict
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.masking import FEED_KEY
from teamhub.core.transaction import command
from teamhub.feeds.events import FeedClosed, FeedOpened, FeedReset
from teamhub.feeds.models import FeedToken
from teamhub.feeds.queries import mark_of, token_hash
from teamhub.feeds.states import Feed
from teamhub.people.models import Person

LASTS = timedelta(days=365)
KEY_BYTES = 32


@command
def make_address(actor: Actor, feed: Feed, *, replaces: str) -> str:
    """Give the actor a new key to ``feed`` and return it: it is never to be had again. The old one dies.

    ``replaces`` is the mark of the address the actor saw, "" when there was none. Raises Conflict when
    that is not the one there is: a page sent twice must not kill the address just made.
    """
    authorize(actor, Action.FEED_MANAGE)
    db.session.get(Person, actor.id, with_for_update=True)  # one at a time: two would both be the first
    row = _own(actor, feed)
    if (mark_of(row) if row else "") != replaces:
        raise Conflict(_("Adressen er laget på nytt siden du åpnet siden. Se hva som gjelder nå."), row)
    happened = FeedReset if row else FeedOpened
    token = FEED_KEY + secrets.token_urlsafe(KEY_BYTES)
    row = row or FeedToken(person_id=actor.id, path=feed)
    row.token_hash, row.created_at, row.last_used_on = token_hash(token), clock.now(), None
    row.expires_on = clock.today() + LASTS
    db.session.add(row)
    emit(db.session(), happened(actor_id=actor.id, object_id=actor.id or 0, path=feed))
    return token


@command
def close(actor: Actor, feed: Feed) -> None:
    """Take the actor's address for ``feed`` away. Closing what is not open changes nothing."""
    authorize(actor, Action.FEED_MANAGE)
    row = _own(actor, feed)
    if row is not None:
        db.session.delete(row)
        emit(db.session(), FeedClosed(actor_id=actor.id, object_id=actor.id or 0, path=feed))


@command
def note_use(actor: Actor, token_id: int) -> None:
    """Keep that a key was used today: the day, for its owner alone, and no more than once a day."""
    authorize(actor, Action.FEED_MANAGE)
    today = clock.today()
    db.session.execute(
        update(FeedToken)
        .where(
            FeedToken.id == token_id,
            FeedToken.person_id == actor.id,
            or_(FeedToken.last_used_on.is_(None), FeedToken.last_used_on < today),
        )
        .values(last_used_on=today)
    )


def _own(actor: Actor, feed: Feed) -> FeedToken | None:
    return db.session.scalar(select(FeedToken).where(FeedToken.person_id == actor.id, FeedToken.path == feed))
