"""Forms for proposing, supporting, discussing and answering."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from teamhub.challenges.commands import Proposal
from teamhub.challenges.labels import GOALS, themes_of, tidy
from teamhub.challenges.models import LONGEST_TITLE
from teamhub.challenges.names import DECISIONS, THEMES
from teamhub.challenges.states import State
from teamhub.challenges.versions import TEXTS
from teamhub.core.forms import (
    ChoiceField,
    Form,
    RadioChoiceField,
    VersionedForm,
    day,
    id_or_none,
    line,
    options,
    text,
)
from teamhub.core.i18n import _, _l
from teamhub.core.text import has_national_id
from teamhub.people.queries import tree


class ProposalForm(Form):
    """The problem first; an idea, a unit and a theme are optional and last."""

    title = line(
        _l("Hva er problemet, med én setning?"),
        required=_l("Skriv hva problemet er, med én setning."),
        longest=LONGEST_TITLE,
        description=_l("For eksempel: «Innbyggere får tre ulike svar om samme søknad.»"),
    )
    situation = text(
        _l("Hva skjer i dag?"),
        required=_l("Fortell kort hva som skjer i dag."),
        rows=5,
        description=_l(
            "Fortell om en vanlig gang. "
            "Ikke skriv navn, fødselsnummer eller annet som kan knyttes til én person."
        ),
    )
    affected = text(
        _l("Hvem går det ut over, og hvor mange?"),
        required=_l("Skriv hvem det går ut over. «Vet ikke hvor mange» er greit."),
        rows=2,
        description=_l("For eksempel: «Omtrent 14 innbyggere i uka, og pårørende.»"),
    )
    evidence = text(
        _l("Hvordan vet du det?"),
        required=_l("Skriv kort hvordan du vet det. «Jeg har sett det selv» er nok."),
        rows=2,
        description=_l("For eksempel: «Jeg har sett det selv», «det står i avvikene», «brukerne sier det»."),
    )
    suggestion = text(_l("Hva tror du kunne hjelpe?"), rows=3)
    unit_id = SelectField(_l("Hvilken enhet gjelder det?"), coerce=id_or_none, validators=[Optional()])
    theme = ChoiceField(_l("Tema"), validators=[Optional()])
    theme_word = line(
        _l("Finn temaet med et ord"),
        longest=100,
        description=_l("For eksempel «sykehjem» eller «skyss», på bokmål, nynorsk eller engelsk."),
    )
    tags = line(
        _l("Stikkord"), longest=300, description=_l("Med komma mellom, for eksempel: «nøkler, nattevakt».")
    )
    goals = SelectMultipleField(
        _l("FNs bærekraftsmål"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    shielded = BooleanField(_l("Skjul navnet mitt til porteføljekontoret har sett på den."))
    behalf_of = IntegerField(_l("Hvem skriver du for?"), validators=[Optional()])
    call_id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    draft_id = IntegerField(widget=HiddenInput(), validators=[Optional()])
    keep_number = BooleanField(_l("Det er ikke et fødselsnummer. Send likevel."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id.choices = options(
            [("", _("Min egen enhet")), *((row.id, "– " * row.level + row.name) for row in tree())]
        )
        self.theme.choices = options([("", _("Vet ikke")), *sorted(THEMES.items(), key=lambda t: str(t[1]))])
        self.goals.choices = options((number, f"{number}. {name}") for number, name in GOALS.items())

    def proposal(self) -> Proposal:
        """Return what was written, in the command's own words."""
        texts = {name: self[name].data or "" for name in TEXTS}
        theme = self.theme.data if self.theme.data in THEMES else None
        return Proposal(
            **texts,
            unit_id=self.unit_id.data,
            theme=theme,
            tags=tuple(tidy(self.tags.data or "")),
            goals=tuple(self.goals.data or ()),
            shielded=bool(self.shielded.data),
            call_id=self.call_id.data,
            behalf_of=self.behalf_of.data,
        )

    @property
    def said(self) -> str:
        """What the problem is, for finding others like it."""
        return f"{self.title.data or ''} {self.situation.data or ''}"

    @property
    def numbers_in(self) -> list[str]:
        """Names of the fields that seem to hold a national identity number."""
        return [name for name in TEXTS if has_national_id(self[name].data or "")]

    def find_theme(self) -> str | None:
        """Choose the theme the word tells, when none is chosen. Return what stands in the way, or None."""
        told = themes_of(self.theme_word.data or "")
        if self.theme.data or not self.theme_word.data:
            return None
        if not told:
            return _("Vi kjenner ikke dette ordet. Prøv et annet, eller velg tema fra lista.")
        self.theme.data = next(iter(told))
        if len(told) == 1:
            return None
        themes = ", ".join(f"«{THEMES[code]}»" for code in told)
        return _("Ordet kan høre til %(themes)s. Velg det som passer best.", themes=themes)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if problem := self.find_theme():
            self.theme_word.errors = [problem]
            valid = False
        if self.keep_number.data:
            return valid
        for name in self.numbers_in:
            field = self[name]
            message = _("Dette ser ut som et fødselsnummer. Ta det bort, for alle ansatte kan lese teksten.")
            field.errors = [*field.errors, message]
            valid = False
        return valid


class EditForm(ProposalForm, VersionedForm):
    """The same questions again, for a challenge somebody has asked about."""


class SupportForm(Form):
    experience = text(
        _l("Hvordan er det hos dere?"),
        longest=1000,
        rows=2,
        description=_l("Én setning fra din egen hverdag hjelper mer enn mange stemmer."),
    )


class CommentForm(Form):
    body = text(
        _l("Skriv i samtalen"),
        required=_l("Skriv noe før du sender."),
        longest=5000,
        rows=2,
        description=_l("Skriv @ og navnet for å si fra til noen."),
    )


class AnswerForm(Form):
    """The office's or the board's step. Which choices there are, the table of transitions says."""

    decision = RadioChoiceField(_l("Hva avgjør dere?"), coerce=State)
    reason = text(
        _l("Svar til innmelderen"),
        longest=5000,
        rows=4,
        description=_l("Skriv hva som skjer nå, og hvorfor. Alle kan lese svaret."),
    )
    unit_id = SelectField(
        _l("Enheten som blir spurt"),
        coerce=id_or_none,
        validators=[Optional()],
        description=_l("Bare når en enhet skal løse den. Lederen der takker ja eller nei."),
    )
    review_on = day(_l("Ses på igjen"), description=_l("Bare når den settes på vent."))
    sure = BooleanField(_l("Jeg har tenkt på det. Gjør det likevel."))

    def offer(self, decisions: list[State]) -> AnswerForm:
        """Put these decisions, and the units that can be asked, on the form."""
        self.decision.choices = options((new.value, DECISIONS[new]) for new in decisions)
        self.unit_id.choices = options(
            [("", _("Velg enhet")), *((row.id, "– " * row.level + row.name) for row in tree())]
        )
        return self


class ReasonForm(Form):
    reason = text(_l("Hva vil dere si til innmelderen?"), longest=5000, rows=3, id="told")


class ReplyForm(Form):
    """The proposer's answer to the office's question."""

    body = text(
        _l("Svaret ditt"), id="reply", required=_l("Skriv et svar før du sender."), longest=5000, rows=3
    )
