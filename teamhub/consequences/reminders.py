"""Reminders and escalation: who is told of a date that is near or past, as one table.

A new one is an entry here and its texts. The job that gives them is notifications/reminding.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from teamhub.consequences import clocks, of_assessments, of_calls, of_merging, of_seats, words
from teamhub.consequences import recipients as who
from teamhub.consequences.clocks import Clock
from teamhub.consequences.entry import Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import LazyString, _l


def _told(name: str, to: who.Finder, says: LazyString, means: LazyString, does: str | None = None) -> Told:
    return Told(name, Kind.DEADLINE, to, says=says, means=means, with_=words.deadline, does=does)


def _asked(name: str, to: who.Finder, says: LazyString, means: LazyString, does: str) -> Told:
    told = _told(name, to, says, means, does)
    return replace(told, with_=words.invitation, about="invitation_id")


REMINDERS = (
    Reminder(
        "answer_soon",
        clocks.FIRST_ANSWER,
        -5,
        (
            _told(
                "answer_soon_to_office",
                who.handler_or_office,
                _l("Fristen for «%(title)s» er snart ute"),
                _l("Innmelderen skal ha svar innen %(due)s."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "answer_late",
        clocks.FIRST_ANSWER,
        1,
        (
            _told(
                "answer_late_to_office",
                who.handler_or_office,
                _l("«%(title)s» har ikke fått svar"),
                _l("Fristen var %(due)s, og innmelderen venter."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "answer_waiting",
        clocks.FIRST_ANSWER,
        4,
        (
            _told(
                "answer_waiting_to_office",
                who.office,
                _l("«%(title)s» venter fortsatt på svar"),
                _l("Fristen var %(due)s. Om noen dager får porteføljestyret beskjed."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "answer_overdue",
        clocks.FIRST_ANSWER,
        7,
        (
            _told(
                "answer_overdue_to_board",
                who.board,
                _l("«%(title)s» har ventet for lenge på svar"),
                _l("Fristen var %(due)s, og innmelderen venter."),
                "open_desk",
            ),
            _told(
                "answer_overdue_to_proposer",
                who.proposer,
                _l("Svaret på «%(title)s» er forsinket"),
                _l("Du skulle hatt svar innen %(due)s. Det beklager vi. Porteføljestyret har fått beskjed."),
            ),
        ),
    ),
    Reminder(
        "clarification_soon",
        clocks.CLARIFICATION,
        -3,
        (
            _told(
                "clarification_soon_to_proposer",
                who.proposer,
                _l("Vi venter på svar fra deg om «%(title)s»"),
                _l("Svar innen %(due)s, så går klokka videre."),
                "clarify",
            ),
        ),
    ),
    Reminder(
        "clarification_late",
        clocks.CLARIFICATION,
        1,
        (
            _told(
                "clarification_late_to_proposer",
                who.proposer,
                _l("Vi mangler fortsatt svar fra deg om «%(title)s»"),
                _l("Fristen var %(due)s. Du kan svare nå også."),
                "clarify",
            ),
            _told(
                "clarification_late_to_office",
                who.handler_or_office,
                _l("Innmelderen har ikke svart om «%(title)s»"),
                _l("Fristen var %(due)s. En telefon kan hjelpe."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "line_report_soon",
        clocks.LINE_REPORT,
        -7,
        (
            _told(
                "line_report_soon_to_line",
                who.line_leaders,
                _l("Hva er gjort med «%(title)s»?"),
                _l("Enheten din tok på seg å løse den, og forteller om det innen %(due)s."),
            ),
        ),
    ),
    Reminder(
        "line_report_late",
        clocks.LINE_REPORT,
        1,
        (
            _told(
                "line_report_late_to_line",
                who.line_leaders,
                _l("Innmelderen venter på å høre om «%(title)s»"),
                _l("Enheten din skulle fortelle hva som er gjort innen %(due)s."),
            ),
        ),
    ),
    Reminder(
        "line_report_overdue",
        clocks.LINE_REPORT,
        14,
        (
            _told(
                "line_report_overdue_to_office",
                who.handler_or_office,
                _l("Enheten har ikke fortalt om «%(title)s»"),
                _l("Fristen var %(due)s. Ta kontakt med enheten, eller ta den tilbake."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "hold_review",
        clocks.HOLD_REVIEW,
        0,
        (
            _told(
                "hold_review_to_board",
                who.board,
                _l("«%(title)s» skal ses på igjen"),
                _l("Den ble satt på vent til %(due)s."),
                "open_desk",
            ),
        ),
    ),
    Reminder(
        "invitation_soon",
        clocks.INVITATION,
        -2,
        (
            _asked(
                "invitation_soon_to_person",
                who.not_answered,
                _l("Vil du bli med i «%(title)s»?"),
                _l("%(role)s, %(share)s %% av tiden. Svar innen %(due)s."),
                "answer_invitation",
            ),
            _asked(
                "invitation_soon_to_manager",
                who.manager_not_answered,
                _l("Kan %(person)s bruke %(share)s %% av tiden på «%(title)s»?"),
                _l("%(role)s, %(starts)s til %(ends)s. Svar innen %(due)s."),
                "answer_release",
            ),
        ),
    ),
    Reminder(
        "invitation_late",
        clocks.INVITATION,
        1,
        (
            _asked(
                "invitation_late_to_lead",
                who.lead,
                _l("Plassen %(role)s i «%(title)s» er ikke avklart"),
                _l("Ikke alle har svart om %(person)s innen %(due)s. Vil du spørre en annen?"),
                "open_team",
            ),
        ),
    ),
    Reminder(
        "task_soon",
        clocks.TASK,
        -1,
        (
            _told(
                "task_soon_to_assignee",
                who.assignee,
                _l("«%(title)s» har frist %(due)s"),
                _l("Er den gjort, merk den som ferdig."),
                "task_done",
            ),
        ),
    ),
    Reminder(
        "task_late",
        clocks.TASK,
        1,
        (
            _told(
                "task_late_to_assignee",
                who.assignee,
                _l("«%(title)s» skulle vært ferdig %(due)s"),
                _l("Merk den som ferdig, eller sett en ny dato."),
                "task_done",
            ),
        ),
    ),
    Reminder(
        "report_due",
        clocks.REPORT,
        0,
        (
            _told(
                "report_due_to_lead",
                who.lead,
                _l("Skriv en kort status for «%(title)s»"),
                _l("Det er en måned siden sist. Fristen er %(due)s."),
            ),
        ),
    ),
    Reminder(
        "report_late",
        clocks.REPORT,
        7,
        (
            _told(
                "report_late_to_owner",
                who.owner,
                _l("«%(title)s» har ingen ny status"),
                _l("Den skulle kommet innen %(due)s. Spør den som leder oppdraget, hvordan det går."),
            ),
        ),
    ),
    *of_assessments.REMINDERS,
    *of_calls.REMINDERS,
    *of_seats.REMINDERS,
    *of_merging.REMINDERS,
)


def _stages() -> dict[Clock, tuple[Reminder, ...]]:
    found: dict[Clock, list[Reminder]] = defaultdict(list)
    for reminder in sorted(REMINDERS, key=lambda reminder: reminder.after_days):
        found[reminder.clock].append(reminder)
    return {clock: tuple(stages) for clock, stages in found.items()}


STAGES = _stages()
"""The reminders of each clock, the earliest first."""
