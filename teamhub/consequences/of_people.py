"""What follows from what happens to people, units and accounts: lines in the logs."""

from __future__ import annotations

from teamhub.audit.states import SecurityKind as Log
from teamhub.consequences.entry import Follows, Table
from teamhub.core.i18n import _l
from teamhub.people import events

PEOPLE: Table = {
    events.AccountCreated: Follows(_l("%(name)s opprettet kontoen"), security=Log.ACCOUNT_CREATED),
    events.AccountDisabled: Follows(_l("%(name)s stengte kontoen"), security=Log.ACCOUNT_DISABLED),
    events.AccountEnabled: Follows(_l("%(name)s åpnet kontoen igjen"), security=Log.ACCOUNT_ENABLED),
    events.PasswordChanged: Follows(_l("%(name)s byttet passord"), security=Log.PASSWORD_CHANGED),
    events.SessionsEnded: Follows(_l("%(name)s logget ut alle enheter"), security=Log.SESSIONS_ENDED),
    events.OfficeGiven: Follows(_l("%(name)s ga et verv"), security=Log.OFFICE_GIVEN),
    events.OfficeEnded: Follows(_l("%(name)s avsluttet et verv"), security=Log.OFFICE_ENDED),
    events.SettingsChanged: Follows(_l("%(name)s endret innstillingene sine")),
    events.UnitMoved: Follows(_l("%(name)s endret enhetens navn eller plass")),
}
