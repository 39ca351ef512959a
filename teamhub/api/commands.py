"""Making and revoking the keys people give to programs."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, or_, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.api.events import TokenMade, TokenRevoked
from teamhub.api.models import ApiToken
from teamhub.api.queries import own_token, token_hash, written
from teamhub.api.states import Scope
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.masking import API_KEY
from teamhub.core.transaction import command
from teamhub.people.models import Person

LASTS_AT_MOST = timedelta(days=365)
KEY_BYTES = 32
MOST_TOKENS = 20


@command
def make_token(actor: Actor, *, name: str, scopes: Collection[Scope], expires_on: date) -> str:
    """Give the actor a new key and return it: it is never to be had again.

    Raises DomainError, with its field, when the name is taken, the day is not within a year, or it is to be
    good for nothing. A form sent twice makes one, for no two have the same name.
    """
    authorize(actor, Action.TOKEN_MANAGE)
    db.session.get(Person, actor.id, with_for_update=True)  # one at a time: two would both have the name
    _check(actor, name, scopes, expires_on)
    token = API_KEY + secrets.token_urlsafe(KEY_BYTES)
    row = ApiToken(
        person_id=actor.id or 0,
        name=name,
        token_hash=token_hash(token),
        scopes=written(scopes),
        expires_on=expires_on,
    )
    db.session.add(row)
    made = TokenMade(
        actor_id=actor.id,
        object_id=actor.id or 0,
        name=name,
        scopes=[str(scope) for scope in sorted(scopes)],
        expires_on=expires_on.isoformat(),
    )
    emit(db.session(), made)
    return token


@command
def revoke(actor: Actor, token_id: int) -> None:
    """Take one of the actor's own keys away. Nothing happens when it is gone already."""
    authorize(actor, Action.TOKEN_MANAGE)
    row = own_token(actor, token_id)
    if row is not None:
        db.session.delete(row)
        emit(db.session(), TokenRevoked(actor_id=actor.id, object_id=actor.id or 0, name=row.name))


@command
def note_use(actor: Actor, token_id: int) -> None:
    """Keep that a key was used today: the day, for its owner alone, and no more than once a day."""
    authorize(actor, Action.TOKEN_MANAGE)
    today = clock.today()
    db.session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            ApiToken.person_id == actor.id,
            or_(ApiToken.last_used_on.is_(None), ApiToken.last_used_on < today),
        )
        .values(last_used_on=today)
    )


def _check(actor: Actor, name: str, scopes: Collection[Scope], expires_on: date) -> None:
    if not name:
        raise DomainError(_("Gi nøkkelen et navn."), field="name")
    if not scopes:
        raise DomainError(_("Velg minst én ting nøkkelen kan brukes til."), field="scopes")
    today = clock.today()
    if not today < expires_on <= today + LASTS_AT_MOST:
        raise DomainError(_("Velg en dag fra i morgen til et år fram i tid."), field="expires_on")
    mine = ApiToken.person_id == actor.id
    if db.session.scalar(select(ApiToken.id).where(mine, ApiToken.name == name)) is not None:
        raise DomainError(
            _("Du har alt en nøkkel med det navnet. Slå den av først, eller velg et annet navn."),
            field="name",
        )
    if (db.session.scalar(select(func.count(ApiToken.id)).where(mine)) or 0) >= MOST_TOKENS:
        raise DomainError(_("Du har for mange nøkler. Slå av en du ikke bruker."), field="name")
