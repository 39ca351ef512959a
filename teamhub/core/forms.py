"""What all forms share: errors from broken rules, versions, and text fields that trim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput, ListWidget, RadioInput

from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.i18n import _, _l


class Form(FlaskForm):  # type: ignore[misc]
    """Base of all forms: browsers do not validate (``novalidate``), the server answers in words."""


class VersionedForm(Form):
    """A form for something more than one person can edit: it carries the version it was made from."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def rebase(self, version: int) -> None:
        """Let what was typed now stand on ``version``, after a conflict has been shown."""
        self.version.data = version
        self.version.raw_data = [str(version)]


def trimmed(value: Any) -> Any:
    """Filter: strip the ends and make line breaks alike, as browsers differ."""
    return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else value


class Required:
    """The field must say something. ``message`` tells what, in the user's words."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it as a plain attribute

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.process_errors:
            raise StopValidation  # what was wrong with it has been said already
        if not field.data and field.data != 0:
            field.errors = []
            raise ValidationError(str(self.message))


def line(label: Any, *, required: Any = None, longest: int = 200, **kw: Any) -> Any:
    """A one-line text field. ``required`` is the message shown when it is empty."""
    return StringField(label, filters=[trimmed], validators=_rules(required, longest), **kw)


def text(label: Any, *, required: Any = None, longest: int = 10_000, rows: int = 4, **kw: Any) -> Any:
    """A field of several lines, kept as plain text."""
    return TextAreaField(
        label, filters=[trimmed], validators=_rules(required, longest), render_kw={"rows": rows}, **kw
    )


def day(label: Any, *, required: Any = None, **kw: Any) -> Any:
    """A date field, as the browser's own picker sends it (ISO)."""
    return IsoDateField(label, validators=[Required(required)] if required else [Optional()], **kw)


class IsoDateField(DateField):
    """A date with our own message when it cannot be read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv en dato, for eksempel 2026-12-31.")) from None


class NumberField(IntegerField):
    """A whole number with our own message when it cannot be read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv et helt tall.")) from None


class ChoiceField(SelectField):
    """A choice of one, with our own message when the choice is not on the list."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None  # not a code at all: pre_validate tells

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("Velg en av mulighetene på lista.")) from None


class RadioChoiceField(ChoiceField, RadioField):
    """The same, as buttons one can read."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Return the choices of a select or radio field from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


def id_or_none(value: Any) -> int | None:
    """Coerce a choice's value to an id; the empty choice is None."""
    return int(value) if value not in (None, "", "None") else None


def _rules(required: Any, longest: int) -> list[Any]:
    rules: list[Any] = [Required(required)] if required else [Optional()]
    return [*rules, Length(max=longest, message=_l("Bruk høyst %(max)d tegn."))]


@contextmanager
def errors_on(form: FlaskForm) -> Iterator[None]:
    """Let a rule broken inside the block become an error on the form; what was typed stays."""
    try:
        yield
    except Forbidden:
        raise
    except DomainError as error:
        field = form[error.field] if error.field and error.field in form else None
        if field is None:
            form.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]
