"""The demo's time contracts on their way: other terms proposed, a seat that is over, and what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from teamhub.competence.models import PersonSkill
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo.organisation import Organisation, Somebody
from teamhub.demo.written import store
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Invitation, Mission, Seat, SkillEvidence
from teamhub.missions.states import SeatState, Side, Status

MOST_OF_THE_TIME = 2
"""Whoever proposes less asks for this part of it."""
DONE = (
    (
        "Utprøver av sjekklista",
        "Prøvde sjekklista på seks utskrivinger og fant to punkter som ble misforstått.",
    ),
    ("Intervjuer", "Snakket med åtte pårørende og skrev sammen hva de hadde ventet på, og hvor lenge."),
)


def make(organisation: Organisation) -> None:
    """Make and store them, after teams and skills: around the lead, the nurse and her manager."""
    lead, nurse = organisation.persona("lead"), organisation.persona("employee")
    done = _done(lead, nurse)
    store(Seat, done)
    store(SkillEvidence, _evidence(nurse, done))
    _let_one_be_over(lead, organisation)
    offers = [*_counter_offers(nurse), *_changes(lead, nurse)]
    store(SeatOffer, [{"id": n} | offer for n, offer in enumerate(offers, 1)])


def _done(lead: Somebody, nurse: Somebody) -> list[dict[str, Any]]:
    """Seats the nurse has had in the lead's missions."""
    missions = db.session.scalars(
        select(Mission.id)
        .where(Mission.lead_id == lead.id, Mission.status == Status.ACTIVE)
        .order_by(Mission.id)
    ).all()
    first, today = (
        (db.session.scalar(select(Seat.id).order_by(Seat.id.desc()).limit(1)) or 0) + 1,
        clock.today(),
    )
    return [
        {
            "id": first + n,
            "mission_id": missions[n % len(missions)],
            "role": role,
            "share": 10,
            "starts_on": today - timedelta(days=150 - 30 * n),
            "ends_on": today - timedelta(days=40 - 20 * n),
            "stretch": False,
            "state": SeatState.DONE,
            "person_id": nurse.id,
            "done_text": text,
            "done_at": clock.now() - timedelta(days=38 - 20 * n),
            "version": 1,
        }
        for n, (role, text) in enumerate(DONE)
        if missions
    ]


def _evidence(nurse: Somebody, done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """She has put the first to a skill of hers; the second waits for her to say what it shows."""
    mine = (
        select(PersonSkill.skill_id).where(PersonSkill.person_id == nurse.id).order_by(PersonSkill.skill_id)
    )
    skill_id = db.session.scalar(mine.limit(1))
    if skill_id is None or not done:
        return []
    kept = {"id": 1, "person_id": nurse.id, "skill_id": skill_id, "seat_id": done[0]["id"]}
    return [kept | {"text": done[0]["done_text"], "created_at": done[0]["done_at"]}]


def _let_one_be_over(lead: Somebody, organisation: Organisation) -> None:
    """The last day of one seat in the lead's missions was the day before yesterday."""
    personas = [person.id for person in organisation.personas.values()]
    seat = db.session.scalar(
        select(Seat)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(Mission.lead_id == lead.id, Seat.state == SeatState.ACTIVE, Seat.person_id.not_in(personas))
        .order_by(Seat.id)
        .limit(1)
    )
    if seat is not None:
        seat.ends_on = clock.today() - timedelta(days=2)


def _counter_offers(nurse: Somebody) -> list[dict[str, Any]]:
    """Somebody the nurse's manager leads would rather give less of their time."""
    row = db.session.execute(
        select(Invitation, Seat)
        .join(Seat, Seat.id == Invitation.seat_id)
        .where(
            Invitation.closed_at.is_(None),
            Invitation.person_says.is_(None),
            Invitation.manager_id == nurse.manager_id,
            Invitation.person_id != nurse.id,
        )
        .order_by(Invitation.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return []
    asked, seat = row
    share = max(seat.share // MOST_OF_THE_TIME, 1)
    reason = "Jeg vil gjerne, men har nettopp fått opplæring av to nye i turnusen."
    offer = _offer(seat, asked, Side.PERSON, asked.person_id, share, reason)
    return [offer | {"invitation_id": asked.id, "person_says": True}]


def _changes(lead: Somebody, nurse: Somebody) -> list[dict[str, Any]]:
    """The lead would like to let the nurse go back earlier."""
    row = db.session.execute(
        select(Invitation, Seat)
        .join(Seat, Seat.id == Invitation.seat_id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(Seat.person_id == nurse.id, Seat.state == SeatState.ACTIVE, Mission.lead_id == lead.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return []
    agreed, seat = row
    reason = "Utprøvingen går bedre enn vi trodde. Vi trenger deg mindre fra nå av."
    offer = _offer(seat, agreed, Side.LEAD, lead.id, max(seat.share // MOST_OF_THE_TIME, 1), reason)
    return [offer | {"invitation_id": None, "lead_says": True}]


def _offer(seat: Seat, of: Invitation, side: Side, by_id: int, share: int, reason: str) -> dict[str, Any]:
    return {
        "seat_id": seat.id,
        "mission_id": seat.mission_id,
        "person_id": of.person_id,
        "manager_id": of.manager_id,
        "unit_id": of.unit_id,
        "side": side,
        "by_id": by_id,
        "share": share,
        "starts_on": seat.starts_on,
        "ends_on": seat.ends_on,
        "reason": reason,
        "created_at": clock.now() - timedelta(hours=3),
        "person_says": None,
        "manager_says": None,
        "lead_says": None,
        "accepted": None,
        "answer": "",
        "answered_by_id": None,
        "closed_at": None,
    }
