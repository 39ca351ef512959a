"""Load the demo municipality: the same for the same size and seed, dated from today."""

from __future__ import annotations

from random import Random

from sqlalchemy import func, select

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.demo import contracts, inboxes, judging, office, organisation, proposals, skills, voices, work
from teamhub.demo.events import DemoLoaded
from teamhub.demo.written import SIZES
from teamhub.missions.models import Mission
from teamhub.people.models import Person, Unit
from teamhub.tasks.models import Task

COUNTED = {"units": Unit, "people": Person, "challenges": Challenge, "missions": Mission, "tasks": Task}


def is_empty() -> bool:
    """Tell whether there are no units, no people and no challenges yet."""
    return not any(db.session.scalar(select(model.id).limit(1)) for model in (Unit, Person, Challenge))


@command
def load(size: str, seed: int = 1) -> dict[str, int]:
    """Make the demo municipality in an empty database and return how many rows there are of what.

    ``size`` is small, full or large. Raises DomainError when there is something already.
    """
    authorize(SYSTEM, Action.DEMO_LOAD)
    if not is_empty():
        raise DomainError(_("Databasen er ikke tom. Demoen legges bare i en tom database."))
    wanted, rng = SIZES[size], Random(seed)  # noqa: S311 - the same demo every time is the point
    made = organisation.make(wanted, rng)
    challenges = proposals.make(wanted, made, rng)
    work.make(wanted, made, challenges, rng)
    office.make(challenges, made)
    judging.make(challenges, made)
    inboxes.make(made)
    voices.make(challenges, made, rng)
    skills.make(made, rng)
    contracts.make(made)
    emit(db.session(), DemoLoaded(actor_id=None, object_id=1, size=size, seed=seed))
    return {
        name: db.session.scalar(select(func.count()).select_from(model)) or 0
        for name, model in COUNTED.items()
    }
