"""What follows from what happens to webhooks: a line, and one in the security log."""

from __future__ import annotations

from teamhub.audit.states import SecurityKind
from teamhub.consequences.entry import Follows, Table
from teamhub.core.i18n import _l
from teamhub.webhooks import events

WEBHOOKS: Table = {
    events.WebhookAdded: Follows(_l("%(name)s la til en webhook"), security=SecurityKind.WEBHOOK_ADDED),
    events.WebhookChanged: Follows(_l("%(name)s endret en webhook"), security=SecurityKind.WEBHOOK_CHANGED),
    events.WebhookSecretReset: Follows(
        _l("%(name)s laget en ny hemmelighet for en webhook"), security=SecurityKind.WEBHOOK_SECRET_RESET
    ),
    events.WebhookRemoved: Follows(_l("%(name)s fjernet en webhook"), security=SecurityKind.WEBHOOK_REMOVED),
}
