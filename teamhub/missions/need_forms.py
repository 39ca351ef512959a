"""Forms of what a seat asks for, and of announcing it and applying for it."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import NumberRange, Optional

from teamhub.competence.forms import SkillFinder, skill_options
from teamhub.competence.names import LEVELS, WORK_LANGUAGES
from teamhub.competence.queries import place_choices
from teamhub.competence.states import WorkLanguage
from teamhub.core.forms import (
    ChoiceField,
    Form,
    NumberField,
    Required,
    VersionedForm,
    day,
    id_or_none,
    line,
    options,
    text,
)
from teamhub.core.i18n import _, _l
from teamhub.missions.forms import share_field
from teamhub.missions.models import Seat
from teamhub.missions.states import MOST_AT_ONCE, MOST_MORE_SKILLS
from teamhub.missions.wanted import MoreSkill, Need
from teamhub.people.queries import divisions


def _language_or_none(value: Any) -> Any:
    """Coerce a choice's value to a language; what is none is left for the list to refuse."""
    return WorkLanguage(value) if value in list(WorkLanguage) else value or None


MORE = tuple(str(n) for n in range(2, MOST_MORE_SKILLS + 2))
"""The further skills a seat may ask for, by the number that ends the names of their fields."""


def _more_skill(n: str) -> ChoiceField:
    return ChoiceField(_l("Ferdighet %(n)s", n=n), coerce=id_or_none, validators=[Optional()])


def _more_level(n: str) -> ChoiceField:
    return ChoiceField(
        _l("Nivå for ferdighet %(n)s", n=n), coerce=int, choices=options(LEVELS.items()), default=2
    )


def _wished(n: str) -> BooleanField:
    return BooleanField(_l("Ferdighet %(n)s er et ønske, ikke et krav", n=n))


class NeedForm(SkillFinder):
    """What a seat asks for."""

    role = line(
        _l("Rolle i teamet"),
        required=_l("Skriv hva personen skal være i teamet."),
        longest=100,
        description=_l("For eksempel: «Tjenestedesigner», «Sykepleier fra hjemmetjenesten»."),
    )
    skill_id = SelectField(_l("Kompetanse"), coerce=id_or_none, validators=[Optional()])
    level = SelectField(_l("Nivå"), coerce=id_or_none, validators=[Optional()])
    share = share_field()
    starts_on = day(_l("Fra"), required=_l("Velg når plassen begynner."))
    ends_on = day(_l("Til"), required=_l("Velg når plassen slutter."))
    stretch = BooleanField(_l("Utviklingsplass: for en som vil lære dette"))
    skill_2, level_2, wished_2 = _more_skill("2"), _more_level("2"), _wished("2")
    skill_3, level_3, wished_3 = _more_skill("3"), _more_level("3"), _wished("3")
    skill_4, level_4, wished_4 = _more_skill("4"), _more_level("4"), _wished("4")
    from_division_id = ChoiceField(_l("Må komme fra"), coerce=id_or_none, validators=[Optional()])
    not_division_id = ChoiceField(_l("Må ikke komme fra"), coerce=id_or_none, validators=[Optional()])
    place_id = ChoiceField(_l("Sted"), coerce=id_or_none, validators=[Optional()])
    language = ChoiceField(_l("Språk"), coerce=_language_or_none, validators=[Optional()])

    def __init__(self, *args: Any, obj: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, data=_more_of(obj) if obj else None, **kwargs)
        self.areas = divisions()
        areas = [(area.id, area.name) for area in self.areas]
        self.put_out()
        self.level.choices = options([("", _("Ikke viktig")), *LEVELS.items()])
        self.from_division_id.choices = options([("", _("Hvilket som helst område")), *areas])
        self.not_division_id.choices = options([("", _("Ingen områder er utelukket")), *areas])
        kept = obj.place_id if obj else None
        self.place_id.choices = options([("", _("Hvor som helst")), *place_choices(kept=kept)])
        spoken = [(code.value, WORK_LANGUAGES[code]) for code in WorkLanguage]
        self.language.choices = options([("", _("Ikke viktig")), *spoken])

    def put_out(self, text: str = "") -> None:
        skills = [self.skill_id, *(skill for skill, _level, _is_wish in self.more)]
        kept = [skill.data for skill in skills if skill.data]
        for skill in skills:
            nothing = _("Ingen bestemt") if skill is self.skill_id else _("Ingen flere")
            skill.choices = skill_options(nothing, text, kept)

    @property
    def more(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each further skill: which, the level, and whether it is only wished for."""
        return [(self[f"skill_{n}"], self[f"level_{n}"], self[f"wished_{n}"]) for n in MORE]

    @property
    def says_more(self) -> bool:
        """Tell whether anything but the usual is asked for, or something there has to be mended."""
        names = ("from_division_id", "not_division_id", "place_id", "language")
        fields = [self[name] for name in names] + [field for row in self.more for field in row]
        chosen = [*names, *(f"skill_{n}" for n in MORE)]
        return any(field.errors for field in fields) or any(self[name].data for name in chosen)

    def validate(self, extra_validators: Any = None) -> bool:
        """Say at its field that a skill is chosen twice, beside what each field says itself."""
        sound = bool(super().validate(extra_validators))
        seen = {self.skill_id.data}
        for skill, _level, _is_wish in self.more:
            if skill.data and skill.data in seen:
                skill.errors = [*skill.errors, _("Denne ferdigheten er alt valgt.")]
                sound = False
            seen.add(skill.data)
        return sound

    def need(self) -> Need:
        """Return what was asked for, in the command's own words."""
        names = ("role", "skill_id", "level", "share", "starts_on", "ends_on", "stretch")
        where = ("from_division_id", "not_division_id", "place_id", "language")
        more = (MoreSkill(s.data, level.data, not wish.data) for s, level, wish in self.more if s.data)
        return Need(**{name: self[name].data for name in (*names, *where)}, more=tuple(more))


class SeatForm(NeedForm):
    number = NumberField(
        _l("Antall slike plasser"),
        default=1,
        validators=[
            Required(_l("Skriv et tall.")),
            NumberRange(
                1, MOST_AT_ONCE, message=_l("Lag fra 1 til %(most)s plasser om gangen.", most=MOST_AT_ONCE)
            ),
        ],
        render_kw={"inputmode": "numeric"},
    )


class SeatEditForm(NeedForm, VersionedForm):
    pass


def _more_of(seat: Seat) -> dict[str, Any]:
    """What a seat loaded in full asks for beside its first skill, by field."""
    said: dict[str, Any] = {}
    for n, more in zip(MORE, seat.more, strict=False):
        said |= {f"skill_{n}": more.skill_id, f"level_{n}": more.level, f"wished_{n}": not more.required}
    return said


class AnnounceForm(Form):
    text = text(
        _l("Hva gjør man i plassen, og hva lærer man?"),
        required=_l("Skriv hva man gjør og lærer."),
        longest=3000,
        rows=5,
        description=_l("Skriv til en kollega som ikke kjenner oppdraget."),
    )
    curator_id = ChoiceField(
        _l("Hvem svarer på spørsmål?"), coerce=id_or_none, validators=[Required(_l("Velg en person."))]
    )
    ends_on = day(_l("Siste dag å melde seg"), required=_l("Velg siste dag."))


class ApplyForm(Form):
    message = text(
        _l("Hvorfor har du lyst?"),
        required=_l("Skriv kort hvorfor du har lyst."),
        longest=1000,
        rows=3,
        description=_l("Et par setninger: hva du kan, og hva du vil lære."),
    )
