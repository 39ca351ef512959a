"""The browsers a person is signed in on, as shown to that person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.people.models import SignInSession

_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
_BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


@dataclass(frozen=True)
class SessionRow:
    """One signed-in browser; ``current`` is the one that asks."""

    id: int
    device: str
    created_at: datetime
    current: bool


def device_name(user_agent: str) -> str:
    """Return what a person calls the browser: «Chrome, Android». Nothing finer is kept."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "").replace("Macintosh", "Mac")
    return ", ".join(part for part in (browser, system) if part)


def list_sessions(actor: Actor, *, current: int) -> list[SessionRow]:
    """Return where the actor is signed in, the asking browser first; not where it has run out."""
    begun = clock.now() - timedelta(hours=current_app.config["SESSION_HOURS"])
    rows = db.session.execute(
        select(SignInSession.id, SignInSession.device, SignInSession.created_at)
        .where(SignInSession.person_id == actor.id, SignInSession.created_at > begun)
        .order_by(SignInSession.created_at.desc())
    )
    found = [SessionRow(i, device or _("Ukjent enhet"), at, i == current) for i, device, at in rows]
    return sorted(found, key=lambda row: not row.current)
