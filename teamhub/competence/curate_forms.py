"""Forms for the lists of skills and places, for what people suggest, and for the answers."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField

from teamhub.competence.curating import LONGEST_CODE, SkillWords
from teamhub.competence.forms import skill_options
from teamhub.core.forms import ChoiceField, Form, Required, VersionedForm, id_or_none, line, text
from teamhub.core.i18n import _, _l


class SkillWordsForm(Form):
    """What a skill is called."""

    nb = line(_l("Navn på bokmål"), required=_l("Skriv hva ferdigheten heter."), longest=100)
    nn = line(_l("Navn på nynorsk"), longest=100)
    en = line(_l("Navn på engelsk"), longest=100)
    synonyms = text(
        _l("Andre ord for det samme"),
        longest=2000,
        rows=2,
        description=_l("Med komma mellom. Den som søker på et av dem, finner ferdigheten."),
    )
    area = line(
        _l("Område"), longest=LONGEST_CODE, description=_l("Ett ord, for eksempel «digital» eller «fag».")
    )

    def words(self) -> SkillWords:
        """Return what was written, in the command's own words."""
        names = ("nb", "nn", "en", "synonyms", "area")
        return SkillWords(**{name: self[name].data or "" for name in names})


class EditSkillForm(SkillWordsForm, VersionedForm):
    """The same, for one that is there. A retired one stays where it is used, but is not offered."""

    retired = BooleanField(_l("Ikke lenger i bruk: blir stående der den er brukt, men kan ikke velges"))


class PlaceNameForm(Form):
    name = line(_l("Hva heter stedet?"), required=_l("Skriv hva stedet heter."), longest=100)


class EditPlaceForm(PlaceNameForm, VersionedForm):
    retired = BooleanField(_l("Ikke lenger i bruk: blir stående der det er brukt, men kan ikke velges"))


class SuggestForm(Form):
    name = line(_l("Hvilken ferdighet mangler?"), required=_l("Skriv hva ferdigheten heter."), longest=100)
    why = text(_l("Hva brukes den til?"), longest=1000, rows=2)


class MergeForm(Form):
    skill_id = ChoiceField(
        _l("Det samme som"), coerce=id_or_none, validators=[Required(_l("Velg en ferdighet."))]
    )

    def __init__(self, *args: Any, looks_like: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skill_id.choices = skill_options(_("Velg ferdighet"), looks_like)


class DeclineForm(Form):
    answer = text(
        _l("Noen ord til den som foreslo den"),
        longest=1000,
        rows=3,
        description=_l("Takk for forslaget, og si hvorfor den ikke kommer med nå."),
    )
