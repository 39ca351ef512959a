"""What follows from what admins do with jobs that have stopped."""

from __future__ import annotations

from teamhub.audit.states import SecurityKind as Log
from teamhub.consequences.entry import Follows, Table
from teamhub.core.i18n import _l
from teamhub.jobs import events

JOBS: Table = {
    events.JobRetried: Follows(_l("%(name)s ba om at jobben blir prøvd igjen"), security=Log.JOB_RETRIED),
    events.JobDiscarded: Follows(_l("%(name)s forkastet jobben"), security=Log.JOB_DISCARDED),
}
