"""What follows from what people say of themselves: nothing but the line in the log."""

from __future__ import annotations

from teamhub.competence import events
from teamhub.consequences.entry import Follows, Table
from teamhub.core.i18n import _l

COMPETENCE: Table = {
    events.SkillsChanged: Follows(_l("%(name)s endret ferdighetene sine")),
    events.WaysChanged: Follows(_l("%(name)s endret språkene eller stedene sine")),
    events.TimeChanged: Follows(_l("%(name)s endret tiden sin")),
}
