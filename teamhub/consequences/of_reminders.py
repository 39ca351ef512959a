"""What follows from reminders: who is told what, from the table of reminders."""

from __future__ import annotations

from dataclasses import replace

from teamhub.assessments.events import AssessmentReminded
from teamhub.calls.events import CallReminded
from teamhub.challenges.events import ChallengeReminded
from teamhub.consequences import clocks
from teamhub.consequences import recipients as who
from teamhub.consequences.clocks import Clock
from teamhub.consequences.entry import Follows, Table, Told
from teamhub.consequences.reminders import STAGES
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import LazyString, _l
from teamhub.missions.events import InvitationReminded, ReportReminded, SeatReminded
from teamhub.tasks.events import TaskReminded


def _only(reminder: Reminder, told: Told) -> Told:
    """Tell of this reminder alone: one kind of event says that any of a room's was given."""
    return replace(told, to=who.when(lambda event: event.reminder == reminder.name, told.to))


def _follows(line: LazyString, *of: Clock) -> Follows:
    tells = (_only(stage, told) for clock in of for stage in STAGES[clock] for told in stage.tells)
    return Follows(line, tells=tuple(tells))


REMINDED: Table = {
    ChallengeReminded: _follows(
        _l("%(name)s minnet om fristen"),
        clocks.FIRST_ANSWER,
        clocks.CLARIFICATION,
        clocks.MERGE,
        clocks.LINE_REPORT,
        clocks.HOLD_REVIEW,
    ),
    AssessmentReminded: _follows(_l("%(name)s minnet om en vurdering"), clocks.ASSESSMENT),
    CallReminded: _follows(
        _l("%(name)s minnet om spørsmålet"), clocks.CALL_START, clocks.CALL_END, clocks.CALL_REPORT
    ),
    InvitationReminded: _follows(_l("%(name)s minnet om et spørsmål om en plass"), clocks.INVITATION),
    SeatReminded: _follows(_l("%(name)s minnet om en plass som er over"), clocks.SEAT_END),
    TaskReminded: _follows(_l("%(name)s minnet om fristen"), clocks.TASK),
    ReportReminded: _follows(_l("%(name)s minnet om statusrapporten"), clocks.REPORT),
}
