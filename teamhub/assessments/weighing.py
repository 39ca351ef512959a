"""How much each criterion counts: the board's versions of the weights."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.assessments import queries
from teamhub.assessments.events import WeightsChanged
from teamhub.assessments.models import CriteriaSet
from teamhub.assessments.states import Criterion
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command


@command
def change_weights(actor: Actor, weights: Mapping[Criterion, int], *, reason: str, version: int) -> int:
    """Make a new version of the weights and return its number. Assessments asked for keep the old one.

    Raises Conflict when somebody else has made one since, and DomainError when they break a rule.
    """
    authorize(actor, Action.CRITERIA_CHANGE)
    db.session.scalar(select(CriteriaSet.id).where(CriteriaSet.number == 1).with_for_update())
    latest = queries.weights_in_force()
    if latest.number != version:
        raise Conflict(_("Vektene er endret siden du åpnet dem."), latest)
    if not reason:
        raise DomainError(_("Skriv hvorfor vektene endres."), field="reason")
    _must_be_fair(weights)
    new = {criterion.value: weights[criterion] for criterion in Criterion}
    made = CriteriaSet(number=latest.number + 1, weights=new, reason=reason, made_by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    event = WeightsChanged(actor_id=actor.id, object_id=made.id, number=made.number, weights=new)
    emit(db.session(), event)
    return made.number


def _must_be_fair(weights: Mapping[Criterion, int]) -> None:
    for criterion in Criterion:
        if weights.get(criterion, 0) < 1:
            text = _("Hvert kriterium må telle med minst 1.")
            raise DomainError(text, field=f"weight_{criterion}")
    if (total := sum(weights.values())) != 100:
        raise DomainError(_("Vektene må bli 100 til sammen. Nå er de %(n)d.", n=total))
    first = weights[Criterion.RESIDENTS]
    if any(weights[c] >= first for c in Criterion if c != Criterion.RESIDENTS):
        text = _("Verdi for innbyggerne må telle mest.")
        raise DomainError(text, field=f"weight_{Criterion.RESIDENTS}")
