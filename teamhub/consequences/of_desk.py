"""What follows from the office's own work: who has a challenge, what is undone, notes and templates."""

from __future__ import annotations

from teamhub.challenges import events
from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import _l

DESK: Table = {
    events.ChallengeHandedOver: Follows(
        _l("%(name)s endret hvem som har ansvar for svaret"),
        tells=(
            Told(
                "handed_over",
                Kind.MINE,
                who.named("handler_id"),
                says=_l("%(who)s ga deg ansvaret for «%(title)s»"),
                means=_l("Du passer på at innmelderen får svar i tide."),
                does="open_desk",
            ),
        ),
        settles=(Settles("handed_over", person="was"),),
    ),
    events.ChallengeThemeSet: Follows(_l("%(name)s endret temaet")),
    events.AnswerTakenBack: Follows(
        _l("%(name)s tok tilbake avgjørelsen"),
        settles=(Settles("assessing_to_proposer"), Settles("assessing_to_supporters")),
        out="challenge",
    ),
    events.NoteWritten: Follows(_l("%(name)s skrev et privat notat")),
    events.NoteRemoved: Follows(_l("%(name)s slettet et privat notat")),
    events.TemplateSaved: Follows(_l("%(name)s lagret en svarmal")),
    events.TemplateRemoved: Follows(_l("%(name)s slettet en svarmal")),
}
