"""What follows when seats are announced and people apply for them."""

from __future__ import annotations

from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import _l
from teamhub.missions import announcement_events as events

ANNOUNCEMENTS: Table = {
    events.SeatAnnounced: Follows(
        _l("%(name)s lyste ut en plass i teamet"),
        tells=(
            Told(
                "curates_seat",
                Kind.MINE,
                who.named("curator_id"),
                says=_l("Du svarer på spørsmål om plassen %(role)s i «%(title)s»"),
                means=_l("%(who)s lyste den ut for alle, med navnet ditt på."),
                with_=words.role,
            ),
        ),
    ),
    events.AnnouncementEnded: Follows(
        _l("%(name)s tok ned utlysningen av en plass"),
        tells=(
            Told(
                "announcement_over",
                Kind.MINE,
                who.when(lambda event: event.expired, who.named("curator_id")),
                says=_l("Plassen %(role)s i «%(title)s» er ikke lenger lyst ut"),
                means=_l("Siste dag er gått, og plassen er ledig. Lys den ut igjen, eller spør noen."),
                with_=words.role,
                does="open_team",
            ),
        ),
    ),
    events.SeatApplied: Follows(
        _l("%(name)s meldte seg til en plass"),
        tells=(
            Told(
                "seat_applied",
                Kind.MINE,
                who.when(lambda event: event.is_new, who.lead),
                says=_l("%(who)s har lyst på plassen %(role)s i «%(title)s»"),
                means=_l("Det de skrev, står på siden til plassen."),
                with_=words.role,
                does="open_team",
            ),
        ),
    ),
    events.ApplicationWithdrawn: Follows(_l("%(name)s trakk seg fra en plass de hadde meldt seg til")),
}
