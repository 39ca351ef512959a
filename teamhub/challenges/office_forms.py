"""Forms of the office's desk: an answer with its template, private notes, templates, and new facts."""

from __future__ import annotations

import re
from typing import Any

from wtforms import HiddenField
from wtforms.validators import Optional

from teamhub.challenges.desk import Words
from teamhub.challenges.forms import AnswerForm
from teamhub.challenges.likeness import Similar
from teamhub.challenges.names import DECISIONS
from teamhub.challenges.states import State
from teamhub.core.forms import (
    ChoiceField,
    Form,
    RadioChoiceField,
    VersionedForm,
    id_or_none,
    line,
    options,
    text,
)
from teamhub.core.i18n import _, _l


class DeskAnswerForm(AnswerForm):
    """An answer at the desk. ``seen`` is how the challenge stood when it was begun."""

    seen = HiddenField()
    template = ChoiceField(_l("Begynn med en mal"), validators=[Optional()])

    def put_out(self, decisions: list[State], templates: list[Words], stands: str) -> DeskAnswerForm:
        """Put the steps that are open on the form, and the templates that fit one of them."""
        self.offer(decisions)
        fitting = [t for t in templates if t.decision is None or t.decision in decisions]
        self.template.choices = options([("", _("Ingen mal")), *((str(t.id), t.name) for t in fitting)])
        if not self.seen.data:
            self.seen.data = stands
        return self

    def fill_from(self, templates: list[Words]) -> None:
        """Put the chosen template's words in the answer, never over what somebody has written there."""
        chosen = next((t for t in templates if str(t.id) == self.template.data), None)
        untouched = not self.reason.data or any(t.body == self.reason.data for t in templates)
        if chosen and untouched:
            self.reason.data = chosen.body
            self.decision.data = self.decision.data or (State(chosen.decision) if chosen.decision else None)
        elif chosen:
            self.template.errors = [_("Det du har skrevet, står. Tøm feltet først hvis du vil bruke malen.")]


class NoteForm(Form):
    body = text(
        _l("Skriv et privat notat"), id="note", required=_l("Skriv noe før du lagrer."), longest=5000, rows=3
    )


class MergeForm(Form):
    """Which challenge one is to live on in: one of those alike, or another by its address or number."""

    into_id = RadioChoiceField(_l("Hvilken skal leve videre?"), coerce=id_or_none, validators=[Optional()])
    other = line(_l("En annen: lim inn adressen eller nummeret"), longest=200)
    reason = text(_l("Hvorfor er de det samme? Innmelderne leser det"), id="why-merge", longest=2000, rows=2)
    back = HiddenField()

    def put_out(self, alike: list[Similar]) -> MergeForm:
        """Offer those that are alike, and what was sent with the form if it is none of them."""
        found = {hit.id: hit.title for hit in alike}
        if self.into_id.data is not None:
            found.setdefault(self.into_id.data, _("Utfordring %(id)s", id=self.into_id.data))
        self.into_id.choices = options(found.items())
        return self

    @property
    def chosen(self) -> int:
        """The id of what was chosen. What is pasted counts before what is ticked; 0 when there is neither."""
        digits = re.search(r"(\d{1,9})\D*$", self.other.data or "")
        return int(digits[1]) if digits else self.into_id.data or 0


class ConsentForm(Form):
    reason = text(_l("Sier du nei: hva skiller dem?"), id="differs", longest=2000, rows=2)


class ReopenForm(Form):
    reason = text(
        _l("Hva er nytt siden sist?"),
        id="facts",
        required=_l("Skriv hva som er nytt siden sist."),
        longest=5000,
        rows=3,
    )


class TemplateForm(Form):
    """Words the office begins an answer with."""

    name = line(_l("Hva skal malen hete?"), required=_l("Gi malen et navn."), longest=80)
    decision = ChoiceField(_l("Hvilket svar hører den til?"), validators=[Optional()])
    body = text(_l("Teksten"), required=_l("Skriv teksten i malen."), longest=5000, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = options([("", _("Alle svar")), *DECISIONS.items()])


class EditTemplateForm(TemplateForm, VersionedForm):
    """The same, for one that is there."""
