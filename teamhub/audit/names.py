"""What the change log and the security log say of each thing, in the reader's language."""

from __future__ import annotations

from teamhub.audit.states import Outcome, SecurityKind
from teamhub.core.i18n import LazyString, _l

SENTENCES: dict[str, LazyString] = {}
"""Kind of event → sentence. wiring.py fills it from the table of consequences, which stands above."""


def sentence(kind: str, who: str, data: dict[str, object]) -> str:
    """Return what happened, as one says it: «Kari Nordmann startet oppdraget»."""
    return str(SENTENCES[kind]) % {**data, "name": who}


SECURITY_KINDS: dict[SecurityKind, LazyString] = {
    SecurityKind.SIGNED_IN: _l("Logget inn"),
    SecurityKind.SIGN_IN_FAILED: _l("Innlogging mislyktes"),
    SecurityKind.GUESSES_STOPPED: _l("For mange forsøk på innlogging"),
    SecurityKind.SIGNED_OUT: _l("Logget ut"),
    SecurityKind.SESSION_ENDED: _l("Logget ut en annen enhet"),
    SecurityKind.SESSIONS_ENDED: _l("Logget ut overalt"),
    SecurityKind.PASSWORD_CHANGED: _l("Byttet passord"),
    SecurityKind.ACCOUNT_CREATED: _l("Konto opprettet"),
    SecurityKind.ACCOUNT_DISABLED: _l("Konto stengt"),
    SecurityKind.ACCOUNT_ENABLED: _l("Konto åpnet igjen"),
    SecurityKind.OFFICE_GIVEN: _l("Verv gitt"),
    SecurityKind.OFFICE_ENDED: _l("Verv avsluttet"),
    SecurityKind.ACCESS_DENIED: _l("Nektet tilgang"),
    SecurityKind.IMPORTED: _l("Fil lest inn"),
    SecurityKind.DEMO_LOADED: _l("Prøvekommune lagt inn"),
    SecurityKind.FEED_MADE: _l("Abonnement laget"),
    SecurityKind.FEED_RESET: _l("Abonnement fikk ny adresse"),
    SecurityKind.FEED_CLOSED: _l("Abonnement stengt"),
    SecurityKind.TOKEN_MADE: _l("Nøkkel for program laget"),
    SecurityKind.TOKEN_REVOKED: _l("Nøkkel for program slått av"),
    SecurityKind.WEBHOOK_ADDED: _l("Webhook lagt til"),
    SecurityKind.WEBHOOK_CHANGED: _l("Webhook endret"),
    SecurityKind.WEBHOOK_REMOVED: _l("Webhook fjernet"),
    SecurityKind.WEBHOOK_SECRET_RESET: _l("Webhook fikk ny nøkkel"),
    SecurityKind.JOB_RETRIED: _l("Jobb prøvd på nytt"),
    SecurityKind.JOB_DISCARDED: _l("Jobb forkastet"),
    SecurityKind.LOG_BEGUN: _l("Loggen begynte"),
    SecurityKind.LOG_VERIFIED: _l("Loggen ble kontrollert"),
    SecurityKind.LOG_SHORTENED: _l("Gamle linjer slettet"),
}

OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.OK: _l("Utført"),
    Outcome.FAILED: _l("Mislyktes"),
    Outcome.REFUSED: _l("Nektet"),
}

DETAILS: dict[str, LazyString] = {
    "device": _l("Nettleser"),
    "path": _l("Side"),
    "kind": _l("Verv"),
    "unit_id": _l("Enhet"),
    "file": _l("Fil"),
    "created": _l("Nye"),
    "changed": _l("Endret"),
    "size": _l("Størrelse"),
    "object_id": _l("Nummer"),
    "name": _l("Navn"),
    "account": _l("Ukjent konto, merke"),
    "count": _l("Antall"),
    "findings": _l("Funn"),
}
"""What a line of the security log may hold beside who and what, as the page calls it."""
