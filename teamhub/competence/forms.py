"""Forms for what a person says of themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import request
from wtforms import BooleanField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from teamhub.competence.names import ASSIGNMENTS, LEVELS, WORK_LANGUAGES
from teamhub.competence.queries import find_skills, place_choices, skill_choices
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core.forms import ChoiceField, Form, NumberField, Required, day, id_or_none, line, options
from teamhub.core.i18n import _, _l


def skill_options(nothing: str, text: str = "", kept: Collection[int] = ()) -> list[Any]:
    """Return the choices of a list of skills: ``nothing``, what ``text`` finds, and all the others."""
    hits = [(skill.id, skill.name) for skill in find_skills(text)]
    rest = [pair for pair in skill_choices(kept=kept) if pair not in hits]
    if not hits:
        return options([("", nothing), *rest])
    told, all_others = _("Treff på «%(word)s»", word=text), _("Alle andre")
    return [
        SelectChoice("", nothing),
        *(SelectChoice(id_, name, optgroup=told) for id_, name in hits),
        *(SelectChoice(id_, name, optgroup=all_others) for id_, name in rest),
    ]


class SkillFinder(Form):
    """A form one picks skills in: a word finds them, by name or synonym, and without JavaScript."""

    find_skill = line(
        _l("Finn en ferdighet"),
        longest=100,
        description=_l("Skriv et ord, så står det som passer, øverst i lista."),
    )

    def is_finding(self) -> bool:
        """Tell whether the form was sent to find a skill, not to be saved. What is found is chosen."""
        text = (self.find_skill.data or "").strip()
        if request.form.get("do") != "find" or not text:
            return False
        hits = find_skills(text)
        self.put_out(text)
        skill = self["skill_id"]
        if hits:
            skill.data = skill.data or hits[0].id
            self.find_skill.data = ""
        else:
            self.find_skill.errors = [_("Vi fant ingen ferdighet for «%(word)s».", word=text)]
        return True

    def put_out(self, text: str = "") -> None:
        """Give the lists their choices, with what ``text`` finds on top."""
        raise NotImplementedError


class SkillForm(SkillFinder):
    skill_id = ChoiceField(
        _l("Ferdighet"), coerce=id_or_none, validators=[Required(_l("Velg en ferdighet."))]
    )
    level = ChoiceField(_l("Hvor godt kan du det?"), coerce=id_or_none, validators=[Optional()])
    wants = BooleanField(_l("Jeg vil lære mer om dette"))
    shared = BooleanField(_l("Oppdragsledere kan få vite dette når de setter sammen team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = options([("", _("Sier ikke noe om nivå")), *LEVELS.items()])
        self.put_out()

    def put_out(self, text: str = "") -> None:
        kept = [self.skill_id.data] if self.skill_id.data else []
        self.skill_id.choices = skill_options(_("Velg ferdighet"), text, kept)


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
