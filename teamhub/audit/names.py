"""What the change log says of each kind of event: a sentence, in the reader's language."""

from __future__ import annotations

from teamhub.core.i18n import LazyString, _l

SENTENCES: dict[str, LazyString] = {
    "AccountCreated": _l("%(name)s opprettet kontoen"),
    "AccountDisabled": _l("%(name)s stengte kontoen"),
    "AccountEnabled": _l("%(name)s åpnet kontoen igjen"),
    "PasswordChanged": _l("%(name)s byttet passord"),
    "SessionsEnded": _l("%(name)s logget ut alle enheter"),
    "OfficeGiven": _l("%(name)s ga et verv"),
    "OfficeEnded": _l("%(name)s avsluttet et verv"),
    "UnitMoved": _l("%(name)s endret enhetens navn eller plass"),
    "ChallengeSubmitted": _l("%(name)s meldte inn utfordringen"),
    "ChallengeEdited": _l("%(name)s endret teksten"),
    "ChallengeClarified": _l("%(name)s svarte på spørsmålet"),
    "ChallengeWithdrawn": _l("%(name)s trakk utfordringen"),
    "ChallengeSupported": _l("%(name)s sa at det gjelder dem også"),
    "SupportWithdrawn": _l("%(name)s sa at det ikke gjelder dem likevel"),
    "ChallengeCommented": _l("%(name)s skrev i samtalen"),
    "ChallengeAnswered": _l("%(name)s avgjorde hva som skjer videre"),
    "MissionStarted": _l("%(name)s startet oppdraget"),
    "MissionEdited": _l("%(name)s endret oppdraget"),
    "PhaseChanged": _l("%(name)s endret fasen"),
    "StatusReported": _l("%(name)s skrev en statusrapport"),
    "SeatAdded": _l("%(name)s la til en plass i teamet"),
    "SeatChanged": _l("%(name)s endret en plass i teamet"),
    "SeatRemoved": _l("%(name)s tok bort en plass i teamet"),
    "PersonInvited": _l("%(name)s spurte noen om en plass"),
    "InvitationWithdrawn": _l("%(name)s trakk et spørsmål om en plass"),
    # Not what was answered: a no, and who said it, is for those it concerns.
    "InvitationAnswered": _l("%(name)s svarte på et spørsmål om en plass"),
    "ReleaseAnswered": _l("%(name)s svarte på om tiden kan avgis"),
    "SeatFilled": _l("%(name)s sa det siste ja, og plassen er avtalt"),
    "TaskAdded": _l("%(name)s la inn oppgaven"),
    "TaskMoved": _l("%(name)s flyttet fra %(old)s til %(new)s"),
    "TaskReordered": _l("%(name)s ga oppgaven en ny plass"),
    "TaskChanged": _l("%(name)s endret oppgaven"),
    "TaskDone": _l("%(name)s merket den som ferdig"),
    "TaskReopened": _l("%(name)s åpnet den igjen"),
    "TaskDeleted": _l("%(name)s slettet den"),
    "TaskRestored": _l("%(name)s angret slettingen"),
    "TaskCommented": _l("%(name)s skrev et innlegg"),
    "ColumnAdded": _l("%(name)s la til en kolonne"),
    "ColumnChanged": _l("%(name)s endret en kolonne"),
    "ColumnMoved": _l("%(name)s flyttet en kolonne"),
    "ColumnRemoved": _l("%(name)s tok bort en kolonne"),
    "Imported": _l("%(name)s leste inn en fil"),
    "DemoLoaded": _l("%(name)s la inn prøvekommunen"),
}


def sentence(kind: str, who: str, data: dict[str, object]) -> str:
    """Return what happened, as one says it: «Kari Nordmann startet oppdraget»."""
    return str(SENTENCES[kind]) % {**data, "name": who}
