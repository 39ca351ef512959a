"""The form of a person's own choices: how often, of what, by which way, and when it shall be quiet."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField

from teamhub.consequences.kinds import DEFAULTS, Channel, Kind, Pace
from teamhub.core.forms import ChoiceField, Form, id_or_none, options
from teamhub.core.i18n import _, _l
from teamhub.notifications.names import CHANNELS, KINDS, PACES
from teamhub.notifications.paces import Quiet

HOURS = [("", _l("Ingen")), *((hour, f"{hour:02}:00") for hour in range(24))]

PACE_FIELDS = {(kind, channel): f"{kind}_{channel}" for kind in Kind for channel in Channel}


class ChoicesForm(Form):
    """A select for each kind by each channel is added below."""

    starts = SelectField(_l("Fra"), choices=options(HOURS), coerce=id_or_none)
    ends = SelectField(_l("Til"), choices=options(HOURS), coerce=id_or_none)
    weekends = BooleanField(_l("Hele lørdag og søndag også"))

    def offer(self) -> ChoicesForm:
        """Fill in what can be chosen, the usual marked."""
        for (kind, channel), name in PACE_FIELDS.items():
            usual = DEFAULTS[kind][channel]
            self[name].label.text = f"{KINDS[kind]}: {CHANNELS[channel]}"
            self[name].choices = options(
                (pace.value, _("%(pace)s (vanlig)", pace=words) if pace == usual else words)
                for pace, words in PACES.items()
            )
        return self

    def paces(self) -> dict[tuple[Kind, Channel], Pace]:
        return {key: Pace(self[name].data) for key, name in PACE_FIELDS.items()}

    def quiet(self) -> Quiet:
        return Quiet(self.starts.data, self.ends.data, self.weekends.data)


def written(paces: dict[tuple[Kind, Channel], Pace], quiet: Quiet) -> dict[str, Any]:
    """Return what stands in the form before anything is changed."""
    chosen: dict[str, Any] = {PACE_FIELDS[key]: pace.value for key, pace in paces.items()}
    return chosen | {"starts": quiet.starts, "ends": quiet.ends, "weekends": quiet.weekends}


for _name in PACE_FIELDS.values():
    setattr(ChoicesForm, _name, ChoiceField())
