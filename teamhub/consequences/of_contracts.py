"""What follows when other terms are proposed for a seat, and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l
from teamhub.missions import events

OF_PERSON = (
    "invited",
    "invitation_soon_to_person",
    "invitation_late_to_lead",
    "counter_overtaken_of_person",
    "counter_declined_to_person",
    "terms_new_to_person",
)
"""What is owed an answer by, or waits for, the person who is asked."""
OF_MANAGER = (
    "time_asked",
    "invitation_soon_to_manager",
    "invitation_late_to_lead",
    "counter_overtaken_of_manager",
    "counter_declined_to_manager",
    "terms_new_to_manager",
)
"""The same of the line manager."""
BY_PERSON, BY_MANAGER = "counter_by_person", "counter_by_manager"
OF_LEAD = (BY_PERSON, BY_MANAGER)
"""The counter-offers that wait for the lead."""


def settled(*names: str, when: Callable[[Any], bool] | None = None) -> tuple[Settles, ...]:
    """Return what an event about an invitation brings an end to."""
    return tuple(Settles(name, about="invitation_id", when=when) for name in names)


def _by(side: str) -> Callable[[Any], bool]:
    return lambda event: event.side == side


def _asks(side: str) -> Callable[[Any], bool]:
    return lambda event: event.accepted and side in event.asks


def _is_taken(event: events.CounterAnswered) -> bool:
    return event.accepted


def _declined(side: str) -> Callable[[Any], bool]:
    return lambda event: not event.accepted and event.side == side


def _asked(name: str, to: who.Finder, says: LazyString, means: LazyString, does: str) -> Told:
    return Told(
        name,
        Kind.ASKED,
        to,
        says=says,
        means=means,
        with_=words.counter,
        asks=True,
        about="invitation_id",
        does=does,
    )


_person = who.named("person_id")
_ANSWER = _l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s. Svar innen %(due)s.")
_TERMS = _l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s.")
_DECLINED = _l("%(who)s: «%(quote)s» Svar ja eller nei innen %(due)s.")
_OTHER_TERMS = _l("Andre vilkår er foreslått i «%(title)s»")

CONTRACTS: Table = {
    # Not that it was no plain yes: who proposed what is for those it concerns.
    events.CounterOffered: Follows(
        _l("%(name)s svarte på et spørsmål om en plass"),
        tells=(
            _asked(
                BY_PERSON,
                who.when(_by("person"), who.lead),
                _l("%(person)s foreslår andre vilkår i «%(title)s»"),
                _l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s. Passer det?"),
                "open_team",
            ),
            _asked(
                BY_MANAGER,
                who.when(_by("manager"), who.lead),
                _l("Lederen til %(person)s foreslår andre vilkår i «%(title)s»"),
                _l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s. Passer det?"),
                "open_team",
            ),
            _asked(
                "counter_overtaken_of_person",
                who.when(lambda e: e.overtook and e.side == "manager", _person),
                _l("Lederen din foreslår noe annet enn du gjorde i «%(title)s»"),
                _l("%(share)s %% av tiden, %(starts)s til %(ends)s. Forslaget ditt gjelder ikke lenger."),
                "answer_invitation",
            ),
            _asked(
                "counter_overtaken_of_manager",
                who.when(lambda e: e.overtook and e.side == "person", who.line_manager),
                _l("%(person)s foreslår noe annet enn du gjorde i «%(title)s»"),
                _l("%(share)s %% av tiden, %(starts)s til %(ends)s. Forslaget ditt gjelder ikke lenger."),
                "answer_release",
            ),
            Told(
                "counter_to_person",
                Kind.MINE,
                who.when(_by("manager"), _person),
                says=_OTHER_TERMS,
                means=_l("%(who)s foreslår %(share)s %% av tiden din, %(starts)s til %(ends)s."),
                with_=words.counter,
            ),
            Told(
                "counter_to_manager",
                Kind.MINE,
                who.when(_by("person"), who.line_manager),
                says=_OTHER_TERMS,
                means=_l("%(person)s foreslår %(share)s %% av tiden, %(starts)s til %(ends)s."),
                with_=words.counter,
            ),
        ),
        settles=(
            *settled(*OF_LEAD),
            *settled(*OF_PERSON, when=_by("person")),
            *settled(*OF_MANAGER, when=_by("manager")),
        ),
    ),
    events.CounterAnswered: Follows(
        _l("%(name)s svarte på andre vilkår for en plass"),
        tells=(
            Told(
                "counter_taken",
                Kind.MINE,
                who.when(_is_taken, who.named("proposer_id")),
                says=_l("Forslaget ditt i «%(title)s» er tatt imot"),
                means=_TERMS,
                with_=words.counter,
            ),
            _asked(
                "terms_new_to_person",
                who.when(_asks("person"), _person),
                _l("Nye vilkår for plassen i «%(title)s»: vil du være med?"),
                _ANSWER,
                "answer_invitation",
            ),
            _asked(
                "terms_new_to_manager",
                who.when(_asks("manager"), who.line_manager),
                _l("Nye vilkår: kan %(person)s bruke %(share)s %% av tiden på «%(title)s»?"),
                _ANSWER,
                "answer_release",
            ),
            Told(
                "terms_new",
                Kind.MINE,
                who.when(_is_taken, who.all_of(_person, who.line_manager)),
                says=_l("Nye vilkår for plassen til %(person)s i «%(title)s»"),
                means=_TERMS,
                with_=words.counter,
            ),
            _asked(
                "counter_declined_to_person",
                who.when(_declined("person"), _person),
                _l("Forslaget ditt i «%(title)s» passet ikke"),
                _DECLINED,
                "answer_invitation",
            ),
            _asked(
                "counter_declined_to_manager",
                who.when(_declined("manager"), who.all_of(who.named("proposer_id"), who.line_manager)),
                _l("Forslaget ditt i «%(title)s» passet ikke"),
                _DECLINED,
                "answer_release",
            ),
        ),
        settles=(*settled(*OF_LEAD), *settled(*OF_PERSON, *OF_MANAGER, when=_is_taken)),
    ),
    events.InvitationOvertaken: Follows(
        _l("%(name)s svarte på et spørsmål om en plass"),
        tells=(
            Told(
                "overtaken_to_lead",
                Kind.MINE,
                who.lead,
                says=_l("Plassen %(role)s i «%(title)s» er ledig igjen"),
                means=_l("Tiden til %(person)s ble nettopp avtalt i et annet oppdrag. Foreslå en annen."),
                with_=words.invitation,
                does="open_team",
            ),
            Told(
                "overtaken_to_person",
                Kind.MINE,
                _person,
                says=_l("Plassen i «%(title)s» ble ikke noe av"),
                means=_l("Tiden din ble nettopp avtalt i et annet oppdrag, og det er ikke rom til begge."),
                with_=words.invitation,
            ),
            Told(
                "overtaken_to_manager",
                Kind.MINE,
                who.line_manager,
                says=_l("Tiden til %(person)s er alt avtalt"),
                means=_l("Det gjaldt «%(title)s». Et annet oppdrag kom først, og det er ikke rom til begge."),
                with_=words.invitation,
            ),
        ),
        settles=settled(*OF_PERSON, *OF_MANAGER, *OF_LEAD),
    ),
    events.InvitationExpired: Follows(
        _l("%(name)s lukket et spørsmål om en plass som ikke ble besvart i tide"),
        tells=(
            Told(
                "invitation_expired_to_lead",
                Kind.MINE,
                who.lead,
                says=_l("Plassen %(role)s i «%(title)s» er ledig igjen"),
                means=_l("Ikke alle rakk å svare om %(person)s. Spør gjerne igjen, eller en annen."),
                with_=words.invitation,
                does="open_team",
            ),
            Told(
                "invitation_expired_to_person",
                Kind.MINE,
                _person,
                says=_l("Spørsmålet om en plass i «%(title)s» er lukket"),
                means=_l(
                    "Det kom ikke svar fra alle i tide, og det er helt greit. "
                    "Vil du være med likevel, si fra til den som leder oppdraget."
                ),
                with_=words.invitation,
            ),
            Told(
                "invitation_expired_to_manager",
                Kind.MINE,
                who.line_manager,
                says=_l("Spørsmålet om tiden til %(person)s er lukket"),
                means=_l("Det gjaldt «%(title)s». Du trenger ikke svare lenger."),
                with_=words.invitation,
            ),
        ),
        settles=settled(*OF_PERSON, *OF_MANAGER, *OF_LEAD),
    ),
}
