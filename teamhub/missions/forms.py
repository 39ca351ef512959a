"""Forms for missions, seats, invitations and status reports."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from teamhub.access.actor import Role
from teamhub.core.forms import (
    ChoiceField,
    Form,
    NumberField,
    RadioChoiceField,
    Required,
    VersionedForm,
    day,
    id_or_none,
    line,
    options,
    text,
)
from teamhub.core.i18n import _l
from teamhub.missions.agreeing import Wording
from teamhub.missions.commands import Charter
from teamhub.missions.names import AGREEMENT_PARTS, AXIS_NAMES, LIGHTS, PHASES, STATUSES
from teamhub.missions.partners import PARTNER_OFFICES
from teamhub.missions.states import AXES, Light, Phase, Status
from teamhub.missions.terms import Terms
from teamhub.people.names import ROLES


class MissionForm(Form):
    title = line(_l("Navn på oppdraget"), required=_l("Gi oppdraget et navn."), longest=200)
    goal = text(
        _l("Mål, med én setning"),
        required=_l("Skriv hva som skal bli annerledes for innbyggerne."),
        longest=1000,
        rows=2,
        description=_l("Hva er annerledes for innbyggerne, og når?"),
    )
    mandate = text(
        _l("Mandat"),
        required=_l("Skriv hva teamet får bestemme og bruke."),
        rows=4,
        description=_l("Hva teamet får bestemme, hva det får bruke, og hvor grensene går."),
    )
    lead_id = IntegerField(_l("Oppdragsleder"), validators=[Required(_l("Velg hvem som leder oppdraget."))])
    owner_id = IntegerField(
        _l("Oppdragseier"),
        validators=[Required(_l("Velg hvem som eier oppdraget."))],
        description=_l("Svarer for målet, og rydder vei når noe stopper."),
    )
    starts_on = day(_l("Starter"))
    ends_on = day(_l("Slutter"))
    challenge_id = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def charter(self) -> Charter:
        """Return what was written, in the command's own words."""
        names = ("title", "goal", "mandate", "lead_id", "owner_id", "starts_on", "ends_on")
        return Charter(**{name: self[name].data for name in names})


class MissionEditForm(MissionForm, VersionedForm):
    phase = ChoiceField(_l("Fase"), coerce=Phase, choices=options((p.value, PHASES[p]) for p in Phase))
    status = ChoiceField(_l("Status"), coerce=Status, choices=options((s.value, STATUSES[s]) for s in Status))


def share_field() -> NumberField:
    """Return a new field for a share of working time."""
    return NumberField(
        _l("Andel av arbeidstiden, i prosent"),
        validators=[
            Required(_l("Skriv en andel, for eksempel 20.")),
            NumberRange(1, 100, message=_l("Andelen må være mellom 1 og 100 prosent.")),
        ],
        render_kw={"inputmode": "numeric"},
    )


LONGEST_PART = 1000
"""Characters of each part of an agreement: what fits on one screen is read."""


class AgreementForm(VersionedForm):
    meets = text(
        AGREEMENT_PARTS["meets"],
        longest=LONGEST_PART,
        rows=3,
        description=_l(
            "For eksempel: «Tirsdager klokka 9 i en halv time, på Teams. "
            "Den som ikke kan, sier fra dagen før.»"
        ),
    )
    decides = text(
        AGREEMENT_PARTS["decides"],
        longest=LONGEST_PART,
        rows=3,
        description=_l(
            "For eksempel: «Vi snakker oss fram. Kommer vi ikke i mål på ti minutter, "
            "avgjør oppdragslederen.»"
        ),
    )
    shares = text(
        AGREEMENT_PARTS["shares"],
        longest=LONGEST_PART,
        rows=3,
        description=_l(
            "For eksempel: «Alt ligger i teamets kanal. "
            "Vi viser fram det som er halvferdig, og sier fra når noe står fast.»"
        ),
    )
    disagrees = text(
        AGREEMENT_PARTS["disagrees"],
        longest=LONGEST_PART,
        rows=3,
        description=_l(
            "For eksempel: «Vi sier det først til den det gjelder. "
            "Så tar vi det opp i teamet, før vi går til noen andre.»"
        ),
    )

    def wording(self) -> Wording:
        """Return what was written, in the command's own words."""
        return Wording(**{name: self[name].data or "" for name in AGREEMENT_PARTS})


