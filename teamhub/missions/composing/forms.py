"""Forms around proposed teams."""

from __future__ import annotations

from typing import Any

from teamhub.core.forms import Form, NumberField, Required, line, text
from teamhub.core.i18n import _l
from teamhub.missions.composer.needs import TERMS, Bounds


class KeepForm(Form):
    name = line(_l("Navn på forslaget"), required=_l("Gi forslaget et navn."), longest=100)


class InviteTeamForm(Form):
    message = text(
        _l("Noen ord til alle"),
        longest=2000,
        rows=3,
        description=_l("Hva teamet skal få til, og hvorfor dere ble foreslått sammen."),
    )


class BoundsForm(Form):
    """The least and the most points of each term, as ``<term>_least`` and ``<term>_most``."""

    def limits(self) -> dict[str, tuple[int, int]]:
        """Return term → least and most."""
        return {term: (self[f"{term}_least"].data, self[f"{term}_most"].data) for term in TERMS}

    @staticmethod
    def values(bounds: Bounds) -> dict[str, Any]:
        """Return what the fields hold for ``bounds``."""
        pairs = ((term, getattr(bounds, term)) for term in TERMS)
        return {f"{term}_{end}": pair[at] for term, pair in pairs for at, end in enumerate(("least", "most"))}


for _term in TERMS:
    for _end, _label in (("least", _l("Minst")), ("most", _l("Mest"))):
        setattr(
            BoundsForm, f"{_term}_{_end}", NumberField(_label, validators=[Required(_l("Skriv et tall."))])
        )
