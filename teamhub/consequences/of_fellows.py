"""What follows when colleagues stand behind a challenge together."""

from __future__ import annotations

from teamhub.challenges import events
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import _l

FELLOWS: Table = {
    events.FellowAsked: Follows(
        _l("%(name)s spurte noen om å stå bak"),
        tells=(
            Told(
                "fellow_asked",
                Kind.ASKED,
                who.named("person_id"),
                says=_l("%(who)s spør om du vil stå bak «%(title)s»"),
                means=_l("Da står navnet ditt der, og du får vite hva som skjer."),
                asks=True,
                does="answer_fellow",
            ),
        ),
    ),
    events.FellowAnswered: Follows(
        _l("%(name)s svarte om å stå bak"),
        tells=(
            Told(
                "fellow_joined",
                Kind.MINE,
                who.when(lambda event: event.accepts, who.proposer),
                says=_l("%(who)s står bak «%(title)s» sammen med deg"),
            ),
            Told(
                "fellow_declined",
                Kind.MINE,
                who.when(lambda event: not event.accepts, who.proposer),
                says=_l("%(who)s vil ikke stå bak «%(title)s»"),
            ),
        ),
        settles=(Settles("fellow_asked", person="actor_id"),),
    ),
    events.FellowRemoved: Follows(
        _l("%(name)s endret hvem som står bak"), settles=(Settles("fellow_asked", person="person_id"),)
    ),
}
