"""Forms for signing in, one's own settings, and an administrator's work on accounts."""

from __future__ import annotations

from wtforms import PasswordField, RadioField, SelectField, StringField

from teamhub.access.actor import OFFICES, Role
from teamhub.core.forms import ChoiceField, Form, Required, id_or_none, options, trimmed
from teamhub.core.i18n import LANGUAGES, _l
from teamhub.people.names import ROLES


class SignInForm(Form):
    email = StringField(
        _l("E-post"),
        filters=[trimmed],
        validators=[Required(_l("Skriv e-postadressen du bruker på jobb."))],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _l("Passord"),
        validators=[Required(_l("Skriv passordet ditt."))],
        render_kw={"autocomplete": "current-password"},
    )


class SettingsForm(Form):
    locale = RadioField(
        _l("Språk"), choices=options([("", _l("Følg nettleseren")), *LANGUAGES.items()]), default=""
    )
    color_scheme = RadioField(
        _l("Farger"),
        choices=options([("auto", _l("Følg enheten")), ("light", _l("Lyst")), ("dark", _l("Mørkt"))]),
        default="auto",
    )


class PasswordForm(Form):
    current = PasswordField(
        _l("Passordet du har nå"),
        validators=[Required(_l("Skriv passordet du har nå."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("Nytt passord"),
        description=_l("Minst 12 tegn. En setning er lettere å huske enn et ord."),
        validators=[Required(_l("Skriv et nytt passord."))],
        render_kw={"autocomplete": "new-password"},
    )


class OfficeForm(Form):
    kind = ChoiceField(
        _l("Verv"), choices=options((role.value, ROLES[role]) for role in OFFICES), coerce=Role
    )
    unit_id = SelectField(_l("Gjelder for"), coerce=id_or_none, validators=[Required(_l("Velg en enhet."))])
