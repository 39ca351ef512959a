"""What follows from what people say of themselves, and from the lists they choose from."""

from __future__ import annotations

from typing import Any

from teamhub.competence import events
from teamhub.competence.states import Outcome
from teamhub.consequences import recipients as who
from teamhub.consequences import words
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import _l


def _to_whom(outcome: Outcome) -> Any:
    return who.when(lambda event: event.outcome == outcome, who.named("person_id"))


COMPETENCE: Table = {
    events.SkillsChanged: Follows(_l("%(name)s endret ferdighetene sine")),
    events.WaysChanged: Follows(_l("%(name)s endret språkene eller stedene sine")),
    events.TimeChanged: Follows(_l("%(name)s endret tiden sin")),
    events.SkillChanged: Follows(_l("%(name)s endret lista over ferdigheter")),
    events.PlaceChanged: Follows(_l("%(name)s endret lista over steder")),
    events.SkillSuggested: Follows(
        _l("%(name)s foreslo en ferdighet"),
        tells=(
            Told(
                "skill_suggested",
                Kind.ASKED,
                who.office,
                says=_l("%(who)s savner ferdigheten «%(title)s»"),
                means=_l("Ta den inn på lista, slå den sammen med en som er der, eller svar hvorfor ikke."),
                asks=True,
            ),
        ),
    ),
    events.SuggestionAnswered: Follows(
        _l("%(name)s svarte på et forslag om en ferdighet"),
        tells=(
            Told(
                "suggestion_accepted",
                Kind.MINE,
                _to_whom(Outcome.ACCEPTED),
                says=_l("«%(title)s» er kommet med på lista over ferdigheter"),
                means=_l("Takk for forslaget. Nå kan du si hvor godt du kan det."),
            ),
            Told(
                "suggestion_merged",
                Kind.MINE,
                _to_whom(Outcome.MERGED),
                says=_l("«%(title)s» finnes på lista som «%(into)s»"),
                means=_l("Takk for forslaget. Nå finner alle den med ditt ord også."),
                with_=words.suggestion,
            ),
            Told(
                "suggestion_declined",
                Kind.MINE,
                _to_whom(Outcome.DECLINED),
                says=_l("Svar på forslaget ditt «%(title)s»"),
                means=_l("Den kommer ikke med på lista nå: «%(quote)s»"),
                with_=words.suggestion,
            ),
        ),
        settles=(Settles("skill_suggested"),),
    ),
}
