"""Searches somebody keeps, and telling them of what is new in those they want to hear from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, func, or_, select, update
from werkzeug.datastructures import MultiDict

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize, can
from teamhub.challenges.events import SearchFound, SearchKept, SearchRemoved
from teamhub.challenges.explore import Search, narrow, parse
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import whose
from teamhub.challenges.voices import SavedSearch
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people.sign_in import load_actor

MOST_KEPT = 30
LONGEST_ADDRESS = 2000
SETTLED = timedelta(minutes=2)
"""What is younger is looked for next time: a command that began before may not have ended yet."""
AT_A_TIME = 200


@dataclass(frozen=True)
class Alert:
    """A search somebody wants to hear from, and up to when it has been looked through."""

    id: int
    person_id: int
    address: str
    looked_at: datetime


def of(actor: Actor) -> list[SavedSearch]:
    """Return the searches the actor keeps, by name."""
    mine = select(SavedSearch).where(SavedSearch.person_id == actor.id)
    return sorted(db.session.scalars(mine), key=lambda kept: kept.name.casefold())


def get(actor: Actor, search_id: int) -> SavedSearch | None:
    """Return a search the actor keeps."""
    mine = (SavedSearch.id == search_id, SavedSearch.person_id == actor.id)
    return db.session.scalar(select(SavedSearch).where(*mine))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on kept searches that they are the actor's own, who may still look."""
    return SavedSearch.person_id == (actor.id if can(actor, Action.CHALLENGE_LIST) else None)


def as_search(kept: SavedSearch | Alert) -> Search:
    """Return what a kept search looks for."""
    return parse(MultiDict(parse_qsl(kept.address)))


@command
def keep(actor: Actor, search: Search, name: str, *, alerts: bool) -> int:
    """Keep a search and return its id. The same one again is called and tells as said last.

    Raises DomainError when the actor keeps too many already.
    """
    authorize(actor, Action.CHALLENGE_LIST)
    if len(search.address) > LONGEST_ADDRESS:
        raise DomainError(_("Søket er for langt til å lagres. Velg færre områder."), field="name")
    mine = of(actor)
    kept = next((one for one in mine if one.address == search.address), None)
    if kept is None:
        if len(mine) >= MOST_KEPT:
            raise DomainError(
                _("Du har alt lagret %(most)d søk. Slett et du ikke bruker.", most=MOST_KEPT), field="name"
            )
        kept = SavedSearch(person_id=actor.id, address=search.address)
        db.session.add(kept)
    elif (kept.name, kept.alerts) == (name, alerts):
        return kept.id
    _call(actor, kept, name, alerts=alerts)
    return kept.id


@command
def change(actor: Actor, search_id: int, name: str, *, alerts: bool, version: int) -> None:
    """Call a kept search something else, or hear from it or not. Raises Conflict when it has moved on."""
    authorize(actor, Action.CHALLENGE_LIST)
    kept = get(actor, search_id)
    if kept is None:
        raise DomainError(_("Søket er slettet."))
    if kept.version != version:
        raise Conflict(_("Søket er endret siden du åpnet det."), kept)
    if (kept.name, kept.alerts) != (name, alerts):
        _call(actor, kept, name, alerts=alerts)


@command
def remove(actor: Actor, search_id: int) -> None:
    """Keep a search no longer. Nothing happens when it is gone already."""
    authorize(actor, Action.CHALLENGE_LIST)
    kept = get(actor, search_id)
    if kept is not None:
        db.session.delete(kept)
        emit(db.session(), SearchRemoved(actor_id=actor.id, object_id=search_id))


def _call(actor: Actor, kept: SavedSearch, name: str, *, alerts: bool) -> None:
    if alerts and not kept.alerts:
        kept.looked_at = clock.now()
    kept.name, kept.alerts = name, alerts
    db.session.flush()
    emit(db.session(), SearchKept(actor_id=actor.id, object_id=kept.id))


def look(actor: Actor) -> int:
    """Look through every search somebody wants to hear from, and tell of what is new. Return how many had.

    Holds no transaction while it looks. Done twice it tells once: only who finds ``looked_at`` as it was
    tells.
    """
    until = clock.now() - SETTLED
    told = 0
    alerts = [alert for alert in _alerts() if alert.looked_at < until]
    if not alerts or not _anything_since(min(alert.looked_at for alert in alerts), until):
        return 0
    for start in range(0, len(alerts), AT_A_TIME):
        some = alerts[start : start + AT_A_TIME]
        told += _tell(actor, _found(some, until), until)
    return told


def _alerts() -> list[Alert]:
    s = SavedSearch
    rows = db.session.execute(
        select(s.id, s.person_id, s.address, s.looked_at).where(s.alerts).order_by(s.person_id, s.id)
    )
    return [Alert(*row) for row in rows]


def _anything_since(since: datetime, until: datetime) -> bool:
    c = Challenge
    moved = or_(c.submitted_at.between(since, until), c.state_since.between(since, until))
    return db.session.scalar(select(c.id).where(moved).limit(1)) is not None


def _found(alerts: list[Alert], until: datetime) -> dict[Alert, int]:
    """Return how many challenges are new in each search, as its owner may see them now."""
    found: dict[Alert, int] = {}
    for person_id, theirs in groupby(alerts, key=lambda alert: alert.person_id):
        owner = load_actor(person_id)
        if owner is not None and can(owner, Action.CHALLENGE_LIST):
            found |= {alert: _new_in(owner, alert, until) for alert in theirs}
    return found


def _new_in(owner: Actor, alert: Alert, until: datetime) -> int:
    """Count what was submitted since last time, or came to a state the search names; none of one's own."""
    search, c = as_search(alert), Challenge
    since = alert.looked_at
    new = (c.submitted_at > since) & (c.submitted_at <= until)
    if search.states:
        new |= (c.state_since > since) & (c.state_since <= until)
    count = select(func.count(c.id)).where(new, whose.is_distinct_from(owner.id))
    return db.session.scalar(narrow(count, owner, search)) or 0


@command
def _tell(actor: Actor, found: Mapping[Alert, int], until: datetime) -> int:
    authorize(actor, Action.JOB_RUN)
    told, s = 0, SavedSearch
    for alert, number in found.items():
        as_it_was = (s.id == alert.id, s.looked_at == alert.looked_at)
        moved = update(s).where(*as_it_was).values(looked_at=until, version=s.version).returning(s.id)
        if db.session.scalar(moved) is not None and number:
            emit(db.session(), SearchFound(actor_id=actor.id, object_id=alert.id, found=number))
            told += 1
    return told
