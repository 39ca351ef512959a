"""What follows from the office's questions: told when they open, before they end, and what came of them."""

from __future__ import annotations

from dataclasses import replace

from teamhub.calls import events
from teamhub.consequences import clocks, words
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import LazyString, _l

NEWS = ("call_made", "call_opened_by_edit", "call_opens", "call_ends_soon")
"""What is no news any more when a call has ended."""

ASKS = _l("Porteføljekontoret spør: «%(title)s»")
UNTIL = _l("Svar med en utfordring til og med %(due)s.")


def _opened(name: str, to: who.Finder) -> Told:
    return Told(name, Kind.FOLLOWED, to, says=ASKS, means=UNTIL, with_=words.deadline, does="open_call")


def _reminder(name: str, says: LazyString, means: LazyString) -> Told:
    return Told(
        name, Kind.DEADLINE, who.office, says=says, means=means, with_=words.deadline, does="open_call"
    )


REMINDERS = (
    Reminder(
        "call_opens",
        clocks.CALL_START,
        0,
        (replace(_opened("call_opens", who.put_to), with_=words.call_end),),
    ),
    Reminder(
        "call_ends_soon",
        clocks.CALL_END,
        -3,
        (
            Told(
                "call_ends_soon",
                Kind.FOLLOWED,
                who.has_not_answered,
                says=_l("Siste sjanse: «%(title)s»"),
                means=UNTIL,
                with_=words.deadline,
                does="open_call",
            ),
        ),
    ),
    Reminder(
        "call_report_due",
        clocks.CALL_REPORT,
        1,
        (
            _reminder(
                "call_report_due_to_office",
                _l("«%(title)s» er avsluttet"),
                _l("Fortell dem som var med, hva dere hørte, og hva dere gjør."),
            ),
        ),
    ),
    Reminder(
        "call_report_late",
        clocks.CALL_REPORT,
        21,
        (
            _reminder(
                "call_report_late_to_office",
                _l("De som svarte på «%(title)s», venter på å høre fra dere"),
                _l("Siste dag var %(due)s. Fortell hva dere hørte, og hva dere gjør."),
            ),
        ),
    ),
)

CALLS: Table = {
    events.CallMade: Follows(
        _l("%(name)s stilte spørsmålet"),
        tells=(_opened("call_made", who.when(lambda event: event.opens, who.put_to)),),
    ),
    events.CallEdited: Follows(
        _l("%(name)s endret spørsmålet"),
        tells=(_opened("call_opened_by_edit", who.when(lambda event: event.opens, who.put_to)),),
    ),
    events.CallClosed: Follows(
        _l("%(name)s avsluttet spørsmålet"), settles=tuple(Settles(name) for name in NEWS)
    ),
    events.CallReported: Follows(
        _l("%(name)s fortalte hva som kom ut av det"),
        tells=(
            Told(
                "call_reported",
                Kind.MINE,
                who.took_part,
                says=_l("Dette kom ut av «%(title)s»"),
                means=_l("«%(quote)s»"),
                with_=words.call_report,
            ),
        ),
        settles=tuple(
            Settles(name) for name in (*NEWS, "call_report_due_to_office", "call_report_late_to_office")
        ),
    ),
}
