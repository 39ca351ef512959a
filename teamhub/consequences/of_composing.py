"""What follows when a team is thought of: nothing but a line. Who is in it has not been asked."""

from __future__ import annotations

from teamhub.consequences.entry import Follows, Table
from teamhub.core.i18n import _l
from teamhub.missions.composing import events

COMPOSING: Table = {
    events.TeamDraftKept: Follows(_l("%(name)s lagret et forslag til team")),
    events.TeamDraftDropped: Follows(_l("%(name)s slettet et forslag til team")),
    events.WeightsBound: Follows(_l("%(name)s endret hva som kan telle når et team foreslås")),
}
