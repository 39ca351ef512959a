"""Forms for putting a question, changing it, and telling what came of it."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from teamhub.calls.commands import Question
from teamhub.calls.models import Call
from teamhub.core import clock
from teamhub.core.forms import Form, RadioChoiceField, VersionedForm, day, line, options, text
from teamhub.core.i18n import _, _l
from teamhub.people.queries import UnitRow, tree

LOWEST_LEVEL = 2
"""A question is put to areas and the units right below them; departments come with their unit."""

EVERYBODY, SOME = "all", "some"


class UnitsField(SelectMultipleField):
    """Ticks beside the units."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CallForm(Form):
    """A question, why it is asked, to whom, and for how long."""

    question = line(
        _l("Hva vil dere spørre om?"),
        required=_l("Skriv spørsmålet."),
        description=_l("Ett åpent spørsmål. For eksempel: «Hva stjeler tid i hjemmetjenesten?»"),
    )
    background = text(
        _l("Hvorfor spør dere?"),
        longest=4000,
        rows=4,
        description=_l("Hva svarene skal brukes til, og hva dere alt vet."),
    )
    starts_on = day(_l("Første dag"), required=_l("Velg første dag."))
    ends_on = day(_l("Siste dag"), required=_l("Velg siste dag."))
    whom = RadioChoiceField(
        _l("Hvem spør dere?"),
        choices=options([(EVERYBODY, _l("Alle ansatte")), (SOME, _l("Noen enheter, med alle under dem"))]),
        default=EVERYBODY,
    )
    unit_ids = UnitsField(_l("Enheter"), coerce=int, validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_ids.choices = options((row.id, row.name) for row in self.units)
        if not self.is_submitted() and self.starts_on.data is None:
            self.starts_on.data = clock.today()

    @property
    def units(self) -> list[UnitRow]:
        """The units a question can be put to, each after the one above it."""
        return [row for row in tree() if 1 <= row.level <= LOWEST_LEVEL]

    def asked(self) -> Question:
        """Return what was written, in the command's own words."""
        some = self.unit_ids.data or [] if self.whom.data == SOME else []
        return Question(
            self.question.data or "",
            self.background.data or "",
            self.starts_on.data,
            self.ends_on.data,
            tuple(some),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Say in our own words what is wrong with the units; whether they exist, the command knows."""
        self.unit_ids.validate_choice = False
        valid = bool(super().validate(extra_validators))
        if self.whom.data == SOME and not self.unit_ids.data:
            self.unit_ids.errors = [_("Velg minst én enhet, eller spør alle.")]
            return False
        return valid


class CallEditForm(CallForm, VersionedForm):
    """The same, for a question that is put already."""

    @classmethod
    def of(cls, call: Call, unit_ids: list[int]) -> CallEditForm:
        """Return the form as a call stands."""
        whom = EVERYBODY if call.to_all else SOME
        return cls(obj=call, data={"whom": whom, "unit_ids": unit_ids})


class ReportForm(Form):
    report = text(
        _l("Dette hørte vi, dette gjør vi"),
        required=_l("Skriv hva dere hørte, og hva dere gjør."),
        longest=8000,
        rows=6,
        description=_l("Alle som meldte inn noe, eller sa at det gjelder dem, får beskjed."),
    )
