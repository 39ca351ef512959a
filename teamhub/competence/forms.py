"""Forms for what a person says of themselves."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import Optional

from teamhub.competence.names import ASSIGNMENTS, LEVELS, WORK_LANGUAGES
from teamhub.competence.queries import place_choices, skill_choices
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core.forms import ChoiceField, Form, NumberField, Required, day, id_or_none, options
from teamhub.core.i18n import _, _l


class SkillForm(Form):
    skill_id = ChoiceField(
        _l("Ferdighet"), coerce=id_or_none, validators=[Required(_l("Velg en ferdighet."))]
    )
    level = ChoiceField(_l("Hvor godt kan du det?"), coerce=id_or_none, validators=[Optional()])
    wants = BooleanField(_l("Jeg vil lære mer om dette"))
    shared = BooleanField(_l("Oppdragsledere kan få vite dette når de setter sammen team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skill_id.choices = options([("", _("Velg ferdighet")), *skill_choices()])
        self.level.choices = options([("", _("Sier ikke noe om nivå")), *LEVELS.items()])


def _shared() -> BooleanField:
    return BooleanField(_l("Oppdragsledere kan få vite dette når de setter sammen team"))


class LanguageForm(Form):
    language = ChoiceField(
        _l("Språk"),
        choices=options(
            [("", _l("Velg språk")), *((code.value, WORK_LANGUAGES[code]) for code in WorkLanguage)]
        ),
        validators=[Required(_l("Velg et språk."))],
    )
    language_shared = _shared()


class PlaceForm(Form):
    place_id = ChoiceField(_l("Sted"), coerce=id_or_none, validators=[Required(_l("Velg et sted."))])
    place_shared = _shared()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place_id.choices = options([("", _("Velg sted")), *place_choices()])


class TimeForm(Form):
    """Field names of the kinds are their codes."""

    share = NumberField(
        _l("Hvor stor stilling har du, i prosent?"), validators=[Required(_l("Skriv et tall."))]
    )
    seat = NumberField(ASSIGNMENTS[Assignment.SEAT], validators=[Optional()])
    help = NumberField(ASSIGNMENTS[Assignment.HELP], validators=[Optional()])
    mentor = NumberField(ASSIGNMENTS[Assignment.MENTOR], validators=[Optional()])


class AbsenceForm(Form):
    starts_on = day(_l("Første dag"), required=_l("Velg første dag."))
    ends_on = day(_l("Siste dag"), required=_l("Velg siste dag."))
