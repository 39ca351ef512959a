"""The table: every kind of event, with what follows from it.

A new kind of event is one entry here, in the part of its room, and its texts. Packages above this one
(imports, webhooks, the demo) bring their entries with ``also``.
"""

from __future__ import annotations

from teamhub.consequences.entry import Table, Told
from teamhub.consequences.of_assessments import ASSESSMENTS
from teamhub.consequences.of_calls import CALLS
from teamhub.consequences.of_challenges import CHALLENGES
from teamhub.consequences.of_changes import CHANGES
from teamhub.consequences.of_competence import COMPETENCE
from teamhub.consequences.of_composing import COMPOSING
from teamhub.consequences.of_contracts import CONTRACTS
from teamhub.consequences.of_desk import DESK
from teamhub.consequences.of_discussion import DISCUSSION
from teamhub.consequences.of_fellows import FELLOWS
from teamhub.consequences.of_jobs import JOBS
from teamhub.consequences.of_merging import MERGING
from teamhub.consequences.of_missions import MISSIONS
from teamhub.consequences.of_people import PEOPLE
from teamhub.consequences.of_reminders import REMINDED
from teamhub.consequences.of_searches import SEARCHES
from teamhub.consequences.of_seats import SEATS
from teamhub.consequences.of_tasks import TASKS
from teamhub.consequences.of_teams import TEAMS

TABLE: Table = {
    **PEOPLE,
    **CHALLENGES,
    **DISCUSSION,
    **DESK,
    **FELLOWS,
    **SEARCHES,
    **MERGING,
    **ASSESSMENTS,
    **CALLS,
    **COMPETENCE,
    **MISSIONS,
    **COMPOSING,
    **CONTRACTS,
    **CHANGES,
    **SEATS,
    **TEAMS,
    **TASKS,
    **JOBS,
    **REMINDED,
}

TOLD: dict[str, Told] = {told.name: told for follows in TABLE.values() for told in follows.tells}
"""Every way somebody is told something, by its name."""


def also(more: Table) -> None:
    """Add the entries of a package above this one."""
    TABLE.update(more)
    TOLD.update({told.name: told for follows in more.values() for told in follows.tells})
