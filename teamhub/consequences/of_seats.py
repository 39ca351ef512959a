"""What follows when a seat begins, is over, and is done."""

from __future__ import annotations

from teamhub.consequences import clocks, words
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.of_changes import SETTLED
from teamhub.consequences.stages import Reminder
from teamhub.core.i18n import LazyString, _l
from teamhub.missions import events

OVER = ("seat_over_to_lead", "seat_still_over_to_lead")
"""What waits for the lead until it is confirmed what was done."""


def _over(name: str, says: LazyString, means: LazyString) -> Told:
    return Told(
        name,
        Kind.DEADLINE,
        who.lead,
        says=says,
        means=means,
        with_=words.seat,
        about="seat_id",
        does="open_team",
    )


REMINDERS = (
    Reminder(
        "seat_over",
        clocks.SEAT_END,
        1,
        (
            _over(
                OVER[0],
                _l("Plassen til %(person)s i «%(title)s» er over"),
                _l("Bekreft hva som ble gjort, så kan %(person)s ta det med seg videre."),
            ),
        ),
    ),
    Reminder(
        "seat_still_over",
        clocks.SEAT_END,
        14,
        (
            _over(
                OVER[1],
                _l("%(person)s venter på at du bekrefter hva som ble gjort i «%(title)s»"),
                _l("Siste dag var %(ends)s. Et par setninger holder."),
            ),
        ),
    ),
)

SEATS: Table = {
    events.SeatBegun: Follows(
        _l("%(name)s lot en avtalt plass begynne"),
        tells=(
            Told(
                "seat_begun",
                Kind.MINE,
                who.named("person_id"),
                says=_l("Plassen din i «%(title)s» begynner nå"),
                means=_l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s."),
                with_=words.seat,
            ),
            Told(
                "seat_begun_to_lead",
                Kind.FOLLOWED,
                who.lead,
                says=_l("%(person)s begynner i «%(title)s»"),
                means=_l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s."),
                with_=words.seat,
            ),
        ),
    ),
    events.SeatDone: Follows(
        _l("%(name)s bekreftet hva som ble gjort i en plass"),
        tells=(
            Told(
                "seat_done",
                Kind.MINE,
                who.named("person_id"),
                says=_l("Takk for det du gjorde i «%(title)s»"),
                means=_l("«%(quote)s» Du kan ta det med deg i kompetansen din."),
                with_=words.done,
                does="take_along",
            ),
        ),
        settles=(*SETTLED, *(Settles(name, about="seat_id") for name in OVER)),
    ),
}
