"""Who is signed in: a key in the browser, its hash in the database, an actor in the request.

The idle clock travels in the signed cookie, so no time of use is ever stored (no «last seen»).
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, Response, abort, current_app, make_response, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy import bindparam, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor, Role
from teamhub.core import clock, text
from teamhub.core.db import db
from teamhub.core.htmx import htmx
from teamhub.core.problems import asked_by_program
from teamhub.core.redirects import safe_path
from teamhub.people.models import Office, Person, SignInSession, Unit
from teamhub.people.names import ROLES

login_manager = LoginManager()
login_manager.session_protection = None  # our sessions end on the server

SEEN_EVERY = 300
"""Seconds between renewals of the idle clock in the cookie."""

UNREAD = "unread"

LEADING = (Role.UNIT_MANAGER, Role.DIRECTOR)

# Statements are built once: putting one together costs more than running it.
_offices = (
    select(literal("office"), Office.kind, (_below := aliased(Unit)).id)
    .select_from(Office)
    .outerjoin(_led := aliased(Unit), (_led.id == Office.unit_id) & Office.kind.in_(LEADING))
    .outerjoin(_below, _below.path.startswith(_led.path))
    .where(
        Office.person_id == bindparam("person_id"),
        Office.valid_from <= bindparam("today"),
        or_(Office.valid_to.is_(None), Office.valid_to >= bindparam("today")),
    )
)
_facts: list[Any] = [_offices]


def add_actor_facts(*statements: Any) -> None:
    """Let a package above tell what a person is there, in the one statement that loads an actor.

    Each statement selects the name of an Actor field, a text and an id, for the parameter ``person_id``.
    It may use ``today`` and ``now``. The name UNREAD is no field, but a number for the top bar of pages.
    """
    _facts.extend(s for s in statements if not any(s is known for known in _facts))
    _all_facts.cache_clear()


@lru_cache(maxsize=1)
def _all_facts() -> Any:
    return union_all(*_facts)


@dataclass
class SignedIn(UserMixin):  # type: ignore[misc]
    """The signed-in person of a request, as Flask-Login knows it. Its id is the browser's key."""

    key: str
    session_id: int
    actor: Actor
    email: str
    locale: str | None
    color_scheme: str
    unread: int = 0

    def get_id(self) -> str:
        return self.key

    @property
    def id(self) -> int | None:
        return self.actor.id

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def initials(self) -> str:
        return text.initials(self.actor.name)


def register(app: Flask) -> None:
    """Make ``app`` know who is signed in."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    login_manager.unauthorized_handler(_ask_to_sign_in)
    app.jinja_env.globals["role_names"] = ROLES


def new_key() -> str:
    """Return a fresh key of 256 bits for a browser."""
    return secrets.token_urlsafe(32)


def key_hash(key: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def begin(key: str) -> None:
    """Let this browser hold ``key``, with nothing left of whatever session it had before."""
    session.clear()
    session["seen"] = int(clock.now().timestamp())
    user = _load(key)
    if user is not None:
        login_user(user)


_PERSON = (
    select(Person.id, Person.name, Person.unit_id, Unit.division_id)
    .join(Unit, Unit.id == Person.unit_id)
    .where(Person.id == bindparam("person_id"), Person.is_active)
)

_SESSION = (
    select(
        SignInSession.id.label("session_id"),
        Person.id,
        Person.name,
        Person.email,
        Person.unit_id,
        Person.locale,
        Person.color_scheme,
        Unit.division_id,
    )
    .join(Person, Person.id == SignInSession.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.created_at > bindparam("oldest"),
        Person.is_active,
    )
)


def load_actor(person_id: int) -> Actor | None:
    """Return the actor for an active person, as a request by that person would have it."""
    row = db.session.execute(_PERSON, {"person_id": person_id}).one_or_none()
    return _with_roles(Actor(row.id, row.name, row.unit_id, row.division_id))[0] if row else None


def people_of_sessions(session_ids: Collection[int]) -> dict[int, int]:
    """Return the active person behind each of these sign-ins that still stands. Needs no request."""
    oldest = clock.now() - timedelta(hours=current_app.config["SESSION_HOURS"])
    rows = db.session.execute(
        select(SignInSession.id, Person.id)
        .join(Person, Person.id == SignInSession.person_id)
        .where(SignInSession.id.in_(sorted(session_ids)), SignInSession.created_at > oldest, Person.is_active)
    )
    return dict(rows.all())


def in_background() -> bool:
    """Tell whether a page asks by itself, without anybody doing anything: that is no use of the session."""
    return request.headers.get("X-Background") == "1" or request.endpoint == "live.stream"


def _load(key: str) -> SignedIn | None:
    """Flask-Login's loader: the person behind a browser's key, if the session still stands.

    Programs send a key of their own: a browser's counts for nothing there, so nothing can be forged with it.
    """
    if asked_by_program():
        return None
    now = clock.now()
    seen = session.get("seen", 0)
    idle = now.timestamp() - seen
    if not 0 <= idle <= current_app.config["SESSION_IDLE_MINUTES"] * 60:
        return None
    oldest = now - timedelta(hours=current_app.config["SESSION_HOURS"])
    row = db.session.execute(_SESSION, {"token_hash": key_hash(key), "oldest": oldest}).one_or_none()
    if row is None:
        return None
    if idle > SEEN_EVERY and not in_background():
        session["seen"] = int(now.timestamp())
    actor, unread = _with_roles(Actor(row.id, row.name, row.unit_id, row.division_id))
    return SignedIn(key, row.session_id, actor, row.email, row.locale, row.color_scheme, unread)


def _with_roles(actor: Actor) -> tuple[Actor, int]:
    """Add offices, the units they lead with all below, and what packages above know of the person.

    With it comes how much the person has not read.
    """
    roles, managed = {Role.EMPLOYEE}, set()
    facts: defaultdict[str, set[int]] = defaultdict(set)
    asked = {"person_id": actor.id, "today": clock.today(), "now": clock.now()}
    for fact, code, id_ in db.session.execute(_all_facts(), asked):
        if fact != "office":
            facts[fact].add(id_)
            continue
        roles.add(Role(code))
        if id_ is not None:
            managed.add(id_)
    unread = sum(facts.pop(UNREAD, ()))
    known: dict[str, Any] = {name: frozenset(ids) for name, ids in facts.items()}
    found = replace(actor, roles=frozenset(roles), managed_units=frozenset(managed), **known)
    return found, unread


def _ask_to_sign_in() -> Response:
    """Send to sign-in and back again; never into the middle of a page (R10), nor out of one by itself."""
    if asked_by_program():
        abort(401)
    if in_background():
        return make_response("", 401)
    if htmx:
        came_from = request.headers.get("HX-Current-URL", "").removeprefix(request.host_url.rstrip("/"))
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url_for("people.login", next=safe_path(came_from))
        return response
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    response = make_response(redirect(url_for("people.login", next=safe_path(wanted)), 302))
    response.vary.add("HX-Request")
    return response
