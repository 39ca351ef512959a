"""What follows from what a team agrees on, and from who follows it without a seat."""

from __future__ import annotations

from typing import Any

from teamhub.consequences import recipients as who
from teamhub.consequences.entry import Follows, Settles, Table, Told
from teamhub.consequences.kinds import Kind
from teamhub.core.i18n import LazyString, _l
from teamhub.missions import events

QUESTIONS = ("agreement_written", "agreement_changed", "agreement_met")


def _question(name: str, to: Any, says: LazyString, means: LazyString) -> Told:
    return Told(name, Kind.ASKED, to, says=says, means=means, asks=True, does="open_agreement")


TEAMS: Table = {
    events.AgreementWritten: Follows(
        _l("%(name)s skrev lagreglene"),
        tells=(
            _question(
                "agreement_written",
                who.when(lambda e: not e.anew, who.not_agreed),
                _l("Teamet i «%(title)s» har fått lagregler"),
                _l("Les hvordan dere vil møtes, bestemme og dele, og si om du er med på det."),
            ),
            _question(
                "agreement_changed",
                who.when(lambda e: e.anew, who.not_agreed),
                _l("Lagreglene i «%(title)s» er endret"),
                _l("Det står noe nytt der, så alle blir spurt en gang til. Er du fortsatt med?"),
            ),
        ),
        settles=tuple(Settles(name) for name in QUESTIONS),
    ),
    events.AgreementAsked: Follows(
        _l("%(name)s spurte en ny i teamet om lagreglene"),
        tells=(
            _question(
                "agreement_met",
                who.named("person_id"),
                _l("Slik samarbeider teamet i «%(title)s»"),
                _l("De har skrevet lagregler. Les dem, og si om du er med på dem."),
            ),
        ),
    ),
    # Only that all are with it: who came when is for nobody to keep.
    events.AgreementAccepted: Follows(
        _l("%(name)s er med på lagreglene"),
        tells=(
            Told(
                "agreement_agreed",
                Kind.MINE,
                who.when(lambda e: e.left == 0, who.lead),
                says=_l("Alle i «%(title)s» er med på lagreglene"),
                means=_l("Ta dem fram igjen når noen nye kommer, eller når noe skurrer."),
                does="open_agreement",
            ),
        ),
        settles=tuple(Settles(name, person="actor_id") for name in QUESTIONS),
    ),
    events.PartnerAttached: Follows(
        _l("%(name)s tok med en tillitsvalgt eller et verneombud"),
        tells=(
            Told(
                "partner_attached",
                Kind.MINE,
                who.named("person_id"),
                says=_l("%(who)s vil ha deg med i «%(title)s»"),
                means=_l(
                    "Du følger oppdraget på vegne av de ansatte: faser, rapporter, teamet og lagreglene. "
                    "Du kan gå ut når du vil."
                ),
            ),
        ),
    ),
    events.PartnerRemoved: Follows(
        _l("%(name)s tok bort en tillitsvalgt eller et verneombud"),
        tells=(
            Told(
                "partner_removed",
                Kind.MINE,
                who.named("person_id"),
                says=_l("Du følger ikke lenger «%(title)s» på vegne av de ansatte"),
                means=_l("%(who)s endret hvem som er med. Ta kontakt om du mener det er feil."),
            ),
        ),
    ),
    events.PartnerLeft: Follows(
        _l("%(name)s følger ikke lenger oppdraget på vegne av de ansatte"),
        tells=(
            Told(
                "partner_left",
                Kind.MINE,
                who.all_of(who.lead, who.owner),
                says=_l("%(who)s følger ikke lenger «%(title)s»"),
                means=_l("Trenger dere en annen tillitsvalgt eller et annet verneombud?"),
            ),
        ),
    ),
}
