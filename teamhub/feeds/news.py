"""What is new among challenges and missions a person may see, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.names import ANSWERED
from teamhub.challenges.queries import visible_to
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.text import printable, shorten
from teamhub.missions.models import Mission, StatusReport

MOST = 50
LONGEST = 500
"""Characters of a summary: enough to choose by, and the rest is a click away."""

NEWS = (Challenge.state.not_in((State.DRAFT, State.WITHDRAWN)), Challenge.submitted_at.is_not(None))


@dataclass(frozen=True)
class Item:
    """One piece of news. ``uid`` stays the same for good: what happens next is a new piece."""

    uid: str
    title: str
    summary: str
    at: datetime
    endpoint: str
    args: dict[str, Any]


def of_challenges(actor: Actor) -> list[Item]:
    """Return the challenges submitted last and the latest answers, newest first."""
    c = Challenge
    submitted = db.session.execute(
        select(c.id, c.title, c.situation, c.submitted_at)
        .where(*NEWS, visible_to(actor))
        .order_by(c.submitted_at.desc(), c.id.desc())
        .limit(MOST)
    )
    found = [_challenge(id_, "submitted", title, text, at) for id_, title, text, at in submitted if at]
    latest = select(func.max(Answer.id)).group_by(Answer.challenge_id)
    answered = db.session.execute(
        select(c.id, c.title, Answer.id, Answer.decision, Answer.reason, Answer.at)
        .join(c, c.id == Answer.challenge_id)
        .where(*NEWS, visible_to(actor), Answer.id.in_(latest))
        .order_by(Answer.id.desc())
        .limit(MOST)
    )
    for id_, title, answer_id, decision, reason, at in answered:
        heading = f"{ANSWERED[decision]}: {title}"
        found.append(_challenge(id_, f"answer/{answer_id}", heading, reason, at))
    return _newest(found)


def _challenge(id_: int, what: str, title: str, text: str, at: datetime) -> Item:
    return _item(f"challenge/{id_}/{what}", title, text, at, ("challenges.show", {"challenge_id": id_}))


def of_missions(actor: Actor) -> list[Item]:
    """Return the missions started last and the latest report of those reported on last, at two statements."""
    m, r = Mission, StatusReport
    started = db.session.execute(
        select(m.id, m.title, m.goal, m.created_at).order_by(m.created_at.desc(), m.id.desc()).limit(MOST)
    )
    found = [
        _mission(row.id, "started", _("Nytt oppdrag: %(title)s", title=row.title), row.goal, row.created_at)
        for row in started
        if can(actor, Action.MISSION_VIEW, row)
    ]
    latest = select(func.max(r.id)).group_by(r.mission_id)
    reported = db.session.execute(
        select(m.id, m.title, r.id.label("report_id"), r.summary, r.at)
        .join(m, m.id == r.mission_id)
        .where(r.id.in_(latest))
        .order_by(r.id.desc())
        .limit(MOST)
    )
    found += [
        _mission(
            row.id,
            f"report/{row.report_id}",
            _("Statusrapport: %(title)s", title=row.title),
            row.summary,
            row.at,
        )
        for row in reported
        if can(actor, Action.MISSION_VIEW, row)
    ]
    return _newest(found)


def _mission(id_: int, what: str, title: str, text: str, at: datetime) -> Item:
    return _item(f"mission/{id_}/{what}", title, text, at, ("missions.show", {"mission_id": id_}))


def _item(uid: str, title: str, text: str, at: datetime, where: tuple[str, dict[str, Any]]) -> Item:
    return Item(uid, printable(title), printable(shorten(text, LONGEST)), at, *where)


def _newest(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.at, item.uid), reverse=True)[:MOST]
