"""What follows from what happens to missions and their teams."""

from __future__ import annotations

from typing import Any

from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.consequences.of_announcements import ANNOUNCEMENTS
from teamhub.consequences.of_changes import ASKED as CHANGE_ASKED
from teamhub.consequences.of_changes import SETTLED as CHANGE_SETTLED
from teamhub.consequences.of_contracts import (
    BY_MANAGER,
    BY_PERSON,
    OF_LEAD,
    OF_MANAGER,
    OF_PERSON,
    settled,
)
from teamhub.core.i18n import _l
from teamhub.missions import events
from teamhub.missions.states import GOING_ON


def _is_no(event: Any) -> bool:
    return not event.accepted


def _is_over(event: events.MissionEdited) -> bool:
    """Nobody owes a mission that is over an answer."""
    _old, new = event.changes.get("status", (None, None))
    return new is not None and new not in GOING_ON


def _somebody_left(event: events.SeatChanged) -> bool:
    return "person_id" in event.changes


MISSIONS: Table = {
    events.MissionStarted: Follows(
        _l("%(name)s startet oppdraget"),
        tells=(
            Told(
                "lead_of_mission",
                Kind.MINE,
                who.lead,
                says=_l("Du leder oppdraget «%(title)s»"),
                means=_l("Begynn med plassene i teamet: hva trenger dere, og fra hvilke områder?"),
                does="open_team",
            ),
            Told(
                "owner_of_mission",
                Kind.MINE,
                who.owner,
                says=_l("Du eier oppdraget «%(title)s»"),
                means=_l("Du får vite hvordan det går, og avgjør ved portene."),
            ),
        ),
        out="mission",
    ),
    events.MissionEdited: Follows(
        _l("%(name)s endret oppdraget"),
        tells=(
            Told(
                "mission_edited",
                Kind.FOLLOWED,
                who.all_of(who.lead, who.owner, who.team, who.partners),
                says=_l("«%(title)s» er endret"),
                means=_l("%(who)s endret mandatet eller rammene."),
            ),
        ),
        settles=tuple(
            Settles(name, when=_is_over)
            for name in dict.fromkeys((*OF_PERSON, *OF_MANAGER, *OF_LEAD, *CHANGE_ASKED.values()))
        ),
    ),
    events.PhaseChanged: Follows(
        _l("%(name)s endret fasen"),
        tells=(
            Told(
                "phase_changed",
                Kind.FOLLOWED,
                who.all_of(who.lead, who.owner, who.team),
                says=_l("«%(title)s» er i en ny fase"),
                means=_l("Nå: %(phase)s."),
                with_=words.phase,
            ),
            Told(
                "phase_to_partners",
                Kind.FOLLOWED,
                who.partners,
                says=_l("«%(title)s» er i en ny fase"),
                means=_l("Nå: %(phase)s. Si fra tidlig om noe bør drøftes."),
                with_=words.phase,
            ),
            Told(
                "phase_to_followers",
                Kind.FOLLOWED,
                who.waiting_for_mission,
                says=_l("Nytt fra oppdraget «%(title)s»"),
                means=_l("Nå: %(phase)s. Det svarer på en utfordring du følger."),
                with_=words.phase,
            ),
        ),
        out="mission",
    ),
    events.StatusReported: Follows(
        _l("%(name)s skrev en statusrapport"),
        tells=(
            Told(
                "report_to_owner",
                Kind.MINE,
                who.owner,
                says=_l("Ny status for «%(title)s»"),
                means=_l("%(who)s: «%(quote)s»"),
                with_=words.summary,
            ),
            Told(
                "report_to_team",
                Kind.FOLLOWED,
                who.all_of(who.lead, who.team),
                says=_l("Ny status for «%(title)s»"),
                means=_l("%(who)s: «%(quote)s»"),
                with_=words.summary,
            ),
            Told(
                "report_to_partners",
                Kind.FOLLOWED,
                who.partners,
                says=_l("Ny status for «%(title)s»"),
                means=_l("%(who)s: «%(quote)s»"),
                with_=words.summary,
            ),
            Told(
                "report_to_followers",
                Kind.FOLLOWED,
                who.waiting_for_mission,
                says=_l("Nytt fra oppdraget «%(title)s»"),
                means=_l("Det svarer på en utfordring du følger: «%(quote)s»"),
                with_=words.summary,
            ),
        ),
        settles=(Settles("report_due_to_lead"), Settles("report_late_to_owner")),
        out="mission",
    ),
    events.SeatAdded: Follows(_l("%(name)s la til en plass i teamet")),
    events.SeatChanged: Follows(
        _l("%(name)s endret en plass i teamet"),
        tells=(
            Told(
                "left_to_partners",
                Kind.FOLLOWED,
                who.when(_somebody_left, who.partners),
                says=_l("Noen er ute av teamet i «%(title)s»"),
                means=_l("Plassen er ledig igjen."),
            ),
        ),
        settles=CHANGE_SETTLED,
    ),
    events.SeatRemoved: Follows(_l("%(name)s tok bort en plass i teamet")),
    **ANNOUNCEMENTS,
    events.PersonInvited: Follows(
        _l("%(name)s spurte noen om en plass"),
        tells=(
            Told(
                "invited",
                Kind.ASKED,
                who.named("person_id"),
                says=_l("%(who)s spør om du vil bli med i «%(title)s»"),
                means=_l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s. Svar innen %(due)s."),
                with_=words.invitation,
                asks=True,
                about="invitation_id",
                does="answer_invitation",
            ),
            Told(
                "time_asked",
                Kind.ASKED,
                who.line_manager,
                says=_l("Kan %(person)s bruke %(share)s %% av tiden på «%(title)s»?"),
                means=_l("%(role)s, %(starts)s til %(ends)s. Svar innen %(due)s."),
                with_=words.invitation,
                asks=True,
                about="invitation_id",
                does="answer_release",
            ),
        ),
    ),
    events.InvitationWithdrawn: Follows(
        _l("%(name)s trakk et spørsmål om en plass"),
        tells=(
            Told(
                "invitation_withdrawn",
                Kind.MINE,
                who.all_of(who.named("person_id"), who.line_manager),
                says=_l("Spørsmålet om en plass i «%(title)s» er trukket"),
                means=_l("Ingen trenger å svare lenger. Det gjaldt %(role)s."),
                with_=words.invitation,
            ),
        ),
        settles=settled(*OF_PERSON, *OF_MANAGER, *OF_LEAD),
    ),
    # Not what was answered: a no, and who said it, is for those it concerns.
    events.InvitationAnswered: Follows(
        _l("%(name)s svarte på et spørsmål om en plass"),
        tells=(
            Told(
                "person_said_yes",
                Kind.MINE,
                who.when(lambda e: e.accepted, who.lead),
                says=_l("%(person)s vil være med i «%(title)s»"),
                means=_l("%(role)s. Plassen er avtalt når lederen også har sagt ja."),
                with_=words.invitation,
                does="open_team",
            ),
            Told(
                "person_said_no",
                Kind.MINE,
                who.when(lambda e: not e.accepted, who.lead),
                says=_l("%(person)s kan ikke være med i «%(title)s»"),
                means=_l("Plassen %(role)s er ledig igjen. Grunnen står på teamsiden."),
                with_=words.invitation,
                does="open_team",
            ),
        ),
        settles=(*settled(*OF_PERSON, BY_PERSON), *settled(*OF_MANAGER, BY_MANAGER, when=_is_no)),
    ),
    events.ReleaseAnswered: Follows(
        _l("%(name)s svarte på om tiden kan avgis"),
        tells=(
            Told(
                "manager_said_yes",
                Kind.MINE,
                who.when(lambda e: e.accepted, who.all_of(who.lead, who.named("person_id"))),
                says=_l("Tiden til %(person)s kan brukes på «%(title)s»"),
                means=_l("%(who)s sa ja til %(share)s %%, %(starts)s til %(ends)s."),
                with_=words.invitation,
            ),
            Told(
                "manager_said_no",
                Kind.MINE,
                who.when(lambda e: not e.accepted, who.all_of(who.lead, who.named("person_id"))),
                says=_l("Tiden til %(person)s kan ikke avgis til «%(title)s»"),
                means=_l("Plassen %(role)s er ledig igjen."),
                with_=words.invitation,
            ),
        ),
        settles=(*settled(*OF_MANAGER, BY_MANAGER), *settled(*OF_PERSON, BY_PERSON, when=_is_no)),
    ),
    events.SeatFilled: Follows(
        _l("%(name)s sa det siste ja, og plassen er avtalt"),
        tells=(
            Told(
                "seat_is_yours",
                Kind.MINE,
                who.named("person_id"),
                says=_l("Du er med i teamet «%(title)s»"),
                means=_l("%(role)s, %(share)s %% av tiden, %(starts)s til %(ends)s."),
                with_=words.seat,
                actor_too=True,
            ),
            Told(
                "not_chosen",
                Kind.MINE,
                who.not_chosen,
                says=_l("En annen fikk plassen %(role)s i «%(title)s» denne gangen"),
                means=_l("Takk for at du meldte deg. Kanskje er en av de andre plassene noe for deg?"),
                with_=words.role,
                does="open_seats",
            ),
            Told(
                "seat_filled",
                Kind.FOLLOWED,
                who.all_of(who.lead, who.owner, who.team),
                says=_l("%(person)s er med i «%(title)s»"),
                means=_l("%(role)s, %(share)s %% av tiden."),
                with_=words.seat,
            ),
            Told(
                "seat_to_partners",
                Kind.FOLLOWED,
                who.partners,
                says=_l("Teamet i «%(title)s» har fått %(person)s med"),
                means=_l("%(role)s, %(share)s %% av tiden."),
                with_=words.seat,
            ),
        ),
        out="mission",
    ),
}
