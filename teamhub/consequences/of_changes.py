"""What follows when somebody proposes to change what is agreed about a seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l
from teamhub.missions import events

ASKED = {
    "person": "change_asked_of_person",
    "manager": "change_asked_of_manager",
    "lead": "change_asked_of_lead",
}
"""What each side is told that must agree."""

SETTLED = tuple(Settles(name, about="seat_id") for name in ASKED.values())
"""A seat has one change that waits at a time: what ends it names the seat."""

SIDES = {"person": who.named("person_id"), "manager": who.manager_of_seat, "lead": who.lead}
_all_three = who.all_of(*SIDES.values())


def _asked(side: str) -> Told:
    return Told(
        ASKED[side],
        Kind.ASKED,
        who.when(lambda event: side in event.asks, SIDES[side]),
        says=_l("%(who)s foreslår nye vilkår for %(person)s i «%(title)s»"),
        means=_l("%(share)s %% av tiden, %(starts)s til %(ends)s. «%(quote)s»"),
        with_=words.change,
        asks=True,
        about="seat_id",
        does="open_team" if side == "lead" else "open_requests",
    )


def _told(
    name: str, to: who.Finder, says: LazyString, means: LazyString, with_: Callable[..., Any] = words.change
) -> Told:
    return Told(name, Kind.MINE, to, says=says, means=means, with_=with_)


def _closes(event: events.ChangeAnswered) -> bool:
    return not event.waits


def _has_answered(side: str) -> Callable[[Any], bool]:
    return lambda event: side in event.sides


CHANGES: Table = {
    events.ChangeProposed: Follows(
        _l("%(name)s foreslo å endre en avtalt plass"), tells=tuple(_asked(side) for side in SIDES)
    ),
    events.ChangeAnswered: Follows(
        _l("%(name)s svarte på en endring av en avtalt plass"),
        tells=(
            _told(
                "change_agreed_by_one",
                who.when(lambda event: event.accepted and event.waits, _all_three),
                _l("%(who)s er enig i de nye vilkårene i «%(title)s»"),
                _l("%(share)s %% av tiden, %(starts)s til %(ends)s. Det gjelder når alle har sagt ja."),
            ),
            _told(
                "change_declined",
                who.when(lambda event: not event.accepted, _all_three),
                _l("Endringen for %(person)s i «%(title)s» ble det ikke noe av"),
                _l("%(who)s: «%(quote)s» Det som er avtalt, står."),
                words.change_answer,
            ),
        ),
        settles=(
            *(Settles(ASKED[s], about="seat_id", when=_has_answered(s)) for s in SIDES),
            *(Settles(ASKED[s], about="seat_id", when=_closes) for s in SIDES),
        ),
    ),
    events.ChangeWithdrawn: Follows(
        _l("%(name)s trakk et forslag om å endre en plass"),
        tells=(
            _told(
                "change_withdrawn",
                _all_three,
                _l("Forslaget om nye vilkår for %(person)s i «%(title)s» er trukket"),
                _l("Du trenger ikke svare. %(role)s står som avtalt."),
            ),
        ),
        settles=SETTLED,
    ),
    events.TermsChanged: Follows(
        _l("%(name)s sa det siste ja til nye vilkår for en plass"),
        tells=(
            _told(
                "change_holds",
                who.all_of(_all_three, who.owner),
                _l("Nye vilkår for %(person)s i «%(title)s» er avtalt"),
                _l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s."),
            ),
        ),
    ),
}
