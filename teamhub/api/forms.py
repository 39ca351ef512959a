"""The form a person makes a key with."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from teamhub.api.names import SCOPES
from teamhub.api.states import Scope
from teamhub.core.forms import Form, Required, day, line, options
from teamhub.core.i18n import _, _l


class ScopesField(SelectMultipleField):
    """Ticks beside the scopes, with our own messages when a choice is not on the list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Velg en av mulighetene på lista.")) from None

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("Velg en av mulighetene på lista.")) from None


class TokenForm(Form):
    name = line(
        _l("Hva skal bruke nøkkelen?"),
        required=_l("Gi nøkkelen et navn."),
        longest=60,
        description=_l("Et navn du kjenner igjen. For eksempel: «Regnearket vårt»."),
    )
    scopes = ScopesField(
        _l("Hva kan den brukes til?"),
        coerce=Scope,
        choices=options((scope.value, name) for scope, name in SCOPES.items()),
        validators=[Required(_l("Velg minst én ting nøkkelen kan brukes til."))],
    )
    expires_on = day(
        _l("Virker til og med"),
        required=_l("Velg en dag fra i morgen til et år fram i tid."),
        description=_l("Kortere er tryggere. Høyst et år."),
    )
