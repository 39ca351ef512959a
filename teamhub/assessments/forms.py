"""Forms for asking, assessing, talking, must-do work and weights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wtforms import BooleanField, IntegerField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from teamhub.assessments.asking import Suggested
from teamhub.assessments.models import Assessment
from teamhub.assessments.names import SCALES
from teamhub.assessments.rounds import Mark
from teamhub.assessments.states import DAYS_TO_ASSESS, MARKS, SHORTEST_REASON, Criterion
from teamhub.core import clock
from teamhub.core.forms import Form, NumberField, RadioChoiceField, VersionedForm, day, options, text
from teamhub.core.i18n import _, _l


class PeopleField(SelectMultipleField):
    """Ticks beside the people who are suggested."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskForm(Form):
    """Whom the office asks: some of those suggested, and one more by search."""

    assessors = PeopleField(_l("Hvem vil dere spørre?"), coerce=int, validators=[Optional()])
    person_id = IntegerField(
        _l("Eller en annen"), validators=[Optional()], description=_l("Søk på navn, tittel eller enhet.")
    )
    due_on = day(_l("Frist"), required=_l("Velg en frist."))

    def offer(self, suggested: list[Suggested]) -> AskForm:
        """Put the people who are suggested on the form, and a due date to start from."""
        self.assessors.choices = options((one.id, one.name) for one in suggested)
        if not self.is_submitted():
            self.due_on.data = clock.today() + timedelta(days=DAYS_TO_ASSESS)
        return self

    @property
    def chosen(self) -> list[int]:
        """Everybody who was ticked or found."""
        found = [self.person_id.data] if self.person_id.data else []
        return [*(self.assessors.data or []), *found]

    def validate(self, extra_validators: Any = None) -> bool:
        """Leave who can be asked to the command: somebody suggested a moment ago may be asked by now."""
        self.assessors.validate_choice = False
        return bool(super().validate(extra_validators))


class MarkField(RadioChoiceField):
    """A mark from 1 to 5. None yet is no error in a draft."""

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            super().pre_validate(form)


class AssessmentForm(VersionedForm):
    """A mark and a reason on each criterion: the fields ``mark_…`` and ``reason_…`` are added below."""

    @classmethod
    def of(cls, assessment: Assessment) -> AssessmentForm:
        """Return the form as an assessment stands."""
        filled: dict[str, Any] = {"version": assessment.version}
        for score in assessment.scores:
            filled[f"mark_{score.criterion}"] = score.score
            filled[f"reason_{score.criterion}"] = score.reason
        return cls(data=filled)

    def marks(self) -> dict[Criterion, Mark]:
        """Return what was written, in the command's own words."""
        return {c: Mark(self[f"mark_{c}"].data, self[f"reason_{c}"].data or "") for c in Criterion}

    def is_complete(self) -> bool:
        """Tell whether nothing lacks, with what does said at each field."""
        complete = bool(self.validate())
        for criterion in Criterion:
            mark, reason = self[f"mark_{criterion}"], self[f"reason_{criterion}"]
            if mark.data is None and not mark.errors:
                mark.errors = [_("Velg et tall fra 1 til 5.")]
                complete = False
            if len(reason.data or "") < SHORTEST_REASON:
                reason.errors = [*reason.errors, _("Skriv en grunn på minst %(n)d tegn.", n=SHORTEST_REASON)]
                complete = False
        return complete


class TalkForm(Form):
    outcome = text(
        _l("Hva kom dere fram til?"),
        required=_l("Skriv kort hva dere kom fram til."),
        longest=2000,
        rows=2,
    )


class MustDoForm(VersionedForm):
    must_do = BooleanField(_l("Dette må kommunen gjøre"))
    basis = text(
        _l("Lov eller vedtak som krever det"),
        longest=500,
        rows=2,
        description=_l("For eksempel: «Opplæringslova § 11-1» eller «Vedtak i kommunestyret 12. mars»."),
    )


class WeightsForm(VersionedForm):
    """A whole number for each criterion, ``weight_…``, and why the board changes them."""

    reason = text(
        _l("Hvorfor endrer styret vektene?"),
        required=_l("Skriv hvorfor vektene endres."),
        longest=2000,
        rows=2,
    )

    def weights(self) -> dict[Criterion, int]:
        """Return what was written, in the command's own words."""
        return {c: self[f"weight_{c}"].data or 0 for c in Criterion}


for _criterion in Criterion:
    _name = SCALES[_criterion].name
    setattr(
        AssessmentForm,
        f"mark_{_criterion}",
        MarkField(_name, coerce=int, choices=options((n, str(n)) for n in MARKS)),
    )
    setattr(AssessmentForm, f"reason_{_criterion}", text(_l("Grunn"), longest=2000, rows=2))
    setattr(WeightsForm, f"weight_{_criterion}", NumberField(_name, validators=[Optional()]))
