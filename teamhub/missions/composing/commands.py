"""Keep a team to think about, ask a whole team, and bound what leads may weigh."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.core.twice import just_made
from teamhub.missions import staffing
from teamhub.missions.commands import fresh
from teamhub.missions.composer.needs import TERMS
from teamhub.missions.composing.events import TeamDraftDropped, TeamDraftKept, WeightsBound
from teamhub.missions.composing.models import DraftPlace, TeamDraft, WeightBound
from teamhub.missions.composing.queries import bounds
from teamhub.missions.models import Seat
from teamhub.people.models import Person

MOST_DRAFTS = 20
MOST_POINTS = 200


@command
def keep(actor: Actor, mission_id: int, name: str, placed: Mapping[int, int]) -> int:
    """Keep a team to think about and return its id. Nobody in it is told. Raises DomainError."""
    authorize(actor, Action.MISSION_STAFF, fresh(mission_id))
    if not placed:
        raise DomainError(_("Sett minst én person inn i teamet først."))
    seats = set(db.session.scalars(select(Seat.id).where(Seat.mission_id == mission_id)))
    people = set(db.session.scalars(select(Person.id).where(Person.id.in_(placed.values()))))
    if not (set(placed) <= seats and set(placed.values()) <= people):
        raise DomainError(_("Plassene har endret seg. Se over teamet og lagre på nytt."))
    same = (TeamDraft.mission_id == mission_id, TeamDraft.name == name, TeamDraft.made_by_id == actor.id)
    if (made := just_made(TeamDraft, *same)) is not None:
        return made
    kept = db.session.scalars(select(TeamDraft.id).where(TeamDraft.mission_id == mission_id)).all()
    if len(kept) >= MOST_DRAFTS:
        raise DomainError(_("Dere har lagret %(most)s forslag. Slett ett først.", most=MOST_DRAFTS))
    draft = TeamDraft(mission_id=mission_id, name=name, made_by_id=actor.id or 0)
    draft.places = [DraftPlace(seat_id=seat, person_id=person) for seat, person in sorted(placed.items())]
    db.session.add(draft)
    db.session.flush()
    emit(db.session(), TeamDraftKept(actor_id=actor.id, object_id=draft.id, mission_id=mission_id))
    return draft.id


@command
def drop(actor: Actor, mission_id: int, draft_id: int) -> None:
    """Let go of a team that was kept. Nothing happens when it is gone already."""
    authorize(actor, Action.MISSION_STAFF, fresh(mission_id))
    which = (TeamDraft.id == draft_id, TeamDraft.mission_id == mission_id)
    draft = db.session.scalar(select(TeamDraft).where(*which))
    if draft is not None:
        db.session.execute(delete(DraftPlace).where(DraftPlace.draft_id == draft_id))
        db.session.execute(delete(TeamDraft).where(*which))
        emit(db.session(), TeamDraftDropped(actor_id=actor.id, object_id=draft_id, mission_id=mission_id))


@command
def invite_all(actor: Actor, mission_id: int, placed: Mapping[int, int], *, message: str = "") -> int:
    """Ask everybody in a team, and their line managers, or nobody. Return how many are asked.

    Raises DomainError, with the seat's role in its words, when one of them cannot be asked.
    """
    authorize(actor, Action.MISSION_STAFF, fresh(mission_id))
    roles = dict(
        db.session.execute(
            select(Seat.id, Seat.role).where(Seat.mission_id == mission_id).order_by(Seat.id)
        ).all()
    )
    if not placed or not set(placed) <= set(roles):
        raise DomainError(_("Plassene har endret seg. Se over teamet og prøv igjen."))
    for seat_id, person_id in sorted(placed.items()):
        try:
            staffing.invite(actor, seat_id, person_id, message=message)
        except DomainError as error:
            told = f"{roles[seat_id]}: {error}"
            raise DomainError(told) from error
    return len(placed)


@command
def bind_weights(actor: Actor, limits: Mapping[str, tuple[int, int]]) -> None:
    """Set the least and the most points of each term. Raises DomainError with its field."""
    authorize(actor, Action.WEIGHTS_BIND)
    before = bounds()
    changes = {}
    for term in TERMS:
        least, most = limits[term]
        if not 0 <= least <= most <= MOST_POINTS:
            told = _(
                "Det minste må være høyst så mye som det meste, og ikke over %(most)s.", most=MOST_POINTS
            )
            raise DomainError(told, field=f"{term}_most")
        if (least, most) != getattr(before, term):
            changes[term] = [list(getattr(before, term)), [least, most]]
    if changes:
        db.session.execute(delete(WeightBound))
        db.session.add_all(WeightBound(term=t, least=lo, most=hi) for t, (lo, hi) in limits.items())
        emit(db.session(), WeightsBound(actor_id=actor.id, object_id=0, changes=changes))