class PartnerForm(Form):
    """Sent by the button beside each who can be chosen."""

    person_id = IntegerField(validators=[Required(_l("Velg en person fra lista."))])
    kind = ChoiceField(choices=options((kind.value, ROLES[kind]) for kind in PARTNER_OFFICES), coerce=Role)


class InviteForm(Form):
    person_id = IntegerField(_l("Hvem vil du spørre?"), validators=[Required(_l("Velg en person."))])
    message = text(
        _l("Noen ord til personen og lederen"),
        longest=2000,
        rows=3,
        description=_l("Hvorfor akkurat denne personen, og hva innbyggerne får igjen for det."),
    )


class CounterForm(Form):
    share = share_field()
    starts_on = day(_l("Fra"), required=_l("Velg når det begynner."))
    ends_on = day(_l("Til"), required=_l("Velg når det slutter."))
    reason = text(
        _l("Hvorfor?"),
        required=_l("Skriv hvorfor, så er det lettere å finne ut av det sammen."),
        longest=2000,
        rows=3,
        description=_l("Bare oppdragsleder, eier og nærmeste leder får lese den."),
    )

    def terms(self) -> Terms:
        """Return what is proposed, in the command's own words."""
        return Terms(self.share.data or 0, self.starts_on.data, self.ends_on.data)


class ChangeForm(CounterForm):
    reason = text(
        _l("Hvorfor?"),
        required=_l("Skriv hvorfor, så er det lettere å bli enige."),
        longest=2000,
        rows=3,
        description=_l("Personen, nærmeste leder, oppdragsleder og eier får lese den. Ingen andre."),
    )


class WordForm(Form):
    answer = text(
        _l("Noen ord til den som foreslo det"),
        longest=2000,
        rows=2,
        description=_l("Må skrives hvis det ikke passer."),
    )


class DoneForm(Form):
    text = text(
        _l("Hva ble gjort?"),
        required=_l("Skriv kort hva som ble gjort."),
        longest=1000,
        rows=3,
        description=_l("Et par setninger om arbeidet. Personen får lese dem, og kan ta dem med seg."),
    )


class EvidenceForm(Form):
    skill_id = ChoiceField(
        _l("Hvilken av ferdighetene dine viser det?"),
        coerce=id_or_none,
        validators=[Required(_l("Velg en av ferdighetene dine."))],
    )
    text = text(
        _l("Hva gjorde du?"),
        required=_l("Skriv kort hva du gjorde."),
        longest=1000,
        rows=3,
        description=_l("Lederens ord står her fra før. Skriv det gjerne med dine egne."),
    )


class YesNoForm(Form):
    reason = text(
        _l("Grunn, hvis svaret er nei"),
        longest=2000,
        rows=2,
        description=_l("Bare oppdragsleder, eier og nærmeste leder får lese den."),
    )


def _light(axis: str) -> Any:
    return RadioChoiceField(
        AXIS_NAMES[axis], coerce=Light, choices=options((light.value, LIGHTS[light]) for light in Light)
    )


class StatusForm(Form):
    progress = _light("progress")
    economy = _light("economy")
    quality = _light("quality")
    risk = _light("risk")
    staffing = _light("staffing")
    summary = text(
        _l("Slik går det"),
        required=_l("Skriv kort hvordan det går."),
        longest=5000,
        rows=4,
        description=_l("Til et menneske: hva er gjort, hva holder igjen, hvem må hjelpe?"),
    )

    def lights(self) -> dict[str, Light]:
        """Return the chosen light of each axis."""
        return {axis: self[axis].data for axis in AXES}
