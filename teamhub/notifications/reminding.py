"""The daily job that gives reminders: each once, whatever stops it in the middle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.access.policy import Action, authorize
from teamhub.consequences.clocks import Clock, Days
from teamhub.consequences.reminders import STAGES
from teamhub.consequences.stages import days_to_look_at, next_of
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.events import emit
from teamhub.core.transaction import command
from teamhub.jobs.outbox import insert_if_new
from teamhub.notifications.models import Reminded

BATCH = 50
"""So many are given in one transaction, so that others who want to write wait well under a second."""

Given = dict[tuple[int, date], set[str]]


def remind() -> int:
    """Give every reminder whose day has come, and return how many.

    What is to be given is found without a lock, and looked at again in the transaction that gives it:
    what somebody has answered meanwhile is left alone.
    """
    today, count = clock.today(), 0
    for each in STAGES:
        days = days_to_look_at(STAGES[each], today)
        given = _given(each, days)
        ripe = [
            owed.id
            for owed in each.owed(days)
            if next_of(STAGES[each], owed.due_on, today, given[owed.id, owed.due_on])
        ]
        for start in range(0, len(ripe), BATCH):
            count += _give(SYSTEM, each, ripe[start : start + BATCH], today)
    return count


@command
def _give(actor: Actor, each: Clock, ids: Sequence[int], today: date) -> int:
    """Remind of these, where something is still owed, and return how many were."""
    authorize(actor, Action.NOTIFICATION_SEND)
    first_and_last = days_to_look_at(STAGES[each], today)
    days = Days(first_and_last.first, first_and_last.last, ids)
    given, count = _given(each, days), 0
    for owed in each.owed(days):
        reminder = next_of(STAGES[each], owed.due_on, today, given[owed.id, owed.due_on])
        if reminder is None:
            continue
        key = {"reminder": reminder.name, "object_id": owed.id, "due_on": owed.due_on}
        if insert_if_new(db.session(), Reminded, **key, at=clock.now()):
            emit(db.session(), each.reminded(reminder.name, owed))
            count += 1
    return count


def _given(each: Clock, days: Days) -> Given:
    """Return which reminders of a clock have been given, by thing and date, at one query."""
    r = Reminded
    names = [stage.name for stage in STAGES[each]]
    found: Given = defaultdict(set)
    for name, id_, due_on in db.session.execute(
        select(r.reminder, r.object_id, r.due_on).where(r.reminder.in_(names), days.of(r.object_id, r.due_on))
    ):
        found[id_, due_on].add(name)
    return found
