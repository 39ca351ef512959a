"""What people owe missions: answers about time, a word on proposed changes, and reports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, cast, exists, literal, null, or_, select, union_all

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.waiting import Waiting
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.queries import report_dates
from teamhub.missions.states import GOING_ON, SeatState, Side
from teamhub.people.models import Person


def owes_answer(actor: Actor) -> ColumnElement[bool]:
    """Return the condition, on invitations and their missions, that it is the actor's turn to answer.

    Whoever leads the unit is asked only where there is no line manager: one is asked, not all above.
    Who has proposed other terms waits for the lead.
    """
    led = Invitation.manager_id.is_(None) & Invitation.unit_id.in_(sorted(actor.managed_units))
    others = or_(Invitation.manager_id == actor.id, led) & (Invitation.person_id != actor.id)
    return and_(
        Invitation.closed_at.is_(None),
        Mission.status.in_(GOING_ON),
        or_(
            (Invitation.person_id == actor.id)
            & Invitation.person_says.is_(None)
            & ~has_countered(Side.PERSON),
            others & Invitation.manager_says.is_(None) & ~has_countered(Side.MANAGER),
        ),
    )


def has_countered(side: Side) -> ColumnElement[bool]:
    """Return the condition, on invitations, that one of the two has proposed other terms, and waits."""
    o = SeatOffer
    return exists().where(o.invitation_id == Invitation.id, o.side == side, o.closed_at.is_(None))


def owes_change(actor: Actor, *, leads: bool = True) -> ColumnElement[bool]:
    """Return the condition, on offers and their missions, that a change waits for the actor's word."""
    o, units = SeatOffer, sorted(actor.managed_units)
    manages = or_(o.manager_id == actor.id, o.manager_id.is_(None) & o.unit_id.in_(units))
    led = Mission.id.in_(sorted(actor.missions_led)) & o.lead_says.is_(None)
    owed = or_(
        (o.person_id == actor.id) & o.person_says.is_(None),
        manages & (o.person_id != actor.id) & o.manager_says.is_(None),
        *([led] if leads else []),
    )
    waits = (o.invitation_id.is_(None), o.closed_at.is_(None), Mission.status.in_(GOING_ON))
    return and_(*waits, owed)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return what a person must answer of invitations and requests, and what a lead owes a mission."""
    return [_asked(actor, row) for row in db.session.execute(_all_asked(actor))] + _reports_due(actor)


def _all_asked(actor: Actor) -> Any:
    """What is asked of somebody, and of whoever leads: other terms proposed, and seats that are over."""
    i, o, led = Invitation, SeatOffer, Mission.id.in_(sorted(actor.missions_led))
    of_invitation = Invitation.seat_id == Seat.id
    over = (Seat.state == SeatState.ACTIVE, Seat.ends_on < clock.today(), Mission.status.in_(GOING_ON))
    asked = _about_seats("asked", i.id, i.person_id, Seat.share, i.answer_by)
    offered = _about_seats("counter", o.id, i.person_id, o.share, i.answer_by)
    done = _about_seats("done", Seat.id, Seat.person_id, Seat.share, Seat.ends_on)
    change = _about_seats("change", o.id, o.person_id, o.share, cast(null(), Date))
    statement = union_all(
        asked.join(i, of_invitation).join(Person, Person.id == i.person_id).where(owes_answer(actor)),
        offered.join(i, of_invitation)
        .join(Person, Person.id == i.person_id)
        .join(o, o.invitation_id == i.id)
        .where(led, o.closed_at.is_(None)),
        change.join(o, o.seat_id == Seat.id).join(Person, Person.id == o.person_id).where(owes_change(actor)),
        done.join(Person, Person.id == Seat.person_id).where(led, *over),
    )
    return statement.order_by("due", "id").limit(20)


def _about_seats(kind: str, about: Any, person_id: Any, share: Any, due: Any) -> Select[Any]:
    return (
        select(
            literal(kind).label("kind"),
            about.label("id"),
            person_id.label("person_id"),
            share.label("share"),
            due.label("due"),
            Person.name,
            Seat.id.label("seat_id"),
            Mission.id.label("mission_id"),
            Mission.title,
        )
        .select_from(Seat)
        .join(Mission, Mission.id == Seat.mission_id)
    )


def _asked(actor: Actor, row: Any) -> Waiting:
    who = {"name": row.name, "share": row.share}
    place = {"mission_id": row.mission_id, "seat_id": row.seat_id}
    if row.kind in {"counter", "change"}:
        what = _("Andre vilkår for %(name)s: %(share)s %% av tiden. Passer det?", **who)
        return Waiting("counter", row.title, what, "missions.seat", place, row.due, row.id)
    if row.kind == "done":
        what = _("Plassen til %(name)s er over. Bekreft hva som ble gjort.", name=row.name)
        return Waiting("seat_over", row.title, what, "missions.seat", place, row.due, row.id)
    if row.person_id == actor.id:
        what = _("Vil du være med? Du blir bedt om %(share)s %% av tiden din.", share=row.share)
        return Waiting("invitation", row.title, what, "missions.requests", {}, row.due, row.id)
    what = _("Kan %(name)s bruke %(share)s %% av tiden sin her?", **who)
    return Waiting("request", row.title, what, "missions.requests", {}, row.due, row.id)


def _reports_due(actor: Actor) -> list[Waiting]:
    """Missions the actor leads whose last report, or start, is so long ago that they look silent."""
    if not actor.missions_led:
        return []
    soon = clock.today() + timedelta(days=7)
    return [
        Waiting(
            "report", title, _("Skriv en kort statusrapport"), "missions.status", {"mission_id": id_}, on, id_
        )
        for id_, title, on in report_dates(actor.missions_led)
        if on <= soon
    ]
